package dev.penstock.sandbox.simulation.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import dev.penstock.schemas.settings.ClusterMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * I6: at the moment of a call of ours a group, or what stands before it, does not lose the last
 * target that can serve while a pod behind it can; and a target whose pod is gone leaves in time.
 * What changed after the decision, or a moment before it, excuses the call.
 */
final class TargetsCheck implements Check {
  /** A gone pod's target leaves within this, once nothing stands in the way. */
  private static final Duration BOUND = Duration.ofMinutes(15);

  private static final Duration LOOK = Duration.ofMinutes(1);

  /** What somebody else does to targets may be found as late as this. */
  private static final Duration POLL = Duration.ofMinutes(6);

  private final Evidence evidence;
  private final Selections selections;
  private final VisitorLosses visitors;
  private Instant looked = Instant.MIN;

  TargetsCheck(Evidence evidence, Selections selections, VisitorLosses visitors) {
    this.evidence = evidence;
    this.selections = selections;
    this.visitors = visitors;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I6;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    var removed = new LinkedHashMap<String, List<TargetRow>>();
    for (var change : call.of(Estate.TARGETS)) {
      var before = change.before().map(TargetRow.class::cast).filter(r -> r.drainedAt() == null);
      var after = change.after().map(TargetRow.class::cast).filter(r -> r.drainedAt() == null);
      if (before.isPresent() && after.isEmpty()) {
        removed.computeIfAbsent(before.get().groupArn(), _ -> new ArrayList<>()).add(before.get());
      }
    }
    removed.forEach((group, rows) -> removed(call, group, rows, wrong));
    visitors.losses(call).stream()
        .filter(loss -> !loss.othersInError())
        .forEach(loss -> wrong.accept(loss.text()));
  }

  private void removed(
      Evidence.Call call, String group, List<TargetRow> removed, Consumer<String> wrong) {
    var backing = selections.of(call.before(), group);
    var linked =
        call.before()
            .targetGroups()
            .find(group)
            .filter(row -> !row.model().loadBalancerArns().isEmpty());
    var known = evidence.known(call);
    if (backing.isEmpty()
        || linked.isEmpty()
        || evidence.meddled(group).isAfter(known.minus(POLL))
        || !canServe(backing.get(), known)) {
      return;
    }
    var cluster = backing.get().cluster();
    var lost = removed.stream().filter(row -> serves(backing.get(), row)).toList();
    var left =
        call.estate().registered(group).stream()
            .filter(row -> !row.fold().state().equals("initial"))
            .anyMatch(row -> ableAfter(cluster, row, known));
    if (!lost.isEmpty() && !left) {
      wrong.accept(
          call
              + " took the last of "
              + group
              + " that can serve: "
              + lost.stream().map(row -> row.model().id()).toList());
    }
  }

  /** Whether a pod behind the group can serve, and could when it was decided. */
  private static boolean canServe(Selections.Backing backing, Instant known) {
    return backing.pods().stream().anyMatch(pod -> pod.able() && !pod.since().isAfter(known));
  }

  /** Whether traffic reaches somebody at the target who is selected. */
  private static boolean serves(Selections.Backing backing, TargetRow row) {
    var id = row.model().id();
    return row.fold().state().equals("healthy")
        && (node(backing.cluster(), id).filter(n -> Endpoints.ready(n).equals("True")).isPresent()
            || backing.pods().stream().anyMatch(pod -> pod.ip().equals(id) && pod.able()));
  }

  private static boolean ableAfter(ClusterEyes cluster, TargetRow row, Instant known) {
    var id = row.model().id();
    var node = node(cluster, id);
    return node.map(n ->
            Endpoints.ready(n).equals("True")
                || cluster.edited(new StoreKey(ClusterEyes.NODES, "", Tree.name(n))).isAfter(known))
        .orElseGet(() -> cluster.podAt(id).filter(pod -> pod.ableAfter(known)).isPresent());
  }

  private static Optional<JsonNode> node(ClusterEyes cluster, String id) {
    return id.startsWith("i-")
        ? cluster.all(ClusterEyes.NODES).stream()
            .filter(node -> Tree.text(node, "spec", "providerID").endsWith("/" + id))
            .map(JsonNode.class::cast)
            .findFirst()
        : Optional.empty();
  }

  @Override
  public void after(Consumer<String> wrong) {
    if (evidence.now().isBefore(looked.plus(LOOK))) {
      return;
    }
    looked = evidence.now();
    for (var estate : evidence.estates()) {
      for (var group : estate.targetGroups().all()) {
        owner(estate, group.arn())
            .ifPresent(cluster -> overdue(cluster, estate.registered(group.arn()), wrong));
      }
    }
  }

  private Optional<ClusterEyes> owner(Estate estate, String group) {
    return evidence
        .cluster(estate.clusterOf(group))
        .or(() -> selections.of(estate, group).map(Selections.Backing::cluster));
  }

  private void overdue(ClusterEyes cluster, List<TargetRow> targets, Consumer<String> wrong) {
    var heard = evidence.heard().cluster(cluster.name());
    if (heard.mode() != ClusterMode.MANAGE
        || heard.targetsPaused()
        || heard.swapped()
        || !cluster.uid().equals(heard.uid())) {
      return;
    }
    var free = free(cluster, heard);
    for (var target : targets) {
      var gone =
          cluster
              .podAt(target.model().id())
              .flatMap(ClusterEyes.Pod::gone)
              .map(since -> latest(Stream.of(since, free, target.registeredAt())));
      if (gone.isPresent() && evidence.now().isAfter(gone.get().plus(BOUND))) {
        wrong.accept(
            target.model().id()
                + " is still a target of "
                + target.groupArn()
                + ", its pod is gone");
      }
    }
  }

  /** Since when nothing stands in the way of the cluster's targets. */
  private Instant free(ClusterEyes cluster, Heard.Cluster heard) {
    return latest(
        Stream.of(
            cluster.disturbed(),
            heard.watchedAt(),
            heard.modeSince(),
            evidence.faulty(),
            evidence.heard().applierSince(cluster.site().home())));
  }

  private static Instant latest(Stream<Instant> times) {
    return times.max(Instant::compareTo).orElseThrow();
  }
}
