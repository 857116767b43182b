package dev.penstock.sandbox.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file that kubectl and client libraries need to reach a simulated cluster. */
public final class Kubeconfig {
  private Kubeconfig() {}

  public static String of(String cluster, URI server) {
    return """
    apiVersion: v1
    kind: Config
    current-context: %1$s
    clusters:
      - name: %1$s
        cluster:
          server: %2$s
    users:
      - name: %1$s
        user:
          token: sandbox
    contexts:
      - name: %1$s
        context:
          cluster: %1$s
          user: %1$s
          namespace: default
    """
        .formatted(cluster, server);
  }

  /** Writes the file whole or not at all. */
  public static void write(Path file, String cluster, URI server) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, of(cluster, server));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
