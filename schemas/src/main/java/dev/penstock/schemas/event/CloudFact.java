package dev.penstock.schemas.event;

import dev.penstock.schemas.command.CommandKey;
import java.util.List;
import java.util.Optional;

/** What an applier or AWS reader says of one scope. */
public sealed interface CloudFact extends EventBody {
  /**
   * An applier was given the scope; attempts of any other tenure that are unanswered must be
   * observed.
   */
  record ApplyStarted(String tenure) implements CloudFact {}

  /**
   * A command is about to be written to AWS: in the log before the first write of the attempt (I8).
   */
  record Attempted(String commandId, CommandKey key, String tenure, int attempt)
      implements CloudFact {}

  /** A read is about to begin: the position of this record is the horizon of its answer. */
  record ReadStarted(String commandId, CommandKey key, String tenure) implements CloudFact {}

  /**
   * A part of what a read was answered, which does not fit into one record with all the rest; the
   * outcome follows with the last part. It speaks from the same horizon.
   */
  record PartRead(String commandId, CommandKey key, String tenure, List<Observation> observations)
      implements CloudFact {}

  /**
   * What became of a command, what AWS answered, and each call made. {@code horizon} is the
   * position of the first ReadStarted of a read; absent for writes, whose answer outranks any older
   * read.
   */
  record CommandSettled(
      String commandId,
      CommandKey key,
      String tenure,
      int attempts,
      Result result,
      List<Observation> observations,
      Optional<Long> horizon,
      List<Call> calls)
      implements CloudFact {}

  /** Somebody outside says that a resource changed (CloudTrail); a reason to look, no proof. */
  record ChangeHinted(String resourceId, String eventName, String requestId, String userAgent)
      implements CloudFact {}
}
