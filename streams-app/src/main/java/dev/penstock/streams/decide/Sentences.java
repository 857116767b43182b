package dev.penstock.streams.decide;

import dev.penstock.plan.Verdict;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.schemas.table.VerdictKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Verdicts in words, as {@code explain} and the change stream show them. */
final class Sentences {
  private Sentences() {}

  static VerdictKind kind(Verdict verdict) {
    return switch (verdict) {
      case Verdict.InSync _ -> VerdictKind.IN_SYNC;
      case Verdict.Create _ -> VerdictKind.CREATE;
      case Verdict.Update _ -> VerdictKind.UPDATE;
      case Verdict.Replace _ -> VerdictKind.REPLACE;
      case Verdict.Delete _ -> VerdictKind.DELETE;
      case Verdict.Blocked _ -> VerdictKind.BLOCKED;
      case Verdict.InFlight _ -> VerdictKind.IN_FLIGHT;
      case Verdict.Waiting _ -> VerdictKind.WAITING;
      case Verdict.Held _ -> VerdictKind.HELD;
      case Verdict.Foreign _ -> VerdictKind.FOREIGN;
      case Verdict.Rejected _ -> VerdictKind.REJECTED;
      case Verdict.Undecided _ -> VerdictKind.UNDECIDED;
    };
  }

  /** What holds it. */
  static Optional<HoldRule> rule(Verdict verdict) {
    return verdict instanceof Verdict.Held held ? Optional.of(held.rule()) : Optional.empty();
  }

  static String of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.InSync _ -> "AWS has what is wanted";
      case Verdict.Create _ -> "does not exist and shall be made";
      case Verdict.Update(_, _, var aspects) -> "differs in " + words(aspects);
      case Verdict.Replace(_, _, var reason) -> "can only be replaced: " + reason;
      case Verdict.Delete _ -> "nobody wants it any more";
      case Verdict.Blocked(_, var reason) -> reason;
      case Verdict.InFlight(var id) -> "command " + id + " is under way";
      case Verdict.Waiting(var reason, _) -> reason;
      case Verdict.Held(_, _, _, var reason) -> reason;
      case Verdict.Foreign(var owner) -> "what is there belongs to " + owner;
      case Verdict.Rejected(var reason) -> reason;
      case Verdict.Undecided(var reason) -> "unknown: " + reason;
    };
  }

  private static String words(List<?> aspects) {
    return aspects.stream()
        .map(a -> a.toString().toLowerCase(Locale.ROOT).replace('_', ' '))
        .reduce((a, b) -> a + ", " + b)
        .orElse("nothing");
  }
}
