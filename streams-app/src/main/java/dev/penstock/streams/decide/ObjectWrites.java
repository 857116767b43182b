package dev.penstock.streams.decide;

import dev.penstock.plan.targets.ReadinessGates;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.OpenKubernetesRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The open command of a Kubernetes object holds all that it needs written. Each decider owns some
 * of the writes and replaces only those; Events that were not written yet are never lost.
 */
final class ObjectWrites {
  private ObjectWrites() {}

  /** One object and what it is known to be. */
  record Subject(ObjectKey object, String uid) {}

  /**
   * Replaces the writes that the decider owns by these; true if they are, or already were, what is
   * open. False: an attempt is under way, or a failure pauses the object; decide again afterwards.
   */
  static boolean ask(
      Turn turn,
      Subject subject,
      Predicate<KubernetesWrite> owned,
      List<KubernetesWrite> writes,
      Cause cause) {
    var open = turn.get(Table.OPEN_KUBERNETES, subject.object().toString());
    var before = open.map(row -> row.command().writes()).orElse(List.of());
    var all = new ArrayList<KubernetesWrite>();
    for (var write : before) {
      if (write instanceof KubernetesWrite.RecordEvent || !owned.test(write)) {
        all.add(write);
      }
    }
    writes.stream().filter(w -> !all.contains(w)).forEach(all::add);
    if (before.containsAll(all) && all.containsAll(before)) {
      return true;
    }
    if (open.filter(row -> !row.attemptedBy().isEmpty()).isPresent()) {
      return false;
    }
    if (open.isEmpty() && pausing(turn, subject.object())) {
      return false;
    }
    open.ifPresent(row -> superseded(turn, row.command()));
    if (all.isEmpty()) {
      turn.delete(Table.OPEN_KUBERNETES, subject.object().toString());
      turn.settled(subject.object());
      return true;
    }
    emit(turn, subject, all, cause);
    return true;
  }

  /** Every decided command has an end in the audit, also one that nobody tried. */
  private static void superseded(Turn turn, KubernetesCommand command) {
    turn.audit(
        new AuditEntry.KubernetesSettled(command.id(), command.object(), new Result.Superseded()));
  }

  private static boolean pausing(Turn turn, ObjectKey object) {
    return Timers.due(turn, TimerKind.RETRY, "object|" + object).isPresent();
  }

  private static void emit(Turn turn, Subject subject, List<KubernetesWrite> writes, Cause cause) {
    var id = turn.nextCommandId(subject.object());
    var command =
        new KubernetesCommand(
            id,
            turn.scope(),
            subject.object(),
            subject.uid(),
            turn.seq(),
            turn.now(),
            cause,
            List.copyOf(writes));
    turn.put(
        Table.OPEN_KUBERNETES, subject.object().toString(), new OpenKubernetesRow(command, ""));
    turn.command(command);
    turn.audit(new AuditEntry.KubernetesDecided(id, subject.object(), cause, List.copyOf(writes)));
  }

  /** A pod learns how its target is (LBC 5.5). */
  static void condition(Turn turn, ResourceKey group, ReadinessGates.Change change) {
    if (Modes.ofTargets(turn, group).isPresent()) {
      return;
    }
    var type = change.condition().type();
    ask(
        turn,
        new Subject(change.pod(), change.uid()),
        w -> w instanceof KubernetesWrite.SetCondition(var c) && c.type().equals(type),
        List.of(new KubernetesWrite.SetCondition(change.condition())),
        new Cause(turn.seq(), group.toString(), "the health of its target changed", false));
  }

  /** The object, if it is there, as commands name it. */
  static Optional<Subject> subject(Turn turn, ObjectKey object) {
    return turn.get(Table.OBJECTS, object.toString())
        .map(row -> new Subject(object, row.object().metadata().uid()));
  }
}
