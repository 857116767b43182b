package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * All nodes' kubelets: starts containers, probes readiness, obeys readiness gates, and ends pods
 * when their grace is over.
 */
final class Kubelet implements Controller {
  private static final String NAME = "kubelet";
  private static final Duration START = Duration.ofSeconds(1);

  private final ApiRules api;
  private final UnaryOperator<Duration> pace;
  private final Hand hand;
  private final EventLog events;
  private final PodNetwork network;
  private final TreeMap<StoreKey, PodLife> lives = new TreeMap<>();

  Kubelet(ApiRules api, UnaryOperator<Duration> pace, EventLog events, PodNetwork network) {
    this.api = api;
    this.pace = pace;
    this.hand = new Hand(api, NAME);
    this.events = events;
    this.network = network;
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    var dirty = new TreeSet<StoreKey>();
    for (var change : changes) {
      switch (change.key().resource()) {
        case "pods" -> follow(change, dirty, now);
        case "nodes" -> dirty.addAll(lives.keySet());
        default -> {}
      }
    }
    var next = Instant.MAX;
    for (var key : List.copyOf(lives.keySet())) {
      var life = lives.get(key);
      if (life == null) {
        continue;
      }
      if (dirty.contains(key) || !life.next().isAfter(now)) {
        api.store().get(key).ifPresent(p -> live(p, life, now));
      }
      next = life.next().isBefore(next) ? life.next() : next;
    }
    return next;
  }

  private void follow(StoreChange change, TreeSet<StoreKey> dirty, Instant now) {
    var key = change.key();
    var pod = change.object();
    var before = lives.get(key);
    boolean another = before != null && !before.uid().equals(Tree.uid(pod));
    if (change instanceof StoreChange.Deleted || another) {
      end(key);
    }
    boolean placed = Tree.has(pod, "spec", "nodeName");
    if (!(change instanceof StoreChange.Deleted) && placed) {
      lives.computeIfAbsent(key, _ -> begin(key, pod, now));
      dirty.add(key);
    }
  }

  private PodLife begin(StoreKey key, ObjectNode pod, Instant now) {
    var ip = Tree.text(pod, "status", "podIP");
    if (!ip.isEmpty() && Tree.text(pod, "status", "phase").equals("Running")) {
      network.keep(ip, key);
    }
    return PodLife.of(pod, now, pace);
  }

  private void end(StoreKey key) {
    var life = lives.remove(key);
    if (life != null && !life.ip().isEmpty()) {
      network.release(life.ip());
    }
  }

  private void live(ObjectNode pod, PodLife life, Instant now) {
    life.rest();
    var node = api.find(Kinds.NODE, "", Tree.text(pod, "spec", "nodeName"));
    if (node.isEmpty() || Marks.down(node.get()) || life.ended()) {
      finish(pod, life);
      return;
    }
    if (!life.running()) {
      if (Tree.deleting(pod)) {
        die(pod, life, now);
        return;
      }
      start(pod, node.get(), life, now);
    }
    if (Tree.deleting(pod) && dies(pod, life, now)) {
      die(pod, life, now);
      return;
    }
    if (life.running()) {
      probe(pod, life, now);
    }
  }

  /** A pod that has ended stays only as long as somebody's finalizer holds it. */
  private void finish(ObjectNode pod, PodLife life) {
    if (life.ended() && Tree.deleting(pod) && PodLife.grace(pod) > 0) {
      hand.delete(Kinds.POD, pod, DeleteOptions.now());
    }
  }

  private void start(ObjectNode pod, ObjectNode node, PodLife life, Instant now) {
    var starts = life.seen().plus(pace.apply(START));
    if (now.isBefore(starts)) {
      if (!Tree.has(pod, "status", "startTime")) {
        hand.status(Kinds.POD, pod, s -> PodStatus.creating(s, pod, node, now));
      }
      life.wake(starts);
      return;
    }
    var ip = network.take(life.key());
    if (ip.isEmpty()) {
      life.wake(now.plus(pace.apply(START)));
      events.warning(NAME, Kinds.POD, pod, "FailedCreatePodSandBox", "no free pod IP is left", now);
      return;
    }
    life.started(ip.get(), now);
    for (var container : Tree.items(pod, "spec", "containers")) {
      var name = Tree.text(container, "name");
      var image = Tree.text(container, "image");
      say(pod, "Pulled", "Container image \"" + image + "\" already present on machine", now);
      say(pod, "Created", "Created container: " + name, now);
      say(pod, "Started", "Started container " + name, now);
    }
    hand.status(Kinds.POD, pod, s -> PodStatus.running(s, pod, node, ip.get(), now));
  }

  private void say(ObjectNode pod, String reason, String message, Instant now) {
    events.normal(NAME, Kinds.POD, pod, reason, message, now);
  }

  private boolean dies(ObjectNode pod, PodLife life, Instant now) {
    var end = life.end(pod, now, pace);
    if (life.firstSight()) {
      for (var container : Tree.items(pod, "spec", "containers")) {
        say(pod, "Killing", "Stopping container " + Tree.text(container, "name"), now);
      }
    }
    if (Marks.stuck(pod)) {
      return false;
    }
    if (now.isBefore(end)) {
      life.wake(end);
      return false;
    }
    return true;
  }

  private void die(ObjectNode pod, PodLife life, Instant now) {
    if (!life.ip().isEmpty()) {
      network.release(life.ip());
    }
    life.end();
    hand.status(Kinds.POD, pod, s -> PodStatus.ended(s, now));
    hand.delete(Kinds.POD, pod, DeleteOptions.now());
  }

  private void probe(ObjectNode pod, PodLife life, Instant now) {
    boolean healthy = Marks.httpStatus(pod) < 400;
    if (life.probe(healthy, now)) {
      var message =
          "Readiness probe failed: HTTP probe failed with statuscode: " + Marks.httpStatus(pod);
      events.warning(NAME, Kinds.POD, pod, "Unhealthy", message, now);
    }
    hand.status(Kinds.POD, pod, s -> PodStatus.ready(s, pod, life.ready(), now));
  }

  @Override
  public void reset() {
    lives.clear();
    network.reset();
  }
}
