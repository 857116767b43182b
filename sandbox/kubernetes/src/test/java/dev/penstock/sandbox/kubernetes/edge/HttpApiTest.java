package dev.penstock.sandbox.kubernetes.edge;

import dev.penstock.edges.kubernetes.HttpKubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.Kubeconfig;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.http.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP, as a real cluster is reached. */
final class HttpApiTest extends KubernetesApiContract {
  @TempDir private Path directory;
  private LiveCluster live;
  private ApiServer server;
  private KubernetesApi api;

  @BeforeEach
  void start() throws IOException {
    live = LiveCluster.open(directory, ClusterSpec.sandbox(), Clock.systemUTC(), new Random(1));
    server = ApiServer.start(live, 0);
    api = HttpKubernetesApi.ofKubeconfig(Kubeconfig.of("sandbox", server.uri()));
  }

  @AfterEach
  void stop() throws IOException {
    api.close();
    server.close();
    live.close();
  }

  @Override
  KubernetesApi api() {
    return api;
  }

  @Override
  void turn(Consumer<SimulatedCluster> work) {
    live.turn(cluster -> {
      work.accept(cluster);
      return cluster.uid();
    });
  }
}
