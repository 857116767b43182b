package dev.penstock.streams.fold;

import dev.penstock.plan.Order;
import dev.penstock.plan.Written;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.CloudFact.PartRead;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.OpenRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of commands. Only the answer of the speaking tenure to the open command closes it;
 * any other answer to a write makes the resource unknown (design §6).
 */
final class Outcomes {
  private static final Set<ResourceKind> FORWARDING =
      EnumSet.of(ResourceKind.LISTENER, ResourceKind.LISTENER_RULE);

  private Outcomes() {}

  static void settled(Turn turn, CommandSettled fact) {
    var open = Attempts.open(turn, fact.key(), fact.commandId());
    var late = Attempts.late(turn, fact);
    var given = fact.result() instanceof Result.Superseded && fact.calls().isEmpty();
    if (open.isEmpty() && given && !late) {
      // Whoever replaced it has said so.
      return;
    }
    turn.audit(new AuditEntry.Settled(fact.commandId(), fact.key(), fact.result(), fact.calls()));
    if (open.isEmpty() || !Attempts.speaking(turn, fact.tenure())) {
      open.ifPresent(_ -> Attempts.unheard(turn, fact));
      stray(turn, fact);
      return;
    }
    var row = open.get();
    turn.delete(Table.OPEN, fact.key().toString());
    turn.settled(fact.key());
    announce(turn, fact, row.command().operation());
    observe(turn, fact, row);
    Retries.after(turn, row.command(), fact.result(), fact.calls());
  }

  /** A part of an answer counts as the answer will: of the open command, from its horizon. */
  static void part(Turn turn, PartRead fact) {
    Attempts.open(turn, fact.key(), fact.commandId())
        .filter(_ -> Attempts.speaking(turn, fact.tenure()))
        .flatMap(row -> horizon(fact.tenure(), row))
        .ifPresent(horizon -> Observations.fold(turn, fact.observations(), horizon));
  }

  /**
   * An answer about this resource could not be read. Whoever gave it will not say it again: no
   * command of the resource stays open.
   */
  static void lost(Turn turn, ResourceKey resource, String reason) {
    for (var lane : Lane.values()) {
      var key = new CommandKey(resource, lane);
      turn.get(Table.OPEN, key.toString()).ifPresent(row -> lost(turn, row.command(), reason));
    }
  }

  private static void lost(Turn turn, Command command, String reason) {
    var result = new Result.Unanswered("a record about it could not be read: " + reason);
    turn.audit(new AuditEntry.Settled(command.id(), command.key(), result, List.of()));
    close(turn, command, result);
  }

  /** The answer came while another tenure spoke; what it said is no proof any more. */
  static void unheard(Turn turn, Command command) {
    close(turn, command, new Result.Unanswered("it was answered while another run spoke"));
  }

  private static void close(Turn turn, Command command, Result result) {
    turn.delete(Table.OPEN, command.key().toString());
    turn.settled(command.key());
    Retries.after(turn, command, result, List.of());
  }

  /** Somebody else's word about a write of ours: it may have had an effect that nobody expects. */
  private static void stray(Turn turn, CommandSettled fact) {
    if (fact.result() instanceof Result.Superseded) {
      return;
    }
    var reason = "an answer came that belongs to no open command";
    switch (fact.key().lane()) {
      case WRITE -> Attempts.unsure(turn, fact.key().resource(), reason);
      case REGISTER, DEREGISTER -> strayTargets(turn, fact);
      case OBSERVE -> {}
    }
  }

  /**
   * A command that was replaced while its call was on the way. Targets are written one command
   * after the other, so what this one says each target became is how it stands.
   */
  private static void strayTargets(Turn turn, CommandSettled fact) {
    var answered =
        switch (fact.result()) {
          case Result.Applied _, Result.Rejected _ -> Attempts.speaking(turn, fact.tenure());
          case Result.Superseded _, Result.Deferred _, Result.Unanswered _ -> false;
        };
    if (answered) {
      var written = new Horizon(turn.seq(), turn.now(), true);
      Observations.fold(turn, fact.observations(), written);
    } else {
      TargetRegistrations.unknown(turn, fact.key().resource());
    }
  }

  private static void announce(Turn turn, CommandSettled fact, Operation operation) {
    if (fact.key().lane() == Lane.OBSERVE && fact.result() instanceof Result.Applied) {
      return;
    }
    var ids = fact.calls().stream().map(Call::requestId).filter(id -> !id.isEmpty()).toList();
    var resource = fact.key().resource().toString();
    var words = operation.getClass().getSimpleName();
    turn.change(
        resource,
        new ChangeBody.CommandSettled(
            words, fact.result().getClass().getSimpleName(), Retries.message(fact.result()), ids));
  }

  private static void observe(Turn turn, CommandSettled fact, OpenRow row) {
    var operation = row.command().operation();
    if (operation instanceof Operation.Observe(var reading)) {
      horizon(fact.tenure(), row)
          .filter(_ -> fact.horizon().isPresent())
          .ifPresent(horizon -> {
            Observations.fold(turn, fact.observations(), horizon);
            if (reading instanceof Reading.ReadStack(_, var stack, _, _, _, _)
                && fact.result() instanceof Result.Applied) {
              Discoveries.stackRead(turn, stack, fact.observations(), horizon);
            }
          });
      Inventories.failed(turn, reading, fact.result());
      return;
    }
    var written = new Horizon(turn.seq(), turn.now(), true);
    if (fact.result() instanceof Result.Applied) {
      applied(turn, fact.key(), operation, fact.observations(), written);
    }
    Observations.fold(turn, fact.observations(), written);
    NameChanges.written(turn, fact.key().resource(), fact.observations());
    if (fact.result() instanceof Result.Applied) {
      remember(turn, fact.key().resource(), operation);
    }
  }

  /** A read without a horizon says nothing. */
  private static Optional<Horizon> horizon(String tenure, OpenRow row) {
    return row.horizon()
        .filter(h -> h.tenure().equals(tenure))
        .map(h -> new Horizon(h.position(), h.at(), false));
  }

  /** What an applied command itself proves. */
  private static void applied(
      Turn turn,
      CommandKey key,
      Operation operation,
      List<Observation> observations,
      Horizon written) {
    switch (operation) {
      case Operation.Delete(var live) -> {
        if (observations.isEmpty()) {
          Observations.missing(turn, key.resource(), written);
        }
        Cascades.deleted(turn, key.resource(), live, written);
        Retries.room(turn, key.resource());
      }
      case Operation.RegisterTargets(_, var targets) ->
          TargetRegistrations.written(turn, key.resource(), targets, TargetHealth.REGISTERED);
      case Operation.DeregisterTargets(_, var targets) ->
          TargetRegistrations.written(turn, key.resource(), targets, TargetHealth.DEREGISTERED);
      case Operation.Create _ -> {
        if (key.resource().kind() == ResourceKind.TARGET_GROUP) {
          TargetRegistrations.fresh(turn, key.resource());
        }
        linked(turn, key.resource());
      }
      case Operation.Update _ -> linked(turn, key.resource());
      case Operation.SetRulePriorities _, Operation.Observe _ -> {}
    }
  }

  /** From now on visitors may be sent to the target groups to which a listener or rule forwards. */
  private static void linked(Turn turn, ResourceKey key) {
    turn.get(Table.DESIRED, key.toString())
        .filter(_ -> FORWARDING.contains(key.kind()))
        .ifPresent(row ->
            Order.references(row.spec()).stream()
                .filter(to -> to.kind() == ResourceKind.TARGET_GROUP)
                .forEach(group -> TargetRegistrations.linked(turn, group)));
  }

  private static void remember(Turn turn, ResourceKey key, Operation operation) {
    switch (operation) {
      case Operation.Create(var desired) -> {
        remember(turn, key, desired);
        made(turn, key);
      }
      case Operation.Update(_, var desired, _) -> remember(turn, key, desired);
      case Operation.Delete _,
          Operation.RegisterTargets _,
          Operation.DeregisterTargets _,
          Operation.SetRulePriorities _,
          Operation.Observe _ -> {}
    }
  }

  /** Ours from now on, whatever somebody does to its tags (I1). */
  private static void made(Turn turn, ResourceKey key) {
    turn.get(Table.OBSERVED, key.toString())
        .ifPresent(row ->
            Observed.live(row)
                .ifPresent(live ->
                    Observed.remember(turn, key, Written.made(row.lastWritten(), live.id()))));
  }

  private static void remember(Turn turn, ResourceKey key, ResourceSpec desired) {
    var row = turn.get(Table.OBSERVED, key.toString());
    row.flatMap(Observed::live)
        .map(Live::id)
        .ifPresent(id ->
            Observed.remember(
                turn,
                key,
                Written.remember(
                    row.map(ObservedRow::lastWritten).orElse(List.of()), id, desired)));
  }
}
