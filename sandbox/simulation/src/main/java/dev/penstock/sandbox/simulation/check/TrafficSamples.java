package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * I6 as visitors meet it, looked at again and again: where would a request to each target group in
 * use end now? It finds somebody while a pod behind the group is ready with a gate on its target's
 * health, and it does not end at a pod of somebody else for longer than a bound after the address
 * passed on.
 */
public final class TrafficSamples {
  private final Evidence evidence;
  private final Selections selections;
  private final Duration bound;
  private final Map<String, Instant> strangers = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private long samples;
  private long strange;
  private Duration longest = Duration.ZERO;

  /**
   * @param bound for how long a load balancer may reach whoever took a gone pod's address, all of
   *     the time included in which nobody of ours runs
   */
  public TrafficSamples(Sight sight, Duration bound) {
    this.evidence = new Evidence(sight);
    this.selections = new Selections(evidence);
    this.bound = bound;
  }

  /** Looks once at every target group. */
  public void sample() {
    evidence.look();
    evidence.heard().taken();
    for (var estate : evidence.estates()) {
      for (var group : estate.targetGroups().all()) {
        if (!group.model().loadBalancerArns().isEmpty()) {
          selections.of(estate, group.arn()).ifPresent(behind -> sample(estate, group, behind));
        }
      }
    }
  }

  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** How much was looked at, in words. */
  public String text() {
    return "%,d looks at target groups: a ready pod was always reached%s; a stranger's pod %,d times, %.1f s at most"
        .formatted(
            samples,
            violations.isEmpty() ? "" : " but for what is told",
            strange,
            longest.toMillis() / 1e3);
  }

  private void sample(Estate estate, TargetGroupRow group, Selections.Backing behind) {
    if (!group.model().targetTypeAsString().equals("ip")) {
      return;
    }
    samples++;
    var reached = reached(estate.registered(group.arn()));
    var ready = behind.pods().stream().filter(TrafficSamples::gatedAndReady).findFirst();
    var met =
        reached.stream()
            .flatMap(row -> behind.cluster().podAt(row.model().id()).stream())
            .anyMatch(pod -> pod.able() && behind.pods().contains(pod));
    if (ready.isPresent() && !met) {
      wrong(group.arn() + " reaches nobody, while ready is " + Tree.name(ready.get().object()));
    }
    reached.forEach(row -> stranger(behind, row));
  }

  /** AWS: the healthy ones; all of them while none is healthy. */
  private static List<TargetRow> reached(List<TargetRow> registered) {
    var healthy = registered.stream().filter(r -> r.fold().state().equals("healthy")).toList();
    return healthy.isEmpty() ? registered : healthy;
  }

  private static boolean gatedAndReady(ClusterEyes.Pod pod) {
    var conditions = Tree.at(pod.object(), "status", "conditions");
    return pod.gone().isEmpty()
        && !Tree.items(pod.object(), "spec", "readinessGates").isEmpty()
        && Tree.text(Tree.find(conditions, "type", "Ready"), "status").equals("True");
  }

  private void stranger(Selections.Backing behind, TargetRow row) {
    var key = row.groupArn() + "|" + row.model().id();
    var other =
        Optional.of(row)
            .filter(r -> r.fold().state().equals("healthy"))
            .flatMap(r -> behind.cluster().podAt(r.model().id()))
            .filter(pod -> pod.able() && !behind.pods().contains(pod));
    if (other.isEmpty()) {
      strangers.remove(key);
      return;
    }
    strange++;
    var since = strangers.computeIfAbsent(key, _ -> evidence.now());
    var lasted = Duration.between(since, evidence.now());
    longest = lasted.compareTo(longest) > 0 ? lasted : longest;
    if (lasted.compareTo(bound) > 0) {
      strangers.put(key, evidence.now());
      wrong(key + " leads to " + Tree.name(other.get().object()) + " since " + since);
    }
  }

  private void wrong(String text) {
    violations.add(new Violation(Invariant.I6, evidence.now(), text));
  }
}
