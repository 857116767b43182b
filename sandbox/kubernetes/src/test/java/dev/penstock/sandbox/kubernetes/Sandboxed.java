package dev.penstock.sandbox.kubernetes;

import dev.penstock.sandbox.kubernetes.http.ApiServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A served cluster and a client of it, for tests over HTTP. */
final class Sandboxed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final LiveCluster live;
  final ApiServer server;
  final KubernetesClient client;

  Sandboxed(Path directory, double speed) throws IOException {
    live =
        LiveCluster.open(
            directory, ClusterSpec.sandbox().withSpeed(speed), Clock.systemUTC(), new Random(1));
    server = ApiServer.start(live, 0);
    var config =
        new ConfigBuilder()
            .withMasterUrl(server.uri().toString())
            .withOauthToken("sandbox")
            .withNamespace("default")
            .withRequestRetryBackoffLimit(0)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Waits for a condition, looking again whenever the cluster changes. */
  void until(String what, BooleanSupplier condition) throws InterruptedException {
    var end = Clock.systemUTC().instant().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Clock.systemUTC().instant().isAfter(end)) {
        throw new AssertionError("never happened: " + what);
      }
      live.pause(Duration.ofMillis(20));
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    live.close();
  }
}
