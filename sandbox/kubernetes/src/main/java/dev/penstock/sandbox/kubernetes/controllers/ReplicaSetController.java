package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Selector;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Keeps as many pods as each ReplicaSet wants; the least useful one goes first. */
final class ReplicaSetController implements Controller {
  private static final String NAME = "replicaset-controller";
  private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

  /** The order in which pods are given up: unplaced, not running, not ready, cheap, young. */
  private static final Comparator<ObjectNode> LEAST_USEFUL =
      Comparator.<ObjectNode, Boolean>comparing(p -> Tree.has(p, "spec", "nodeName"))
          .thenComparing(p -> Tree.text(p, "status", "phase").equals("Running"))
          .thenComparing(p -> Conditions.isTrue(p, "Ready"))
          .thenComparing(p -> cost(p))
          .thenComparing(
              Comparator.<ObjectNode, String>comparing(
                      p -> Tree.text(p, "metadata", "creationTimestamp"))
                  .reversed())
          .thenComparing(Tree::name);

  private final ApiRules api;
  private final UnaryOperator<Duration> pace;
  private final Hand hand;
  private final EventLog events;
  private final PodReadinessGates gates;
  private final TreeMap<StoreKey, Instant> due = new TreeMap<>();

  ReplicaSetController(ApiRules api, UnaryOperator<Duration> pace, EventLog events) {
    this.api = api;
    this.pace = pace;
    this.hand = new Hand(api, "kube-controller-manager");
    this.events = events;
    this.gates = new PodReadinessGates(api);
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    for (var change : changes) {
      switch (change.key().resource()) {
        case "replicasets.apps" -> due.put(change.key(), now);
        case "pods" -> touch(change.object(), now);
        default -> {}
      }
    }
    var ready = new TreeSet<StoreKey>();
    due.forEach((key, at) -> {
      if (!at.isAfter(now)) {
        ready.add(key);
      }
    });
    for (var key : ready) {
      due.remove(key);
      var set = api.store().get(key);
      if (set.isPresent() && !Tree.deleting(set.get())) {
        var next = sync(set.get(), now);
        if (next.isBefore(Instant.MAX)) {
          due.put(key, next);
        }
      }
    }
    return due.values().stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
  }

  private void touch(JsonNode pod, Instant now) {
    var owner = Owners.controller(pod);
    if (Tree.text(owner, "kind").equals("ReplicaSet")) {
      due.put(Kinds.REPLICA_SET.key(Tree.namespace(pod), Tree.text(owner, "name")), now);
    }
  }

  private Instant sync(ObjectNode set, Instant now) {
    adopt(set);
    var active =
        Owners.controlled(api, Kinds.POD, set).stream()
            .filter(p -> !Tree.deleting(p) && !finished(p))
            .toList();
    int missing = Tree.at(set, "spec", "replicas").asInt() - active.size();
    for (int i = 0; i < missing; i++) {
      if (!create(set, now)) {
        break;
      }
    }
    active.stream()
        .sorted(LEAST_USEFUL)
        .limit(Math.max(0, -missing))
        .forEach(p -> remove(set, p, now));
    return status(set, now);
  }

  /** Takes pods that match and belong to nobody, as they are left by an orphaning delete. */
  private void adopt(ObjectNode set) {
    var matches = Selector.of(Tree.at(set, "spec", "selector"));
    for (var pod : api.all(Kinds.POD, Tree.namespace(set))) {
      boolean free = Owners.controller(pod).isMissingNode() && !Tree.deleting(pod);
      if (free && matches.test(pod)) {
        hand.edit(
            Kinds.POD,
            pod,
            p ->
                Tree.list(Tree.child(p, "metadata"), "ownerReferences")
                    .add(Owners.reference(Kinds.REPLICA_SET, set)));
      }
    }
  }

  private boolean create(ObjectNode set, Instant now) {
    var template = Tree.at(set, "spec", "template");
    var pod = Tree.object();
    var metadata = pod.putObject("metadata").put("generateName", Tree.name(set) + "-");
    for (var field : List.of("labels", "annotations")) {
      if (Tree.has(template, "metadata", field)) {
        metadata.set(field, template.get("metadata").get(field).deepCopy());
      }
    }
    metadata.putArray("ownerReferences").add(Owners.reference(Kinds.REPLICA_SET, set));
    pod.set("spec", template.path("spec").deepCopy());
    gates.inject(Tree.namespace(set), pod);
    try {
      var made = hand.create(Kinds.POD, Tree.namespace(set), pod);
      say(set, "SuccessfulCreate", "Created pod: " + Tree.name(made), now);
      return true;
    } catch (Refusal refusal) {
      var message = "Error creating: " + refusal.getMessage();
      events.warning(NAME, Kinds.REPLICA_SET, set, "FailedCreate", message, now);
      return false;
    }
  }

  private void remove(ObjectNode set, ObjectNode pod, Instant now) {
    hand.delete(Kinds.POD, pod, DeleteOptions.background());
    say(set, "SuccessfulDelete", "Deleted pod: " + Tree.name(pod), now);
  }

  private void say(ObjectNode set, String reason, String message, Instant now) {
    events.normal(NAME, Kinds.REPLICA_SET, set, reason, message, now);
  }

  private Instant status(ObjectNode set, Instant now) {
    var wait = pace.apply(Duration.ofSeconds(Tree.at(set, "spec", "minReadySeconds").asInt()));
    int replicas = 0;
    int ready = 0;
    int available = 0;
    var next = Instant.MAX;
    for (var pod : Owners.controlled(api, Kinds.POD, set)) {
      if (Tree.deleting(pod) || finished(pod)) {
        continue;
      }
      replicas++;
      if (Conditions.isTrue(pod, "Ready")) {
        ready++;
        var since = Tree.text(Conditions.of(pod, "Ready"), "lastTransitionTime");
        var at = Instant.parse(since).plus(wait);
        if (at.isAfter(now) && !wait.isZero()) {
          next = at.isBefore(next) ? at : next;
        } else {
          available++;
        }
      }
    }
    var counts = new int[] {replicas, ready, available};
    hand.status(Kinds.REPLICA_SET, set, s -> write(s, set, counts));
    return next;
  }

  private static void write(ObjectNode status, ObjectNode set, int[] counts) {
    status.put("replicas", counts[0]);
    status.put("fullyLabeledReplicas", counts[0]);
    status.put("readyReplicas", counts[1]);
    status.put("availableReplicas", counts[2]);
    status.put("observedGeneration", Tree.at(set, "metadata", "generation").asInt());
  }

  private static boolean finished(JsonNode pod) {
    var phase = Tree.text(pod, "status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static int cost(JsonNode pod) {
    var cost = Tree.annotation(pod, COST);
    return cost.matches("-?\\d{1,9}") ? Integer.parseInt(cost) : 0;
  }

  @Override
  public void reset() {
    due.clear();
  }
}
