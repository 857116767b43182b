package dev.penstock.appliers.kubernetes;

import dev.penstock.appliers.ClientSecrets;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.schemas.key.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Client secrets from the clusters' own API servers, each read with one call and kept nowhere. */
public record ClusterSecrets(Function<String, Optional<KubernetesApi>> clusters)
    implements ClientSecrets {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterSecrets.class);

  @Override
  public Optional<String> read(ObjectKey secret) {
    var cluster = clusters.apply(secret.cluster());
    if (cluster.isEmpty()) {
      return Optional.empty();
    }
    try (var api = cluster.get()) {
      return decoded(api.get(ResourceName.of(secret)).path("data").path("clientSecret").asText());
    } catch (KubernetesCallFailed failed) {
      LOG.warn("key={} secret=unreadable reason={}", secret, failed.getMessage());
      return Optional.empty();
    }
  }

  /** Without the control characters that editors leave at its end (LBC 1.3). */
  private static Optional<String> decoded(String encoded) {
    try {
      var text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int end = text.length();
      while (end > 0 && Character.isISOControl(text.charAt(end - 1))) {
        end--;
      }
      return Optional.of(text.substring(0, end)).filter(secret -> !secret.isEmpty());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
