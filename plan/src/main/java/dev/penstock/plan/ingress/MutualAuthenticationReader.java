package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.MUTUAL_AUTHENTICATION;

import dev.penstock.plan.annotation.Json;
import dev.penstock.plan.annotation.JsonException;
import dev.penstock.schemas.aws.ListenerSpec.MutualAuthentication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mutual TLS per port (LBC 4.9). A trust store is given by its ARN or its name. */
final class MutualAuthenticationReader {
  private final MemberSource source;

  MutualAuthenticationReader(MemberSource source) {
    this.source = source;
  }

  Map<Integer, MutualAuthentication> read() {
    var modes = new LinkedHashMap<Integer, MutualAuthentication>();
    var json = source.annotations().json(MUTUAL_AUTHENTICATION.key());
    if (json.isEmpty()) {
      return modes;
    }
    try {
      List<Json> entries = json.get().asItems("the value");
      if (entries.isEmpty()) {
        throw new JsonException("it names no port");
      }
      for (Json entry : entries) {
        read(entry.asFields("an entry"), modes);
      }
    } catch (JsonException problem) {
      source
          .annotations()
          .refuse(MUTUAL_AUTHENTICATION.key(), "a list of ports and modes: " + problem.why());
    }
    return modes;
  }

  private static void read(Json.Fields entry, Map<Integer, MutualAuthentication> modes)
      throws JsonException {
    var portField = Json.field(entry, "port");
    int port = portField.isPresent() ? portField.get().asInt32("port").orElse(0) : 0;
    if (port < 1 || port > 65535) {
      throw new JsonException("port " + port + " is not from 1 to 65535");
    }
    var mode = text(entry, "mode").orElse("");
    var trustStore = text(entry, "trustStore").filter(s -> !s.isEmpty());
    var expiryField = Json.field(entry, "ignoreClientCertificateExpiry");
    Optional<Boolean> expiry =
        expiryField.isPresent()
            ? expiryField.get().asBool("ignoreClientCertificateExpiry")
            : Optional.empty();
    var advertise = text(entry, "advertiseTrustStoreCaNames").filter(s -> !s.isEmpty());
    check(port, mode, trustStore, expiry, advertise);
    boolean verify = mode.equals("verify");
    modes.put(
        port,
        new MutualAuthentication(
            mode, trustStore, verify ? Optional.of(expiry.orElse(false)) : expiry, advertise));
  }

  private static void check(
      int port,
      String mode,
      Optional<String> trustStore,
      Optional<Boolean> expiry,
      Optional<String> advertise)
      throws JsonException {
    if (!List.of("off", "passthrough", "verify").contains(mode)) {
      throw new JsonException(
          "mode \"" + mode + "\" of port " + port + " is none of off, passthrough, verify");
    }
    boolean verify = mode.equals("verify");
    if (verify && trustStore.isEmpty()) {
      throw new JsonException("port " + port + " needs a trustStore for mode verify");
    }
    if (!verify && (trustStore.isPresent() || expiry.isPresent() || advertise.isPresent())) {
      throw new JsonException("port " + port + " takes no trust store settings in mode " + mode);
    }
    if (advertise.isPresent() && !List.of("on", "off").contains(advertise.get())) {
      throw new JsonException("advertiseTrustStoreCaNames of port " + port + " is on or off");
    }
  }

  private static Optional<String> text(Json.Fields entry, String name) throws JsonException {
    var field = Json.field(entry, name);
    return field.isPresent() ? field.get().asText(name) : Optional.empty();
  }
}
