package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Notices silent nodes: unknown after 40 s, their pods not ready, after 300 s more evicted; pods of
 * a node that is gone are deleted. Source: Kubernetes documentation, Nodes.
 */
final class NodeController implements Controller {
  private static final Duration GRACE = Duration.ofSeconds(40);
  private static final Duration EVICTION = Duration.ofSeconds(300);
  private static final String TAINT = "node.kubernetes.io/unreachable";

  private final ApiRules api;
  private final UnaryOperator<Duration> pace;
  private final Hand hand;
  private final EventLog events;
  private final TreeMap<String, Instant> silentSince = new TreeMap<>();

  NodeController(ApiRules api, UnaryOperator<Duration> pace, EventLog events) {
    this.api = api;
    this.pace = pace;
    this.hand = new Hand(api, "kube-controller-manager");
    this.events = events;
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    for (var change : changes) {
      if (change.key().resource().equals("nodes")) {
        follow(change, now);
      }
    }
    var next = Instant.MAX;
    for (var name : List.copyOf(silentSince.keySet())) {
      var due = silent(name, now);
      next = due.isBefore(next) ? due : next;
    }
    return next;
  }

  private void follow(StoreChange change, Instant now) {
    var node = change.object();
    var name = change.key().name();
    if (change instanceof StoreChange.Deleted) {
      silentSince.remove(name);
      podsOn(name).forEach(p -> hand.delete(Kinds.POD, p, DeleteOptions.now()));
    } else if (Marks.down(node)) {
      silentSince.putIfAbsent(name, now);
    } else {
      boolean returns = silentSince.remove(name) != null;
      if (returns || !Conditions.isTrue(node, "Ready")) {
        ready(node, now);
      }
    }
  }

  private List<ObjectNode> podsOn(String node) {
    return api.all(Kinds.POD, "").stream()
        .filter(p -> Tree.text(p, "spec", "nodeName").equals(node))
        .toList();
  }

  private void ready(ObjectNode node, Instant now) {
    hand.status(
        Kinds.NODE,
        node,
        s ->
            Conditions.set(
                s, "Ready", "True", "KubeletReady", "kubelet is posting ready status", now));
    hand.edit(
        Kinds.NODE,
        node,
        n -> {
          var rest = Tree.items(n, "spec", "taints");
          if (rest.removeIf(t -> Tree.text(t, "key").equals(TAINT))) {
            Tree.child(n, "spec").putArray("taints").addAll(rest);
          }
        });
  }

  private Instant silent(String name, Instant now) {
    var since = silentSince.getOrDefault(name, now);
    var unknownAt = since.plus(pace.apply(GRACE));
    var evictAt = unknownAt.plus(pace.apply(EVICTION));
    var node = api.find(Kinds.NODE, "", name);
    if (now.isBefore(unknownAt) || node.isEmpty()) {
      return node.isEmpty() ? Instant.MAX : unknownAt;
    }
    unknown(node.get(), now);
    if (now.isBefore(evictAt)) {
      return evictAt;
    }
    podsOn(name).stream()
        .filter(p -> !Tree.deleting(p))
        .forEach(p -> hand.delete(Kinds.POD, p, DeleteOptions.background()));
    return Instant.MAX;
  }

  private void unknown(ObjectNode node, Instant now) {
    if (!Tree.text(Conditions.of(node, "Ready"), "status").equals("Unknown")) {
      hand.status(
          Kinds.NODE,
          node,
          s ->
              Conditions.set(
                  s,
                  "Ready",
                  "Unknown",
                  "NodeStatusUnknown",
                  "Kubelet stopped posting node status.",
                  now));
      hand.edit(Kinds.NODE, node, NodeController::taint);
      var message = "Node " + Tree.name(node) + " status is now: NodeNotReady";
      events.normal("node-controller", Kinds.NODE, node, "NodeNotReady", message, now);
    }
    for (var pod : podsOn(Tree.name(node))) {
      if (Conditions.isTrue(pod, "Ready")) {
        hand.status(Kinds.POD, pod, s -> Conditions.set(s, "Ready", "False", "", "", now));
        events.warning("node-controller", Kinds.POD, pod, "NodeNotReady", "Node is not ready", now);
      }
    }
  }

  private static void taint(ObjectNode node) {
    var taints = new ArrayList<>(Tree.items(node, "spec", "taints"));
    for (var effect : List.of("NoSchedule", "NoExecute")) {
      taints.add(Tree.object().put("key", TAINT).put("effect", effect));
    }
    taints.sort(Comparator.comparing(Object::toString));
    Tree.child(node, "spec").putArray("taints").addAll(taints);
  }

  @Override
  public void reset() {
    silentSince.clear();
  }
}
