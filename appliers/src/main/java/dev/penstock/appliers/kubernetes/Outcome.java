package dev.penstock.appliers.kubernetes;

import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Result;

/** What a failed call means for its command. */
final class Outcome {
  private Outcome() {}

  /** Trying again soon may help. */
  static boolean retryable(KubernetesCallFailed failed) {
    return switch (failed.fault()) {
      case UNREACHABLE, THROTTLED, CONFLICT, UNAUTHORIZED, ALREADY_EXISTS -> true;
      case EXPIRED, FORBIDDEN, TERMINATING, NOT_FOUND, INVALID -> false;
    };
  }

  /** The result when trying is over; {@code writing}: the call that failed was a write. */
  static Result of(KubernetesCallFailed failed, boolean writing) {
    var message = String.valueOf(failed.getMessage());
    return switch (failed.fault()) {
      case UNREACHABLE ->
          writing && !failed.answered()
              ? new Result.Unanswered(message)
              : new Result.Deferred(Fault.UNREACHABLE, message);
      case THROTTLED -> new Result.Deferred(Fault.THROTTLED, message);
      case CONFLICT, ALREADY_EXISTS -> new Result.Deferred(Fault.NOT_YET_CONSISTENT, message);
      case NOT_FOUND, TERMINATING -> new Result.Deferred(Fault.GONE, message);
      case FORBIDDEN -> new Result.Rejected(Fault.DENIED, failed.reason(), message);
      case UNAUTHORIZED -> new Result.Deferred(Fault.DENIED, message);
      case INVALID, EXPIRED -> new Result.Rejected(Fault.INVALID, failed.reason(), message);
    };
  }
}
