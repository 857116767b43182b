package dev.penstock.appliers;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.Scope;

/** What a failure means for the command, and how an applier's records are keyed. */
final class Settlement {
  private Settlement() {}

  /**
   * The result of a command whose last call failed.
   *
   * @param unsure whether one of its writes may have had an effect that nobody saw
   */
  static Result of(CallFailed failed, boolean unsure) {
    var message = failed.getMessage() == null ? "" : failed.getMessage();
    return switch (failed.fault()) {
      case UNREACHABLE, THROTTLED, NOT_YET_CONSISTENT, DEPENDENCY_PENDING, STALE ->
          unsure ? new Result.Unanswered(message) : new Result.Deferred(failed.fault(), message);
      case DENIED, INVALID, QUOTA, FOREIGN, GONE ->
          new Result.Rejected(failed.fault(), failed.code(), message);
    };
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
