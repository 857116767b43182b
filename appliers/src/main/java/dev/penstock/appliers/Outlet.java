package dev.penstock.appliers;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.CloudFact.PartRead;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what became of commands, a long answer in several records. A log that does not
 * answer is waited for; one that refuses for good stops the applier.
 */
final class Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
  private static final Duration LOG_PAUSE = Duration.ofSeconds(1);

  /** How often an outcome is appended to a log that does not answer, some ten minutes in all. */
  private static final int MOST_APPENDS = 60;

  private final ScopeEdges edges;
  private final Runnable stop;
  private final AtomicReference<@Nullable LogFailed> refused = new AtomicReference<>();

  Outlet(ScopeEdges edges, Runnable stop) {
    this.edges = edges;
    this.stop = stop;
  }

  /** What the log refused for good, if anything. */
  Optional<LogFailed> refused() {
    return Optional.ofNullable(refused.get());
  }

  /**
   * An outcome must not be lost: it is appended until the log takes it. If it never does, the role
   * ends, and the next tenure finds an attempt without an answer.
   */
  void settle(Command command, Execution execution, Result result) throws InterruptedException {
    LOG.info(
        "key={} command={} result={} calls={}",
        command.key(),
        command.id(),
        result,
        execution.calls().size());
    var parts = AnswerParts.of(command, execution.observations(command));
    for (var part : parts.subList(0, parts.size() - 1)) {
      var ahead = new PartRead(command.id(), command.key(), edges.tenure(), part);
      if (!append(command, ahead)) {
        tooLarge(command, execution);
        return;
      }
    }
    var last = settled(command, execution, result, parts.getLast());
    if (!append(command, last)) {
      tooLarge(command, execution);
    }
  }

  private CommandSettled settled(
      Command command, Execution execution, Result result, List<Observation> observations) {
    return new CommandSettled(
        command.id(),
        command.key(),
        edges.tenure(),
        execution.attempts(),
        result,
        observations,
        execution.horizon(),
        execution.calls());
  }

  private void tooLarge(Command command, Execution execution) throws InterruptedException {
    var words = new Result.Rejected(Fault.INVALID, "TooLarge", "the answer exceeds a record");
    append(command, settled(command, execution, words, List.of()));
  }

  /** False if the record is too large for the log. */
  private boolean append(Command command, CloudFact fact) throws InterruptedException {
    for (var tries = 1; refused.get() == null; tries++) {
      try {
        edges.log().append(Settlement.event(edges.scope(), fact));
        return true;
      } catch (LogFailed failed) {
        if (failed.fault() == LogFailed.Fault.TOO_LARGE && !isBare(fact)) {
          return false;
        }
        unlogged(command, "outcome", failed);
        if (tries == MOST_APPENDS) {
          refuse(command, "outcome", failed);
        }
      }
    }
    return true;
  }

  private static boolean isBare(CloudFact fact) {
    return fact instanceof CommandSettled settled && settled.observations().isEmpty();
  }

  /** Waits where waiting may help; what the log refuses for good ends the applier. */
  void unlogged(Command command, String what, LogFailed failed) throws InterruptedException {
    LOG.warn(
        "key={} {}=unlogged fault={} message={}",
        command.key(),
        what,
        failed.fault(),
        failed.getMessage());
    switch (failed.fault()) {
      case UNREACHABLE -> edges.timeline().sleep(LOG_PAUSE);
      case STOPPED -> throw new InterruptedException(failed.getMessage());
      case TOO_LARGE, UNKNOWN_SCOPE, DENIED, MISCONFIGURED -> refuse(command, what, failed);
    }
  }

  private void refuse(Command command, String what, LogFailed failed) {
    var words = "the " + what + " of " + command.key() + " in " + edges.scope() + ": ";
    refused.compareAndSet(null, new LogFailed(failed.fault(), words + failed.getMessage(), failed));
    stop.run();
  }
}
