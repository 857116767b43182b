package dev.penstock.edges.kubernetes;

import dev.penstock.schemas.settings.ClusterRegistration;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached: a kubeconfig (a path, {@code file:PATH}, or {@code env:NAME} that holds
 * a path), or endpoint, CA and token reference. Values are read when a connection is made, a token
 * before each call, so that a rotated one counts.
 */
public final class ClusterCredentials {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int CONNECT_MILLIS = 10_000;

  private final ClusterRegistration registration;
  private final Function<String, @Nullable String> environment;

  public ClusterCredentials(
      ClusterRegistration registration, Function<String, @Nullable String> environment) {
    this.registration = registration;
    this.environment = environment;
  }

  /** Fails with what is missing or unreadable, never with a secret in the message. */
  Config config() throws IOException {
    if (registration.kubeconfig().isPresent()) {
      var file = kubeconfig(registration.kubeconfig().get()).toFile();
      if (!file.canRead()) {
        throw new IOException("the kubeconfig " + file + " cannot be read");
      }
      return tuned(settings(new ConfigBuilder(Config.fromKubeconfig(file))).build());
    }
    if (registration.apiServer().isEmpty()) {
      throw new IOException("cluster " + registration.cluster() + " has no API server address");
    }
    var builder = settings(new ConfigBuilder(Config.empty()));
    builder.withMasterUrl(registration.apiServer().get());
    registration.certificateAuthority().ifPresent(authority -> trust(builder, authority));
    if (registration.tokenReference().isPresent()) {
      var reference = registration.tokenReference().get();
      token(reference);
      builder.withOauthTokenProvider(() -> tokenOrEmpty(reference));
    }
    return tuned(builder.build());
  }

  static Config fromKubeconfig(String yaml) {
    return tuned(settings(new ConfigBuilder(Config.fromKubeconfig(yaml))).build());
  }

  /** Calls are ours to retry and to pace, so the client does neither. */
  private static ConfigBuilder settings(ConfigBuilder builder) {
    return builder
        .withUserAgent("penstock")
        .withRequestTimeout(TIMEOUT_MILLIS)
        .withConnectionTimeout(CONNECT_MILLIS)
        .withRequestRetryBackoffLimit(0);
  }

  /** Without TLS there is no HTTP/2. */
  private static Config tuned(Config config) {
    config.setHttp2Disable(config.getMasterUrl().startsWith("http:"));
    return config;
  }

  /** {@code file:PATH}, or the certificate itself as PEM or as its base64. */
  private static void trust(ConfigBuilder builder, String authority) {
    if (authority.startsWith("file:")) {
      builder.withCaCertFile(authority.substring("file:".length()));
    } else {
      builder.withCaCertData(authority);
    }
  }

  private Path kubeconfig(String reference) throws IOException {
    if (reference.startsWith("env:")) {
      return Path.of(environment(reference.substring("env:".length())));
    }
    return Path.of(
        reference.startsWith("file:") ? reference.substring("file:".length()) : reference);
  }

  private String tokenOrEmpty(String reference) {
    try {
      return token(reference);
    } catch (IOException _) {
      // The API server answers 401, which is what an unreadable token amounts to.
      return "";
    }
  }

  private String token(String reference) throws IOException {
    if (reference.startsWith("env:")) {
      return environment(reference.substring("env:".length())).strip();
    }
    if (reference.startsWith("file:")) {
      return Files.readString(Path.of(reference.substring("file:".length()))).strip();
    }
    throw new IOException("a token reference starts with env: or file:");
  }

  private String environment(String name) throws IOException {
    var value = environment.apply(name);
    if (value == null) {
      throw new IOException("the environment variable " + name + " is not set");
    }
    return value;
  }
}
