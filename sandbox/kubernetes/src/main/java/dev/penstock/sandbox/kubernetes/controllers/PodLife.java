package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * What a kubelet remembers of one pod: when its containers started, what the readiness probe found,
 * when it has to end. Probes happen on a grid that begins at the start.
 */
final class PodLife {
  private final StoreKey key;
  private final String uid;
  private final Instant seen;
  private final boolean probed;
  private final Duration delay;
  private final Duration period;
  private final int successThreshold;
  private final int failureThreshold;

  private Instant next = Instant.MAX;
  private Instant startedAt = Instant.MAX;
  private Instant nextProbe = Instant.MAX;
  private Instant endAt = Instant.MAX;
  private int endGrace = -1;
  private String ip = "";
  private boolean ready;
  private boolean ended;
  private boolean firstSight;
  private int inRow;
  private int failures;

  private PodLife(JsonNode pod, Instant now, UnaryOperator<Duration> pace) {
    this.key = Kinds.POD.key(Tree.namespace(pod), Tree.name(pod));
    this.uid = Tree.uid(pod);
    this.seen = now;
    var probe = probe(pod);
    this.probed = !probe.isMissingNode();
    this.delay = pace.apply(Duration.ofSeconds(probe.path("initialDelaySeconds").asInt()));
    this.period = pace.apply(Duration.ofSeconds(probe.path("periodSeconds").asInt(10)));
    this.successThreshold = probe.path("successThreshold").asInt(1);
    this.failureThreshold = probe.path("failureThreshold").asInt(3);
  }

  /** The first container with a readiness probe stands for all of them. */
  private static JsonNode probe(JsonNode pod) {
    return Tree.items(pod, "spec", "containers").stream()
        .map(c -> c.path("readinessProbe"))
        .filter(JsonNode::isObject)
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** A life as the pod's own status tells it, fresh or after a restart. */
  static PodLife of(JsonNode pod, Instant now, UnaryOperator<Duration> pace) {
    var life = new PodLife(pod, now, pace);
    var phase = Tree.text(pod, "status", "phase");
    life.ended = phase.equals("Succeeded") || phase.equals("Failed");
    if (phase.equals("Running")) {
      life.started(Tree.text(pod, "status", "podIP"), now);
      life.ready = Conditions.isTrue(pod, "ContainersReady");
    }
    return life;
  }

  StoreKey key() {
    return key;
  }

  String uid() {
    return uid;
  }

  String ip() {
    return ip;
  }

  Instant seen() {
    return seen;
  }

  Instant next() {
    return next;
  }

  boolean running() {
    return !ended && !startedAt.equals(Instant.MAX);
  }

  boolean ready() {
    return ready;
  }

  boolean ended() {
    return ended;
  }

  void rest() {
    next = Instant.MAX;
  }

  void wake(Instant at) {
    next = at.isBefore(next) ? at : next;
  }

  void started(String podIp, Instant now) {
    ip = podIp;
    startedAt = now;
    nextProbe = now.plus(delay);
    ready = !probed;
  }

  void end() {
    ended = true;
    ready = false;
    ip = "";
    next = Instant.MAX;
  }

  /**
   * When a deleted pod's containers are killed: the grace counts from the request, and a shorter
   * one replaces it.
   */
  Instant end(JsonNode pod, Instant now, UnaryOperator<Duration> pace) {
    int grace = grace(pod);
    firstSight = endGrace < 0;
    if (grace != endGrace) {
      endGrace = grace;
      var sooner = now.plus(pace.apply(Duration.ofSeconds(grace)));
      endAt = sooner.isBefore(endAt) ? sooner : endAt;
    }
    return endAt;
  }

  /** Whether the deletion was noticed just now. */
  boolean firstSight() {
    return firstSight;
  }

  static int grace(JsonNode pod) {
    return Tree.at(pod, "metadata", "deletionGracePeriodSeconds").asInt();
  }

  /** Probes if it is time; answers whether a probe failed. In a settled state nothing is due. */
  boolean probe(boolean healthy, Instant now) {
    if (!probed) {
      return false;
    }
    int failuresBefore = failures;
    failures = healthy ? 0 : failures;
    while (!nextProbe.isAfter(now)) {
      nextProbe = nextProbe.plus(period);
      failures = healthy ? 0 : failures + 1;
      judge(healthy);
      if (healthy == ready) {
        skipTo(now);
      }
    }
    if (healthy != ready || !healthy && failures < failureThreshold) {
      wake(nextProbe);
    }
    return failures > failuresBefore;
  }

  private void judge(boolean healthy) {
    if (healthy == ready) {
      inRow = 0;
      return;
    }
    inRow++;
    if (inRow >= (healthy ? successThreshold : failureThreshold)) {
      ready = healthy;
      inRow = 0;
    }
  }

  private void skipTo(Instant now) {
    if (nextProbe.isAfter(now)) {
      return;
    }
    long behind = Duration.between(nextProbe, now).dividedBy(period);
    nextProbe = nextProbe.plus(period.multipliedBy(behind + 1));
  }
}
