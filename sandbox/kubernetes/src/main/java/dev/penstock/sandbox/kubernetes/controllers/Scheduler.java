package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives each pod a node: one that is ready, open, tolerated and selected, with the fewest pods of
 * the same owner, then the fewest pods. Affinity is not looked at.
 */
final class Scheduler implements Controller {
  private static final String NAME = "default-scheduler";
  private static final int PODS_PER_NODE = 110;

  private final ApiRules api;
  private final Hand hand;
  private final EventLog events;
  private final TreeSet<StoreKey> waiting = new TreeSet<>();

  private record Load(Map<String, Integer> pods, Map<String, Integer> siblings) {}

  Scheduler(ApiRules api, EventLog events) {
    this.api = api;
    this.hand = new Hand(api, "kube-scheduler");
    this.events = events;
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    boolean again = false;
    for (var change : changes) {
      var resource = change.key().resource();
      boolean pod = resource.equals("pods");
      if (pod && !(change instanceof StoreChange.Deleted) && unplaced(change.object())) {
        waiting.add(change.key());
      }
      again |= pod || resource.equals("nodes");
    }
    if (again) {
      for (var key : List.copyOf(waiting)) {
        var pod = api.store().get(key).filter(Scheduler::unplaced);
        if (pod.isEmpty() || place(pod.get(), now)) {
          waiting.remove(key);
        }
      }
    }
    return Instant.MAX;
  }

  private static boolean unplaced(JsonNode pod) {
    return !Tree.has(pod, "spec", "nodeName") && !Tree.deleting(pod);
  }

  private boolean place(ObjectNode pod, Instant now) {
    var node = choose(pod);
    if (node.isEmpty()) {
      refuse(pod, now);
      return false;
    }
    hand.bind(Kinds.POD, pod, p -> Tree.child(p, "spec").put("nodeName", node.get()));
    hand.status(Kinds.POD, pod, s -> Conditions.set(s, "PodScheduled", "True", "", "", now));
    var message =
        "Successfully assigned %s/%s to %s"
            .formatted(Tree.namespace(pod), Tree.name(pod), node.get());
    events.normal(NAME, Kinds.POD, pod, "Scheduled", message, now);
    return true;
  }

  private void refuse(ObjectNode pod, Instant now) {
    if (Conditions.of(pod, "PodScheduled").isObject()) {
      return;
    }
    int nodes = api.all(Kinds.NODE, "").size();
    var message = "0/%d nodes are available for the pod.".formatted(nodes);
    hand.status(
        Kinds.POD,
        pod,
        s -> Conditions.set(s, "PodScheduled", "False", "Unschedulable", message, now));
    events.warning(NAME, Kinds.POD, pod, "FailedScheduling", message, now);
  }

  private Optional<String> choose(ObjectNode pod) {
    var load = load(Tree.text(Owners.controller(pod), "uid"));
    return api.all(Kinds.NODE, "").stream()
        .filter(n -> fits(pod, n))
        .map(Tree::name)
        .filter(n -> load.pods().getOrDefault(n, 0) < PODS_PER_NODE)
        .min(
            Comparator.<String, Integer>comparing(n -> load.siblings().getOrDefault(n, 0))
                .thenComparing(n -> load.pods().getOrDefault(n, 0))
                .thenComparing(Comparator.naturalOrder()));
  }

  private Load load(String owner) {
    var load = new Load(new TreeMap<>(), new TreeMap<>());
    for (var pod : api.all(Kinds.POD, "")) {
      var node = Tree.text(pod, "spec", "nodeName");
      if (!node.isEmpty() && !Tree.deleting(pod)) {
        load.pods().merge(node, 1, Integer::sum);
        if (!owner.isEmpty() && Tree.text(Owners.controller(pod), "uid").equals(owner)) {
          load.siblings().merge(node, 1, Integer::sum);
        }
      }
    }
    return load;
  }

  private static boolean fits(ObjectNode pod, ObjectNode node) {
    boolean open =
        Conditions.isTrue(node, "Ready")
            && !Tree.at(node, "spec", "unschedulable").asBoolean()
            && !Tree.deleting(node);
    return open && tolerated(pod, node) && selected(pod, node);
  }

  private static boolean tolerated(ObjectNode pod, ObjectNode node) {
    return Tree.items(node, "spec", "taints").stream()
        .filter(t -> !Tree.text(t, "effect").equals("PreferNoSchedule"))
        .allMatch(t -> Tree.items(pod, "spec", "tolerations").stream().anyMatch(o -> covers(o, t)));
  }

  private static boolean covers(JsonNode toleration, JsonNode taint) {
    var effect = Tree.text(toleration, "effect");
    var key = Tree.text(toleration, "key");
    boolean exists = Tree.text(toleration, "operator").equals("Exists");
    return (effect.isEmpty() || effect.equals(Tree.text(taint, "effect")))
        && (key.isEmpty() ? exists : key.equals(Tree.text(taint, "key")))
        && (exists || Tree.text(toleration, "value").equals(Tree.text(taint, "value")));
  }

  private static boolean selected(ObjectNode pod, ObjectNode node) {
    var labels = Tree.texts(node, "metadata", "labels");
    return Tree.texts(pod, "spec", "nodeSelector").entrySet().stream()
        .allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
  }

  @Override
  public void reset() {
    waiting.clear();
  }
}
