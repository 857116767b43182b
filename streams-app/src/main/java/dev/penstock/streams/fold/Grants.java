package dev.penstock.streams.fold;

import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.Result;
import java.util.List;
import java.util.regex.Pattern;

/** Names the IAM action that a refusal asks for: AWS's own word, else that of the refused call. */
final class Grants {
  private static final Pattern ACTION =
      Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");

  private Grants() {}

  /** Empty for a refusal of another kind. */
  static String words(Result.Rejected refusal, List<Call> calls) {
    if (refusal.fault() != Fault.DENIED) {
      return "";
    }
    var said = ACTION.matcher(refusal.message());
    if (said.find()) {
      return words(said.group(1));
    }
    return calls.stream()
        .filter(call -> call.code().equals(refusal.code()))
        .reduce((_, last) -> last)
        .map(call -> words(call.service() + ":" + call.operation()))
        .orElse("");
  }

  private static String words(String action) {
    return "; grant " + action + " to the role of `penstock apply`";
  }
}
