package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * I2: nothing of a cluster is taken away before all of it was known once, while another cluster
 * answers under its name (but for a name that it had withdrawn before), or for the absence of an
 * object that nobody reported gone.
 */
final class UnknownCheck implements Check {
  private final Evidence evidence;
  private final Selections selections;

  UnknownCheck(Evidence evidence, Selections selections) {
    this.evidence = evidence;
    this.selections = selections;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I2;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    for (var change : call.changes()) {
      if (!isTaken(change) || goesWithItsGroup(call, change)) {
        continue;
      }
      var cluster = owner(call, change);
      if (cluster.isPresent()) {
        judge(call, change, cluster.get())
            .ifPresent(why -> wrong.accept(call + " took " + change.key() + ": " + why));
      }
    }
  }

  /** Rules and tags that go with what they stand on are judged with it. */
  private static boolean isTaken(RowChange change) {
    return switch (change.kind()) {
      case Estate.LOAD_BALANCERS,
          Estate.TARGET_GROUPS,
          Estate.LISTENERS,
          Estate.RULES,
          Estate.RECORDS ->
          change.after().isEmpty();
      case Estate.TARGETS ->
          change.before().map(TargetRow.class::cast).filter(r -> r.drainedAt() == null).isPresent()
              && change
                  .after()
                  .map(TargetRow.class::cast)
                  .filter(r -> r.drainedAt() == null)
                  .isEmpty();
      default -> false;
    };
  }

  /** Targets that go with their target group are judged with it. */
  private static boolean goesWithItsGroup(Evidence.Call call, RowChange change) {
    return change.kind().equals(Estate.TARGETS)
        && call.estate()
            .targetGroups()
            .find(((TargetRow) change.before().orElseThrow()).groupArn())
            .isEmpty();
  }

  private Optional<ClusterEyes> owner(Evidence.Call call, RowChange change) {
    return switch (change.kind()) {
      case Estate.TARGETS -> {
        var group = ((TargetRow) change.before().orElseThrow()).groupArn();
        yield evidence
            .cluster(call.before().clusterOf(group))
            .or(() -> selections.of(call.before(), group).map(Selections.Backing::cluster));
      }
      case Estate.RECORDS -> {
        var set = ((RecordRow) change.before().orElseThrow()).model();
        yield set.aliasTarget() == null
            ? Optional.empty()
            : new Traffic(call.before())
                .named(set.aliasTarget().dnsName())
                .flatMap(row -> evidence.cluster(call.before().clusterOf(row.arn())));
      }
      default -> evidence.cluster(call.before().clusterOf(change.key()));
    };
  }

  private Optional<String> judge(Evidence.Call call, RowChange change, ClusterEyes cluster) {
    var heard = evidence.heard().cluster(cluster.name());
    if (!heard.everListed()) {
      return Optional.of("the cluster was never listed");
    }
    if (heard.swapped()
        && evidence.decided(call).isAfter(heard.watchedAt())
        && !isWithdrawn(change, cluster.name(), heard.watchedAt())) {
      return Optional.of("another cluster answers under the name " + cluster.name());
    }
    return switch (change.kind()) {
      case Estate.TARGETS -> pod(change, cluster, heard);
      case Estate.LOAD_BALANCERS, Estate.TARGET_GROUPS ->
          ingress(call.before().stackOf(change.key()), cluster, heard);
      default -> Optional.empty();
    };
  }

  /** Whether it is a record of a name that the cluster no longer wanted then. */
  private boolean isWithdrawn(RowChange change, String cluster, Instant then) {
    return change.kind().equals(Estate.RECORDS)
        && evidence
            .heard()
            .withdrawn(
                cluster, Traffic.host(((RecordRow) change.before().orElseThrow()).model()), then);
  }

  /** A pod that was asked to end unseen, and ended unseen, is not known to be gone. */
  private static Optional<String> pod(RowChange change, ClusterEyes cluster, Heard.Cluster heard) {
    var ip = ((TargetRow) change.before().orElseThrow()).model().id();
    var gone = cluster.podAt(ip).filter(pod -> pod.gone().isPresent());
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    var going = gone.get().going().orElseThrow();
    var since = going.isBefore(gone.get().since()) ? going : gone.get().since();
    return heard.fact().isBefore(since)
        ? Optional.of("nobody told the log that the pod goes since " + since)
        : Optional.empty();
  }

  /** An Ingress of its own group that went unseen is not known to be gone. */
  private static Optional<String> ingress(String group, ClusterEyes cluster, Heard.Cluster heard) {
    var slash = group.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    var namespace = group.substring(0, slash);
    var name = group.substring(slash + 1);
    var removed = cluster.removed(new StoreKey(ClusterEyes.INGRESSES, namespace, name));
    var key = new ObjectKey(cluster.name(), ObjectKind.INGRESS, namespace, name);
    return removed
        .filter(since -> heard.gone(key).equals(Instant.MIN))
        .filter(since -> heard.listed(ObjectKind.INGRESS).isBefore(since))
        .map(since -> "nobody told the log that Ingress " + group + " is gone since " + since);
  }
}
