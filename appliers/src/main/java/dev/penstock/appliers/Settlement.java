package dev.penstock.appliers;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.Scope;

/** What a failure means for the command, and how an applier's records are keyed. */
final class Settlement {
  private Settlement() {}

  /** The result of a command whose last call failed. */
  static Result of(CallFailed failed, boolean write) {
    var message = failed.getMessage() == null ? "" : failed.getMessage();
    return switch (failed.fault()) {
      case UNREACHABLE ->
          write && !failed.answered()
              ? new Result.Unanswered(message)
              : new Result.Deferred(failed.fault(), message);
      case THROTTLED, NOT_YET_CONSISTENT, DEPENDENCY_PENDING, STALE ->
          new Result.Deferred(failed.fault(), message);
      case DENIED, INVALID, QUOTA, FOREIGN, GONE ->
          new Result.Rejected(failed.fault(), failed.code(), message);
    };
  }

  /** The result of a command that our own code could not execute; its words stay in our log. */
  static Result of(RuntimeException defect, boolean mayHaveWritten) {
    var words = "a defect: " + defect.getClass().getName();
    return mayHaveWritten
        ? new Result.Unanswered(words)
        : new Result.Rejected(Fault.INVALID, "Defect", words);
  }

  static Event event(Scope scope, CloudFact fact) {
    return new Event(scope, key(scope, fact), fact);
  }

  private static String key(Scope scope, CloudFact fact) {
    return switch (fact) {
      case CloudFact.ApplyStarted _ -> scope.toString();
      case CloudFact.Attempted attempted -> scope + "|" + attempted.key().resource();
      case CloudFact.ReadStarted started -> scope + "|" + started.key().resource();
      case CloudFact.PartRead part -> scope + "|" + part.key().resource();
      case CloudFact.CommandSettled settled -> scope + "|" + settled.key().resource();
      case CloudFact.ChangeHinted hinted -> scope + "|" + hinted.resourceId();
    };
  }
}
