package dev.penstock.sandbox.kubernetes.controllers;

import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The stand-ins of one cluster, put together. */
public final class StandIns {
  private final Controllers controllers;
  private final PodNetwork network;

  private StandIns(Controllers controllers, PodNetwork network) {
    this.controllers = controllers;
    this.network = network;
  }

  /** {@code pace} turns a duration of a manifest into the one that this cluster lives. */
  public static StandIns all(ApiRules api, UnaryOperator<Duration> pace, String podCidr) {
    var events = new EventLog(api);
    var network = new PodNetwork(api, podCidr);
    var controllers =
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
    return new StandIns(controllers, network);
  }

  /** Only what deletes. */
  public static StandIns bare(ApiRules api, String podCidr) {
    var deleting = List.<Controller>of(new NamespaceController(api), new GarbageCollector(api));
    return new StandIns(new Controllers(api, deleting), new PodNetwork(api, podCidr));
  }

  public Controllers controllers() {
    return controllers;
  }

  public PodNetwork network() {
    return network;
  }
}
