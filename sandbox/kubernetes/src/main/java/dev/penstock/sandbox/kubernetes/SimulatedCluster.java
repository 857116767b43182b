package dev.penstock.sandbox.kubernetes;

import dev.penstock.sandbox.kubernetes.controllers.StandIns;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A whole cluster without threads and HTTP: the same calls at the same times with the same random
 * numbers give the same cluster. One thread at a time; time passes only when the clock given here
 * says so and {@link #settle} is called.
 */
public final class SimulatedCluster implements PodProbe {
  private final ClusterSpec spec;
  private final InstantSource clock;
  private final ObjectStore store;
  private final ApiRules api;
  private final StandIns standIns;
  private final ClusterFaults faults = new ClusterFaults();

  /**
   * A cluster on a store: an empty one is furnished as the specification says, a restored one goes
   * on.
   */
  public SimulatedCluster(
      ClusterSpec spec, ObjectStore store, InstantSource clock, RandomGenerator random) {
    this.spec = spec;
    this.clock = clock;
    this.store = store;
    this.api = new ApiRules(store, clock, random);
    this.standIns =
        spec.bare()
            ? StandIns.bare(api, spec.podCidr())
            : StandIns.all(api, spec::paced, spec.podCidr());
    if (store.revision() == 0) {
      Furniture.install(spec, api, clock.instant());
    }
  }

  public ApiRules api() {
    return api;
  }

  public ClusterFaults faults() {
    return faults;
  }

  public ClusterSpec spec() {
    return spec;
  }

  /** Lets the stand-ins do all that is due now; answers when something is due next. */
  public Instant settle() {
    return standIns.controllers().settle(clock.instant());
  }

  @Override
  public Optional<Answer> probe(String ip, int port) {
    return standIns
        .network()
        .probe(ip, port)
        .map(a -> new Answer(a.uid(), a.namespace(), a.name(), a.status()));
  }

  /** The cluster's identity: the UID of its namespace kube-system. */
  public String uid() {
    return Tree.uid(api.get(Kinds.NAMESPACE, "", "kube-system"));
  }

  /**
   * Another, empty cluster answers at the same address from now on: new UIDs, old revisions, every
   * watch cut.
   */
  public void swap() {
    store.clear();
    standIns.controllers().reset();
    faults.cutWatches();
    Furniture.install(spec, api, clock.instant());
  }

  /**
   * Forgets the watch log: who is behind, or continues an old list, gets 410; every open watch ends
   * with it.
   */
  public void expire() {
    store.compact(store.revision());
    faults.expireWatches();
  }

  /**
   * Somebody removes a finalizer that is not his. Resource is {@code ingresses.networking.k8s.io}
   * and the like.
   */
  public void stripFinalizer(String resource, String namespace, String name, String finalizer) {
    var kind = api.kinds().find(resource).orElseThrow(Refusal::unknownPath);
    var object = api.get(kind, namespace, name).deepCopy();
    var rest = Tree.items(object, "metadata", "finalizers");
    rest.removeIf(f -> f.asText().equals(finalizer));
    Tree.child(object, "metadata").putArray("finalizers").addAll(rest);
    api.update(kind, namespace, name, object, WriteOptions.of("somebody"));
  }
}
