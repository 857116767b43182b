package dev.penstock.sandbox.kubernetes.edge;

import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Consumer;

/** The contract without threads and HTTP. */
final class SimulatedApiTest extends KubernetesApiContract {
  private final SimulatedCluster cluster =
      new SimulatedCluster(
          ClusterSpec.sandbox(),
          new ObjectStore(),
          InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
          new Random(1));
  private final KubernetesApi api = new SimulatedApi(cluster, _ -> {});

  @Override
  KubernetesApi api() {
    return api;
  }

  @Override
  void turn(Consumer<SimulatedCluster> work) {
    work.accept(cluster);
    cluster.settle();
  }
}
