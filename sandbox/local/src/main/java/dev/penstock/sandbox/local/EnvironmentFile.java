package dev.penstock.sandbox.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes {@code env.sh} and {@code penstock.yaml} into the sandbox's folder: how its parts are
 * reached.
 */
final class EnvironmentFile {
  private EnvironmentFile() {}

  /** Whoever waits for the file must not find that of an earlier run. */
  static void remove(Path folder) throws IOException {
    Files.deleteIfExists(file(folder));
  }

  private static Path file(Path folder) {
    return folder.toAbsolutePath().resolve("env.sh");
  }

  /** The script last: when it is there, everything answers. */
  static Path write(SandboxSettings settings, Edges edges, String apiUrl, String token)
      throws IOException {
    var folder = settings.folder().toAbsolutePath();
    var config = folder.resolve("penstock.yaml");
    replace(config, config(edges, apiUrl, folder));
    replace(folder.resolve("token"), token + "\n");
    var file = file(folder);
    replace(file, script(edges, config));
    return file;
  }

  private static String config(Edges edges, String apiUrl, Path folder) {
    return """
    http:
      url: %s
      token: file:%s
    kafka:
      bootstrap-servers: %s
      partitions: %d
    schema-registry:
      url: %s
    aws:
      endpoint-url: %s
    """
        .formatted(
            apiUrl,
            folder.resolve("token"),
            edges.connection().bootstrapServers(),
            Edges.catalogue().partitions(),
            edges.connection().registryUrls().getFirst(),
            edges.awsEndpoint());
  }

  private static String script(Edges edges, Path config) {
    return """
    export PENSTOCK_CONFIG=%s
    export KUBECONFIG=%s
    export AWS_ENDPOINT_URL=%s
    export AWS_REGION=us-west-2
    export AWS_DEFAULT_REGION=us-west-2
    export AWS_ACCESS_KEY_ID=AKIASANDBOX
    export AWS_SECRET_ACCESS_KEY=sandbox
    export AWS_EC2_METADATA_DISABLED=true
    export AWS_PAGER=
    export KAFKA_BOOTSTRAP_SERVERS=%s
    export SCHEMA_REGISTRY_URL=%s
    """
        .formatted(
            config,
            edges.kubeconfig().toAbsolutePath(),
            edges.awsEndpoint(),
            edges.connection().bootstrapServers(),
            edges.connection().registryUrls().getFirst());
  }

  private static void replace(Path file, String text) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
