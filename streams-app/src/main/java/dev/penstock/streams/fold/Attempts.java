package dev.penstock.streams.fold;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.event.CloudFact.ApplyStarted;
import dev.penstock.schemas.event.CloudFact.Attempted;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.CloudFact.ReadStarted;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.OpenRow;
import dev.penstock.schemas.table.TenureRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who may write to AWS in this scope, what was tried, and where reads began. */
public final class Attempts {
  /** No call of an earlier tenure can still be under way after this long. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  static final String AWS = "aws";

  /** The subject of an answer that closed nothing, before the command's key. */
  private static final String UNHEARD = "unheard|";

  /** The subject of the timer of an attempt at a command that is not open, before its id. */
  public static final String LATE = "late|";

  private Attempts() {}

  static void applyStarted(Turn turn, ApplyStarted fact) {
    turn.put(Table.TENURES, AWS, new TenureRow(fact.tenure(), turn.seq(), turn.now()));
    if (turn.scope().isGlobal() && turn.get(Table.INVENTORY, Inventories.ZONES).isEmpty()) {
      Timers.setBy(turn, TimerKind.SWEEP, Inventories.ZONES, turn.now());
    }
    for (var entry : turn.scan(Table.OPEN, "")) {
      var by = entry.row().attemptedBy();
      if (!by.isEmpty() && !by.equals(fact.tenure())) {
        unanswered(turn, entry.row());
      }
    }
    for (var entry : turn.scan(Table.TENURES, UNHEARD)) {
      if (entry.row().tenure().equals(fact.tenure())) {
        turn.delete(Table.TENURES, entry.key());
        turn.get(Table.OPEN, entry.key().substring(UNHEARD.length()))
            .filter(row -> row.command().seq() < entry.row().position())
            .ifPresent(row -> Outcomes.unheard(turn, row.command()));
      }
    }
  }

  /**
   * The open command was answered by a tenure that does not speak. If that one holds the scope, it
   * says so again, and does not answer the command a second time.
   */
  static void unheard(Turn turn, CommandSettled fact) {
    var row = new TenureRow(fact.tenure(), turn.seq(), turn.now());
    turn.put(Table.TENURES, UNHEARD + fact.key(), row);
  }

  /** An attempt of an earlier tenure may or may not have had its effect. */
  private static void unanswered(Turn turn, OpenRow row) {
    var key = row.command().key();
    var reason = "an attempt of an earlier run has no answer";
    turn.audit(
        new AuditEntry.Settled(row.command().id(), key, new Result.Unanswered(reason), List.of()));
    unsure(turn, key, reason);
    Timers.set(turn, TimerKind.OBSERVE, key.resource().toString(), turn.now().plus(CALL_TIMEOUT));
    turn.put(
        Table.OPEN,
        key.toString(),
        new OpenRow(row.command(), "", row.attempt(), row.attemptedAt(), row.horizon()));
  }

  /** A write that may or may not have had its effect: what it wrote is to be looked at. */
  static void unsure(Turn turn, ResourceKey written, String reason) {
    Observed.unknown(turn, written, reason);
    NameChanges.uncertain(turn, written, reason);
  }

  private static void unsure(Turn turn, CommandKey key, String reason) {
    switch (key.lane()) {
      case WRITE -> unsure(turn, key.resource(), reason);
      case REGISTER, DEREGISTER -> TargetRegistrations.unknown(turn, key.resource());
      case OBSERVE -> {}
    }
  }

  static void attempted(Turn turn, Attempted fact) {
    turn.audit(new AuditEntry.Tried(fact.commandId(), fact.key(), fact.tenure(), fact.attempt()));
    var open = open(turn, fact.key(), fact.commandId());
    if (open.isEmpty()) {
      // Whoever lives will answer it; of a run that was cut off nothing may come.
      var due = turn.now().plus(CALL_TIMEOUT);
      Timers.set(turn, TimerKind.OBSERVE, late(fact.key(), fact.commandId()), due);
      return;
    }
    var row = open.get();
    turn.put(
        Table.OPEN,
        fact.key().toString(),
        new OpenRow(row.command(), fact.tenure(), fact.attempt(), turn.now(), row.horizon()));
    again(turn, fact);
  }

  /** Whether the answer is the first to an attempt at a command that was not open. */
  static boolean late(Turn turn, CommandSettled fact) {
    var subject = late(fact.key(), fact.commandId());
    var late = Timers.due(turn, TimerKind.OBSERVE, subject).isPresent();
    Timers.cancel(turn, TimerKind.OBSERVE, subject);
    return late;
  }

  /** No answer came to an attempt at a command that was not open; it may have had its effect. */
  public static void silent(Turn turn, String subject) {
    var bar = subject.indexOf('|', LATE.length());
    var key = CommandKey.parse(subject.substring(bar + 1));
    var reason = "an attempt at a command that was over has no answer";
    var result = new Result.Unanswered(reason);
    turn.audit(
        new AuditEntry.Settled(subject.substring(LATE.length(), bar), key, result, List.of()));
    unsure(turn, key, reason);
    Timers.set(turn, TimerKind.OBSERVE, key.resource().toString(), turn.now());
  }

  private static String late(CommandKey key, String commandId) {
    return LATE + commandId + "|" + key;
  }

  /** A command of targets that is tried again may be replaced by what is wanted now. */
  private static void again(Turn turn, Attempted fact) {
    switch (fact.key().lane()) {
      case REGISTER, DEREGISTER -> {
        if (fact.attempt() > 1) {
          Dirt.targets(turn, fact.key().resource(), "a command of its targets is tried again");
        }
      }
      case WRITE, OBSERVE -> {}
    }
  }

  /** The first read of a tenure is the horizon of its answer. */
  static void readStarted(Turn turn, ReadStarted fact) {
    open(turn, fact.key(), fact.commandId())
        .filter(row -> row.horizon().filter(h -> h.tenure().equals(fact.tenure())).isEmpty())
        .ifPresent(row ->
            turn.put(
                Table.OPEN,
                fact.key().toString(),
                new OpenRow(
                    row.command(),
                    row.attemptedBy(),
                    row.attempt(),
                    row.attemptedAt(),
                    Optional.of(new OpenRow.Horizon(fact.tenure(), turn.seq(), turn.now())))));
  }

  /** The open row of that key, if that very command is the open one. */
  static Optional<OpenRow> open(Turn turn, CommandKey key, String commandId) {
    return turn.get(Table.OPEN, key.toString()).filter(row -> row.command().id().equals(commandId));
  }

  static boolean speaking(Turn turn, String tenure) {
    return turn.get(Table.TENURES, AWS).filter(row -> row.tenure().equals(tenure)).isPresent();
  }
}
