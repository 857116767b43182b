package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code v1 Secret} that an OIDC annotation names: {@code clientID}, or LBC's older {@code
 * clientId}, without trailing white space (LBC 1.3). Nothing else of the data is looked at.
 */
final class SecretTranslator {
  private SecretTranslator() {}

  static Secret read(Metadata metadata, Fields root) throws MalformedField {
    var data = root.child("data");
    var clientId = decoded(data, "clientID");
    return new Secret(metadata, clientId.isPresent() ? clientId : decoded(data, "clientId"));
  }

  private static Optional<String> decoded(Fields data, String name) throws MalformedField {
    var encoded = data.optionalText(name);
    if (encoded.isEmpty()) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getDecoder().decode(encoded.get());
      return Optional.of(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
    } catch (IllegalArgumentException _) {
      throw data.malformed(name, "is not base64");
    }
  }
}
