package dev.penstock.streams.fold;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a command that did not succeed is decided again: deferred ones after a growing pause,
 * refused ones when something changes, and slowly even if nothing does.
 */
public final class Retries {
  private static final int MAX_DOUBLINGS = 16;

  /** AWS's codes for a load balancer that has all that it may have of a kind. */
  private static final Map<ResourceKind, String> FULL =
      Map.of(
          ResourceKind.LISTENER, "TooManyListeners",
          ResourceKind.LISTENER_RULE, "TooManyRules");

  /** AWS's code for what cannot be registered, or not yet. */
  private static final String INVALID_TARGET = "InvalidTarget";

  private static final String FUTILE =
      "AWS took the change and shows what it showed before; it is asked for again after a pause";

  private Retries() {}

  static void after(Turn turn, Command command, Result result, List<Call> calls) {
    var key = command.key();
    switch (result) {
      case Result.Applied _ when changedNothing(turn, command) -> {
        noteDeferral(turn, key, FUTILE);
        pause(turn, key);
      }
      case Result.Applied _ -> forget(turn, key);
      case Result.Superseded _ -> {}
      case Result.Deferred(var fault, var message) when fault == Fault.STALE ->
          noteDeferral(turn, key, message);
      case Result.Deferred(_, var message) -> {
        noteDeferral(turn, key, message);
        pause(turn, key);
      }
      case Result.Rejected refusal -> {
        if (isGone(key, refusal)) {
          Observed.unknown(turn, key.resource(), "AWS says that it is gone");
        }
        noteRefusal(turn, key, refusal, Grants.words(refusal, calls));
        if (isGone(key, refusal) || isNoTargetYet(key, refusal)) {
          pause(turn, key);
        } else {
          slowly(turn, key);
        }
      }
      case Result.Unanswered(var message) -> {
        noteDeferral(turn, key, message);
        unanswered(turn, key);
      }
    }
    dirty(turn, key, command);
  }

  /** What AWS does not know may be gone, or too new to be known everywhere. */
  private static boolean isGone(CommandKey key, Result.Rejected refusal) {
    return refusal.fault() == Fault.GONE && key.lane() != Lane.OBSERVE;
  }

  /** A load balancer that shall stand behind another one is no target before it can serve. */
  private static boolean isNoTargetYet(CommandKey key, Result.Rejected refusal) {
    return key.lane() == Lane.WRITE && refusal.code().equals(INVALID_TARGET);
  }

  /**
   * An update that was carried out and after which AWS shows the same as before: asking for it
   * again at once would go on for ever (I5).
   */
  private static boolean changedNothing(Turn turn, Command command) {
    return command.operation() instanceof Operation.Update(var before, _, _)
        && turn.get(Table.OBSERVED, command.key().resource().toString())
            .flatMap(Observed::live)
            .filter(before::equals)
            .isPresent();
  }

  /**
   * A rule or listener that was deleted makes room for one that AWS refused for their number: it is
   * tried.
   */
  static void room(Turn turn, ResourceKey deleted) {
    if (FULL.containsKey(deleted.kind())) {
      var same = deleted.stack() + "|" + deleted.kind().text() + "|";
      turn.scan(Table.VERDICTS, same).stream()
          .filter(entry -> lacksRoom(deleted.kind(), entry.row()))
          .map(entry -> new CommandKey(ResourceKey.parse(entry.key()), Lane.WRITE).toString())
          .filter(lane -> Timers.due(turn, TimerKind.RETRY, lane).isPresent())
          .findFirst()
          .ifPresent(lane -> Timers.cancel(turn, TimerKind.RETRY, lane));
    }
  }

  /** Whether AWS refused to make it because the load balancer has as many as it may. */
  public static boolean lacksRoom(Turn turn, ResourceKey key) {
    return turn.get(Table.VERDICTS, key.toString())
        .filter(row -> lacksRoom(key.kind(), row))
        .isPresent();
  }

  private static boolean lacksRoom(ResourceKind kind, VerdictRow row) {
    return row.refusal().filter(code -> code.equals(FULL.get(kind))).isPresent();
  }

  /** The words of a result for people. */
  static String message(Result result) {
    return switch (result) {
      case Result.Applied _ -> "";
      case Result.Superseded _ -> "a newer decision replaced it";
      case Result.Deferred(_, var message) -> message;
      case Result.Rejected(_, var code, var message) -> (code + ": " + message).strip();
      case Result.Unanswered(var message) -> message;
    };
  }

  /** The verdict's row: that of the resource, or of one of its other lanes. */
  public static String verdictKey(CommandKey key) {
    return key.lane() == Lane.WRITE ? key.resource().toString() : key.toString();
  }

  private static void unanswered(Turn turn, CommandKey key) {
    switch (key.lane()) {
      case WRITE -> Attempts.unsure(turn, key.resource(), "a write has no answer");
      case REGISTER, DEREGISTER -> TargetRegistrations.unknown(turn, key.resource());
      case OBSERVE -> pause(turn, key);
    }
  }

  /** What failed in a lane of targets is done, or no longer to be done: nothing is said of it. */
  public static void over(Turn turn, CommandKey key) {
    Timers.cancel(turn, TimerKind.RETRY, key.toString());
    turn.delete(Table.VERDICTS, key.toString());
  }

  private static void forget(Turn turn, CommandKey key) {
    if (key.lane() != Lane.WRITE) {
      over(turn, key);
      return;
    }
    Timers.cancel(turn, TimerKind.RETRY, key.toString());
    turn.get(Table.VERDICTS, verdictKey(key))
        .filter(row -> row.failures() > 0)
        .ifPresent(row -> turn.put(Table.VERDICTS, verdictKey(key), row.withoutFailures()));
  }

  private static void noteDeferral(Turn turn, CommandKey key, String sentence) {
    note(turn, key, VerdictKind.DEFERRED, sentence, Optional.empty());
  }

  private static void noteRefusal(
      Turn turn, CommandKey key, Result.Rejected refusal, String grants) {
    var sentence = message(refusal) + grants;
    note(turn, key, VerdictKind.REJECTED, sentence, Optional.of(refusal.code()));
  }

  private static void note(
      Turn turn, CommandKey key, VerdictKind verdict, String sentence, Optional<String> refusal) {
    var failures = failures(turn, key) + 1;
    turn.put(
        Table.VERDICTS,
        verdictKey(key),
        new VerdictRow(
            verdict, sentence, turn.seq(), turn.now(), failures, Optional.empty(), refusal));
  }

  private static void pause(Turn turn, CommandKey key) {
    var settings = turn.settings();
    var doublings = Math.min(failures(turn, key) - 1, MAX_DOUBLINGS);
    var millis =
        Math.min(settings.retryMillis() << Math.max(0, doublings), settings.maxRetryMillis());
    retry(turn, key, turn.now().plusMillis(millis));
  }

  private static void slowly(Turn turn, CommandKey key) {
    retry(turn, key, turn.now().plusMillis(turn.settings().maxRetryMillis()));
  }

  private static void retry(Turn turn, CommandKey key, Instant due) {
    Timers.set(turn, TimerKind.RETRY, key.toString(), due);
  }

  private static int failures(Turn turn, CommandKey key) {
    return turn.get(Table.VERDICTS, verdictKey(key)).map(VerdictRow::failures).orElse(0);
  }

  private static void dirty(Turn turn, CommandKey key, Command command) {
    var sentence = "a command was answered";
    switch (key.lane()) {
      case WRITE -> Dirt.stack(turn, key.resource().stack(), sentence);
      case REGISTER, DEREGISTER -> Dirt.targets(turn, key.resource(), sentence);
      case OBSERVE -> {}
    }
  }
}
