package dev.penstock.streams.fold;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.event.ClusterFact.KubernetesApplyStarted;
import dev.penstock.schemas.event.ClusterFact.KubernetesAttempted;
import dev.penstock.schemas.event.ClusterFact.KubernetesSettled;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.kubernetes.ConfigMap;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.schemas.table.OpenKubernetesRow;
import dev.penstock.schemas.table.TenureRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of writes to Kubernetes. An applied write is taken into the object's row at once, so
 * that nothing is written twice while the watch is on its way.
 */
final class KubernetesOutcomes {
  private KubernetesOutcomes() {}

  static void applyStarted(Turn turn, KubernetesApplyStarted fact) {
    turn.put(
        Table.TENURES,
        "kubernetes|" + fact.cluster(),
        new TenureRow(fact.tenure(), turn.seq(), turn.now()));
  }

  static void attempted(Turn turn, KubernetesAttempted fact) {
    open(turn, fact.object(), fact.commandId())
        .ifPresent(row ->
            turn.put(
                Table.OPEN_KUBERNETES,
                fact.object().toString(),
                new OpenKubernetesRow(row.command(), fact.tenure())));
  }

  static void settled(Turn turn, KubernetesSettled fact) {
    var open = open(turn, fact.object(), fact.commandId());
    if (open.isEmpty() && fact.result() instanceof Result.Superseded) {
      // Whoever replaced it has said so.
      return;
    }
    turn.audit(new AuditEntry.KubernetesSettled(fact.commandId(), fact.object(), fact.result()));
    if (open.isEmpty()) {
      return;
    }
    turn.delete(Table.OPEN_KUBERNETES, fact.object().toString());
    turn.settled(fact.object());
    var command = open.get().command();
    switch (fact.result()) {
      case Result.Applied _ -> applied(turn, command);
      case Result.Superseded _ -> {}
      case Result.Deferred _, Result.Unanswered _ ->
          retry(turn, fact.object(), turn.settings().retryMillis());
      case Result.Rejected _ -> retry(turn, fact.object(), turn.settings().maxRetryMillis());
    }
  }

  /** An answer about this object could not be read: it is asked for again after a pause. */
  static void lost(Turn turn, ObjectKey object, String reason) {
    turn.get(Table.OPEN_KUBERNETES, object.toString())
        .ifPresent(row -> {
          var result = new Result.Unanswered("a record about it could not be read: " + reason);
          turn.audit(new AuditEntry.KubernetesSettled(row.command().id(), object, result));
          turn.delete(Table.OPEN_KUBERNETES, object.toString());
          turn.settled(object);
          retry(turn, object, turn.settings().retryMillis());
        });
  }

  private static void retry(Turn turn, ObjectKey object, long millis) {
    Timers.set(turn, TimerKind.RETRY, "object|" + object, turn.now().plusMillis(millis));
  }

  private static void applied(Turn turn, KubernetesCommand command) {
    Timers.cancel(turn, TimerKind.RETRY, "object|" + command.object());
    command.writes().forEach(write -> take(turn, command, write));
    for (var row : Intents.of(turn, command.object())) {
      Dirt.stack(turn, row.current().stack(), "a write to a member was answered");
    }
    Lookups.touched(turn, Lookups.object(command.object()), "a write to it was answered");
  }

  private static void take(Turn turn, KubernetesCommand command, KubernetesWrite write) {
    var key = command.object();
    var row = turn.get(Table.OBJECTS, key.toString());
    switch (write) {
      case KubernetesWrite.AddFinalizer(var finalizer) ->
          row.ifPresent(r -> keep(turn, key, r, added(r.object(), finalizer)));
      case KubernetesWrite.RemoveFinalizer(var finalizer) ->
          row.ifPresent(r -> keep(turn, key, r, removed(r.object(), finalizer)));
      case KubernetesWrite.SetLoadBalancerStatus(var addresses) ->
          row.ifPresent(r -> keep(turn, key, r, Projections.withAddresses(r.object(), addresses)));
      case KubernetesWrite.ApplyTargetGroupBinding(var labels, var spec) ->
          made(
              turn,
              key,
              row,
              labels,
              metadata -> new TargetGroupBinding(metadata, spec, 0, List.of()));
      case KubernetesWrite.ApplyTargetList(var targets, _) ->
          made(turn, key, row, Map.of(), metadata -> new ConfigMap(metadata, targets));
      case KubernetesWrite.DeleteTargetGroupBinding _, KubernetesWrite.DeleteTargetList _ ->
          row.ifPresent(r -> {
            turn.delete(Table.OBJECTS, key.toString());
            Snapshots.counted(turn, key, r, -1);
            Snapshots.deletedByUs(turn, key, r);
          });
      case KubernetesWrite.SetCondition(var condition) ->
          row.ifPresent(r -> keep(turn, key, r, Projections.withCondition(r.object(), condition)));
      case KubernetesWrite.RecordEvent _ -> {}
    }
  }

  private static KubernetesObject added(KubernetesObject object, String finalizer) {
    var finalizers = new ArrayList<>(object.metadata().finalizers());
    if (!finalizers.contains(finalizer)) {
      finalizers.add(finalizer);
    }
    return Projections.with(object, Projections.withFinalizers(object.metadata(), finalizers));
  }

  private static KubernetesObject removed(KubernetesObject object, String finalizer) {
    var finalizers =
        object.metadata().finalizers().stream().filter(f -> !f.equals(finalizer)).toList();
    return Projections.with(object, Projections.withFinalizers(object.metadata(), finalizers));
  }

  /** What was on its way out was taken away first, so that another stands there now. */
  private static void made(
      Turn turn,
      ObjectKey key,
      Optional<ObjectRow> row,
      Map<String, String> labels,
      Function<Metadata, KubernetesObject> object) {
    var metadata =
        row.map(r -> r.object().metadata())
            .filter(m -> m.deleted().isEmpty())
            .map(m -> Projections.withLabels(m, labels))
            .orElseGet(() -> created(key, labels));
    var tenure = turn.get(Table.CLUSTERS, key.cluster()).map(ClusterRow::tenure).orElse("");
    var written = object.apply(metadata);
    keep(
        turn,
        key,
        row.orElse(new ObjectRow(written, Snapshots.written(tenure), "", turn.seq())),
        written);
  }

  /** What nobody has seen yet. */
  private static Metadata created(ObjectKey key, Map<String, String> labels) {
    return new Metadata(
        key.namespace(),
        key.name(),
        "",
        "",
        0,
        labels,
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static void keep(Turn turn, ObjectKey key, ObjectRow row, KubernetesObject object) {
    turn.put(
        Table.OBJECTS,
        key.toString(),
        new ObjectRow(object, row.tenure(), Projections.fingerprint(object), row.seq()));
  }

  private static Optional<OpenKubernetesRow> open(Turn turn, ObjectKey object, String commandId) {
    return turn.get(Table.OPEN_KUBERNETES, object.toString())
        .filter(row -> row.command().id().equals(commandId));
  }
}
