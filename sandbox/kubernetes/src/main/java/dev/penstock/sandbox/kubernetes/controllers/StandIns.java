package dev.penstock.sandbox.kubernetes.controllers;

import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The stand-ins of one cluster, put together. */
public final class StandIns {
  private final Controllers controllers;
  private final PodNetwork network;

  /** {@code pace} turns a duration of a manifest into the one that this cluster lives. */
  public StandIns(ApiRules api, UnaryOperator<Duration> pace, String podCidr) {
    var events = new EventLog(api);
    this.network = new PodNetwork(api, podCidr);
    this.controllers =
        new Controllers(
            api,
            List.of(
                new NamespaceController(api),
                new GarbageCollector(api),
                new NodeController(api, pace, events),
                new DeploymentController(api, pace, events),
                new ReplicaSetController(api, pace, events),
                new Scheduler(api, events),
                new Kubelet(api, pace, events, network),
                new EndpointSliceController(api),
                events));
  }

  public Controllers controllers() {
    return controllers;
  }

  public PodNetwork network() {
    return network;
  }
}
