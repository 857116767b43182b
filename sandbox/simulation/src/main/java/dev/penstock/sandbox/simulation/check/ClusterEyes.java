package dev.penstock.sandbox.simulation.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.ClusterFaults.Effect.Answer;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.ExpiredException;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import dev.penstock.sandbox.simulation.Fleet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** One cluster as its own store tells it: what is there, and since when. */
final class ClusterEyes {
  static final String INGRESSES = Kinds.INGRESS.resource();
  static final String PODS = Kinds.POD.resource();
  static final String SERVICES = Kinds.SERVICE.resource();
  static final String NODES = Kinds.NODE.resource();
  static final String SLICES = Kinds.ENDPOINT_SLICE.resource();
  static final String BINDINGS = "targetgroupbindings.elbv2.k8s.aws";

  /** Kinds whose edits change what is wanted. */
  private static final Set<String> SHAPING =
      Set.of(
          INGRESSES,
          SERVICES,
          NODES,
          BINDINGS,
          Kinds.INGRESS_CLASS.resource(),
          "ingressclassparams.elbv2.k8s.aws");

  /** Kinds that decide on targets, and any kind. */
  private static final Set<String> TARGETS = Set.of(SERVICES, NODES, SLICES, PODS, "*");

  /**
   * A pod and its address.
   *
   * @param since since when it can serve or cannot
   * @param going since when it is asked to end, or has ended without that
   * @param gone since when nothing is at the address
   */
  record Pod(
      ObjectNode object,
      String ip,
      boolean able,
      Instant since,
      Optional<Instant> going,
      Optional<Instant> gone) {
    /** Whether it can serve, or could after that moment. */
    boolean ableAfter(Instant moment) {
      return able || since.isAfter(moment);
    }
  }

  private final Fleet.Site site;
  private final SimulatedCluster cluster;
  private final LongFunction<Instant> times;
  private final Map<StoreKey, Pod> pods = new LinkedHashMap<>();
  private final Map<String, StoreKey> holders = new HashMap<>();
  private final Map<StoreKey, Instant> edited = new HashMap<>();
  private final Map<StoreKey, Instant> removed = new HashMap<>();
  private final Set<String> bound = new HashSet<>();
  private String uid = "";
  private long revision;
  private long cuts;
  private Instant disturbed = Instant.MIN;
  private long shape;

  ClusterEyes(Fleet.Site site, SimulatedCluster cluster, LongFunction<Instant> times) {
    this.site = site;
    this.cluster = cluster;
    this.times = times;
  }

  Fleet.Site site() {
    return site;
  }

  String name() {
    return site.cluster().name();
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  /** The identity of the cluster that answers now. */
  String uid() {
    return uid;
  }

  /** When requests or watches failed for the last time that targets depend on. */
  Instant disturbed() {
    return disturbed;
  }

  /** Another number whenever something was edited that decides what is wanted. */
  long shape() {
    return shape;
  }

  /** Takes in what is new. */
  void look(Instant now) {
    var store = cluster.api().store();
    if (cluster.faults().rules().stream().anyMatch(ClusterEyes::disturbs)
        || cluster.faults().cuts() != cuts) {
      disturbed = now;
      cuts = cluster.faults().cuts();
    }
    if (store.revision() == revision) {
      return;
    }
    try {
      if (store.revision() < revision || !cluster.uid().equals(uid)) {
        anew(now);
      } else {
        store.since(revision).forEach(change -> take(change, times.apply(change.revision())));
      }
    } catch (ExpiredException _) {
      anew(now);
    }
    uid = cluster.uid();
    revision = store.revision();
  }

  Collection<ObjectNode> all(String resource) {
    return cluster.api().store().list(resource, "");
  }

  Collection<ObjectNode> all(String resource, String namespace) {
    return cluster.api().store().list(resource, namespace);
  }

  Optional<ObjectNode> find(String resource, String namespace, String name) {
    return cluster.api().store().get(new StoreKey(resource, namespace, name));
  }

  Optional<Kind> kind(String resource) {
    return cluster.api().kinds().find(resource);
  }

  Collection<Pod> pods() {
    return pods.values();
  }

  /** Who has or last had the address. */
  Optional<Pod> podAt(String ip) {
    return Optional.ofNullable(holders.get(ip)).map(pods::get);
  }

  /** When what a person asks of the object was last edited; long ago if it never was. */
  Instant edited(StoreKey key) {
    return edited.getOrDefault(key, Instant.MIN);
  }

  /** When the object went, if it was there once and is not now. */
  Optional<Instant> removed(StoreKey key) {
    return Optional.ofNullable(removed.get(key));
  }

  /** Whether a TargetGroupBinding ever named the target group. */
  boolean everBound(String groupArn) {
    return bound.contains(groupArn);
  }

  /** Whether the pod's containers are ready: it serves, also while it terminates. */
  static boolean able(JsonNode pod) {
    var conditions = Tree.at(pod, "status", "conditions");
    return Tree.text(pod, "status", "phase").equals("Running")
        && Tree.text(Tree.find(conditions, "type", "ContainersReady"), "status").equals("True");
  }

  /** A kind that decides on no target and cannot be listed stands in no target's way. */
  private static boolean disturbs(ClusterFaults.Rule rule) {
    return TARGETS.contains(rule.resource())
        || !rule.verb().equals("list")
        || !(rule.effect() instanceof Answer);
  }

  private void anew(Instant now) {
    for (var key : List.copyOf(pods.keySet())) {
      gone(key, now);
    }
    edited.replaceAll((_, _) -> now);
    shape++;
    disturbed = now;
    for (var resource : List.of(PODS, BINDINGS)) {
      for (var object : all(resource)) {
        put(new StoreKey(resource, Tree.namespace(object), Tree.name(object)), object, now);
      }
    }
  }

  private void take(StoreChange change, Instant now) {
    var key = change.key();
    switch (change) {
      case StoreChange.Added added -> {
        removed.remove(key);
        put(key, added.object(), now);
        edit(key, now);
      }
      case StoreChange.Modified modified -> {
        put(key, modified.object(), now);
        if (!asked(modified.before()).equals(asked(modified.object()))) {
          edit(key, now);
        }
      }
      case StoreChange.Deleted _ -> {
        removed.put(key, now);
        edit(key, now);
        if (key.resource().equals(PODS)) {
          gone(key, now);
        }
      }
    }
  }

  private void edit(StoreKey key, Instant now) {
    if (SHAPING.contains(key.resource())) {
      edited.put(key, now);
      shape++;
    }
  }

  /** What a person decides: all but status and what controllers write beside it. */
  private static List<JsonNode> asked(ObjectNode object) {
    return List.of(
        Tree.at(object, "spec"),
        Tree.at(object, "metadata", "annotations"),
        Tree.at(object, "metadata", "labels"),
        Tree.at(object, "metadata", "deletionTimestamp"));
  }

  private void put(StoreKey key, ObjectNode object, Instant now) {
    if (key.resource().equals(BINDINGS)) {
      bound.add(Tree.text(object, "spec", "targetGroupARN"));
    }
    if (!key.resource().equals(PODS)) {
      return;
    }
    var ip = Tree.text(object, "status", "podIP");
    var able = able(object);
    var known =
        Optional.ofNullable(pods.get(key))
            .filter(pod -> Tree.uid(pod.object()).equals(Tree.uid(object)));
    var since = known.filter(pod -> pod.able() == able).map(Pod::since).orElse(now);
    var going =
        Tree.deleting(object)
            ? known.flatMap(Pod::going).or(() -> Optional.of(now))
            : Optional.<Instant>empty();
    pods.put(key, new Pod(object, ip, able, since, going, Optional.empty()));
    if (!ip.isEmpty()) {
      holders.put(ip, key);
    }
  }

  private void gone(StoreKey key, Instant now) {
    var pod = pods.get(key);
    if (pod != null && pod.gone().isEmpty()) {
      var since = pod.able() ? now : pod.since();
      var going = pod.going().or(() -> Optional.of(now));
      pods.put(key, new Pod(pod.object(), pod.ip(), false, since, going, Optional.of(now)));
    }
  }
}
