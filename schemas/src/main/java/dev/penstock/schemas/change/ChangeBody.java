package dev.penstock.schemas.change;

import dev.penstock.schemas.table.VerdictKind;
import java.util.List;

/** What changed. */
public sealed interface ChangeBody {
  /** The differ's answer for a resource changed. */
  record VerdictChanged(VerdictKind verdict, String sentence, String cause) implements ChangeBody {}

  /** A command was answered. */
  record CommandSettled(String operation, String result, String message, List<String> requestIds)
      implements ChangeBody {}

  /** Targets of a group changed state. */
  record TargetsChanged(
      List<String> healthy, List<String> unhealthy, List<String> initial, List<String> draining)
      implements ChangeBody {}

  /** A problem of a member began or ended. */
  record ProblemChanged(String reason, String message, boolean present) implements ChangeBody {}

  /** A resource moved without a command of ours. */
  record Drifted(String sentence) implements ChangeBody {}

  /** A person or a policy did something. */
  record Announced(String sentence) implements ChangeBody {}
}
