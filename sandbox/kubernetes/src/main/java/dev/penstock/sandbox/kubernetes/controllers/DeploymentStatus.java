package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What a Deployment says of itself: the counts, Available, and Progressing with its deadline. */
final class DeploymentStatus {
  private record Counts(
      int desired, int wanted, int replicas, int updated, int ready, int available) {
    boolean complete() {
      return updated == desired && replicas == desired && available == desired;
    }
  }

  private record Progress(Counts counts, Instant deadline) {}

  private final Hand hand;
  private final UnaryOperator<Duration> pace;
  private final TreeMap<StoreKey, Progress> progress = new TreeMap<>();

  DeploymentStatus(Hand hand, UnaryOperator<Duration> pace) {
    this.hand = hand;
    this.pace = pace;
  }

  /** Deployments whose deadline passes now. */
  Collection<StoreKey> due(Instant now) {
    var due = new ArrayList<StoreKey>();
    for (var entry : progress.entrySet()) {
      if (!entry.getValue().deadline().isAfter(now)) {
        due.add(entry.getKey());
        entry.setValue(new Progress(entry.getValue().counts(), Instant.MAX));
      }
    }
    return due;
  }

  Instant next() {
    return progress.values().stream()
        .map(Progress::deadline)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  void forget(StoreKey key) {
    progress.remove(key);
  }

  void reset() {
    progress.clear();
  }

  void write(
      StoreKey key,
      ObjectNode deployment,
      Optional<ObjectNode> fresh,
      List<ObjectNode> sets,
      Instant now) {
    var current = fresh.flatMap(f -> sets.stream().filter(s -> uid(s).equals(uid(f))).findFirst());
    var counts =
        new Counts(
            Tree.at(deployment, "spec", "replicas").asInt(),
            sets.stream().mapToInt(RollingUpdate::replicas).sum(),
            sum(sets, "replicas"),
            sum(current.stream().toList(), "replicas"),
            sum(sets, "readyReplicas"),
            sum(sets, "availableReplicas"));
    boolean late = late(key, deployment, counts, now);
    hand.status(
        Kinds.DEPLOYMENT,
        deployment,
        s -> {
          count(s, deployment, counts);
          available(s, deployment, counts, now);
          current.ifPresent(c -> progressing(s, Tree.name(c), counts, late, now));
        });
  }

  private static String uid(JsonNode object) {
    return Tree.uid(object);
  }

  private static int sum(List<ObjectNode> sets, String field) {
    return sets.stream().mapToInt(s -> Tree.at(s, "status", field).asInt()).sum();
  }

  /** Whether nothing moved for longer than the deadline allows. */
  private boolean late(StoreKey key, ObjectNode deployment, Counts counts, Instant now) {
    if (counts.complete()) {
      progress.remove(key);
      return false;
    }
    var before = progress.get(key);
    if (before == null || !before.counts().equals(counts)) {
      int seconds = Tree.at(deployment, "spec", "progressDeadlineSeconds").asInt(600);
      var deadline = now.plus(pace.apply(Duration.ofSeconds(seconds)));
      progress.put(key, new Progress(counts, deadline));
      return false;
    }
    return before.deadline().equals(Instant.MAX);
  }

  private static void count(ObjectNode status, ObjectNode deployment, Counts counts) {
    status.put("observedGeneration", Tree.at(deployment, "metadata", "generation").asInt());
    put(status, "replicas", counts.replicas());
    put(status, "updatedReplicas", counts.updated());
    put(status, "readyReplicas", counts.ready());
    put(status, "availableReplicas", counts.available());
    put(status, "unavailableReplicas", Math.max(0, counts.wanted() - counts.available()));
  }

  private static void put(ObjectNode status, String field, int value) {
    if (value == 0) {
      status.remove(field);
    } else {
      status.put(field, value);
    }
  }

  private static void available(
      ObjectNode status, ObjectNode deployment, Counts counts, Instant now) {
    int least = counts.desired() - RollingUpdate.of(deployment).maxUnavailable();
    boolean enough = counts.available() >= least;
    var condition =
        Conditions.set(
            status,
            "Available",
            enough ? "True" : "False",
            enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            "Deployment %s minimum availability.".formatted(enough ? "has" : "does not have"),
            now);
    updated(condition, now);
  }

  private static void progressing(
      ObjectNode status, String set, Counts counts, boolean late, Instant now) {
    var reason =
        counts.complete()
            ? "NewReplicaSetAvailable"
            : late ? "ProgressDeadlineExceeded" : "ReplicaSetUpdated";
    var what =
        counts.complete()
            ? "has successfully progressed."
            : late ? "has timed out progressing." : "is progressing.";
    var message = "ReplicaSet \"%s\" %s".formatted(set, what);
    var condition =
        Conditions.set(status, "Progressing", late ? "False" : "True", reason, message, now);
    updated(condition, now);
  }

  private static void updated(ObjectNode condition, Instant now) {
    if (!condition.has("lastUpdateTime")) {
      condition.put("lastUpdateTime", Conditions.time(now));
    }
  }
}
