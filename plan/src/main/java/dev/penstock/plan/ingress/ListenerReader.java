package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.INBOUND_CIDRS;
import static dev.penstock.plan.ingress.Annotation.LISTENER_ATTRIBUTES;
import static dev.penstock.plan.ingress.Annotation.LISTEN_PORTS;
import static dev.penstock.plan.ingress.Annotation.PREFIX_LISTS;
import static dev.penstock.plan.ingress.Annotation.SSL_POLICY;

import dev.penstock.plan.Cidr;
import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.annotation.Json;
import dev.penstock.plan.annotation.JsonException;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The listeners that a member asks for (LBC 1.2). */
final class ListenerReader {
  static final String HTTP = "HTTP";
  static final String HTTPS = "HTTPS";
  private static final int MAX_PORT = 65535;

  private final MemberSource source;
  private final AnnotationReader annotations;

  private ListenerReader(MemberSource source) {
    this.source = source;
    this.annotations = source.annotations();
  }

  static List<ListenerSettings> read(MemberSource source) {
    return new ListenerReader(source).read();
  }

  /** Hosts whose certificates must be found: none is named or made, and some port needs one. */
  static List<String> certificateHosts(MemberSource source, List<ListenerSettings> listeners) {
    boolean needed =
        listeners.stream().anyMatch(l -> l.protocol().equals(HTTPS) && l.certificates().isEmpty());
    return needed && !new CertificateReader(source).makes() ? namedHosts(source) : List.of();
  }

  /** The hosts of the rules and of the tls part. */
  static List<String> namedHosts(MemberSource source) {
    var hosts = new LinkedHashSet<String>();
    source.ingress().rules().stream().map(Ingress.Rule::host).forEach(hosts::add);
    source.ingress().tls().forEach(tls -> hosts.addAll(tls.hosts()));
    hosts.remove("");
    return List.copyOf(hosts);
  }

  private List<ListenerSettings> read() {
    var own = new CertificateReader(source);
    var certificates = own.named();
    var cidrs = cidrs();
    var prefixLists =
        byClass(IngressClassParams::prefixListIds)
            .orElseGet(() -> annotations.items(PREFIX_LISTS.key()));
    var policy =
        source
            .params()
            .flatMap(IngressClassParams::sslPolicy)
            .or(() -> annotations.text(SSL_POLICY.key()));
    var mutual = new MutualAuthenticationReader(source).read();
    var listeners = new ArrayList<ListenerSettings>();
    ports(own.makes() || !certificates.isEmpty())
        .forEach((port, protocol) -> {
          boolean tls = protocol.equals(HTTPS);
          listeners.add(
              new ListenerSettings(
                  port,
                  protocol,
                  tls ? certificates : List.of(),
                  policy.filter(_ -> tls),
                  cidrs,
                  prefixLists,
                  annotations.map(LISTENER_ATTRIBUTES.key() + protocol + "-" + port),
                  classAttributes(protocol, port),
                  Optional.ofNullable(mutual.get(port)).filter(_ -> tls)));
        });
    return List.copyOf(listeners);
  }

  private Map<Integer, String> ports(boolean certificatesGiven) {
    var ports = new LinkedHashMap<Integer, String>();
    var json = annotations.json(LISTEN_PORTS.key());
    if (annotations.has(LISTEN_PORTS.key())) {
      if (json.isPresent()) {
        try {
          fill(ports, json.get());
        } catch (JsonException problem) {
          ports.clear();
          refuse(problem.why());
        }
      }
    } else {
      ports.put(certificatesGiven ? 443 : 80, certificatesGiven ? HTTPS : HTTP);
    }
    return ports;
  }

  private void fill(Map<Integer, String> ports, Json json) throws JsonException {
    var items = json.asItems("the value");
    for (Json item : items) {
      for (Json.Field field : item.asFields("an item").fields()) {
        int port = field.value().asInt32("a port").orElse(0);
        if (port < 1 || port > MAX_PORT) {
          throw new JsonException("port " + port + " is not from 1 to 65535");
        }
        if (!field.name().equals(HTTP) && !field.name().equals(HTTPS)) {
          throw new JsonException("protocol \"" + field.name() + "\" is neither HTTP nor HTTPS");
        }
        ports.put(port, field.name());
      }
    }
    if (items.isEmpty()) {
      throw new JsonException("it names no port");
    }
  }

  private void refuse(String why) {
    annotations.refuse(
        LISTEN_PORTS.key(), "a list such as [{\"HTTP\": 80}, {\"HTTPS\": 443}]: " + why);
  }

  private List<String> cidrs() {
    var byClass = byClass(IngressClassParams::inboundCidrs);
    var cidrs = byClass.orElseGet(() -> annotations.items(INBOUND_CIDRS.key()));
    for (String cidr : cidrs) {
      if (!Cidr.isBlock(cidr)) {
        var where =
            byClass.isPresent()
                ? "inboundCIDRs of the class"
                : annotations.key(INBOUND_CIDRS.key());
        source
            .problems()
            .error(
                AnnotationReader.INVALID,
                where + ": \"" + cidr + "\" must be an address block such as 10.0.0.0/8");
      }
    }
    return cidrs;
  }

  private Map<String, String> classAttributes(String protocol, int port) {
    return source.params().stream()
        .flatMap(params -> params.listeners().stream())
        .filter(l -> l.protocol().equals(protocol) && l.port() == port)
        .findFirst()
        .map(l -> LoadBalancerReader.pairs(l.attributes()))
        .orElse(Map.of());
  }

  private Optional<List<String>> byClass(Function<IngressClassParams, List<String>> field) {
    return source.params().map(field).flatMap(LoadBalancerReader::nonEmpty);
  }
}
