package dev.penstock.appliers.kubernetes;

import dev.penstock.appliers.CrashPoints.Point;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes one cluster's open Kubernetes commands, one write at a time, each safe to repeat.
 * Nothing is written before the table is caught up, the tenure has begun and the attempt is in the
 * log; each command gets one outcome. One thread; {@link #step} waits only in calls.
 */
public final class KubernetesApplier {
  /** How long it may rest when nothing is open. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private static final Duration SUSPENSION = Duration.ofMillis(100);
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesApplier.class);

  private final ClusterEdges edges;
  private final OpenCommands open = new OpenCommands();
  private KubernetesApi api;
  private boolean caughtUp;
  private boolean started;
  private Instant notBefore = Instant.MIN;

  public KubernetesApplier(ClusterEdges edges, KubernetesApi api) {
    this.edges = edges;
    this.api = api;
  }

  /** The cluster is reached another way from now on; the old way is the caller's to close. */
  public void use(KubernetesApi another) {
    api = another;
    notBefore = Instant.MIN;
  }

  /** This is now the one open command of its object. */
  public void opened(KubernetesCommand command) {
    open.open(command).ifPresent(this::superseded);
  }

  /** The object has no open command any more, or one that cannot be read. */
  public void closed(ObjectKey object) {
    open.close(object);
  }

  /** All commands that were open when the scope became ours have been told. */
  public void caughtUp() {
    caughtUp = true;
  }

  /** How many commands wait for their outcome. */
  public int waiting() {
    return open.waiting();
  }

  /**
   * Tries at most one command; answers how long it may rest if nothing is told meanwhile. A log
   * that does not answer is waited for.
   *
   * @throws LogFailed what waiting does not help against
   */
  public Duration step() throws LogFailed {
    var now = edges.timeline().now();
    if (!caughtUp) {
      return IDLE;
    }
    if (now.isBefore(notBefore)) {
      return Duration.between(now, notBefore);
    }
    var next = open.next(now);
    if (next.isEmpty()) {
      var due = open.nextDue();
      return due.isBefore(now.plus(IDLE)) ? Duration.between(now, due) : IDLE;
    }
    try {
      execute(next.get(), now);
    } catch (LogFailed failed) {
      LOG.warn(
          "object={} the log takes nothing: fault={} message={}",
          next.get().command.object(),
          failed.fault(),
          failed.getMessage());
      if (failed.fault() != LogFailed.Fault.UNREACHABLE) {
        throw failed;
      }
      notBefore = now.plus(edges.settings().longestRetry());
    }
    return Duration.ZERO;
  }

  private void execute(OpenCommands.Entry entry, Instant now) throws LogFailed {
    start();
    if (entry.unreported.isPresent()) {
      report(entry, entry.unreported.get());
      return;
    }
    entry.firstTried = Optional.of(entry.firstTried.orElse(now));
    entry.attempts++;
    var attempt = new Attempt(api, entry.command, now, edges.permit(), () -> announce(entry));
    try {
      for (var write : entry.command.writes()) {
        tryWrite(attempt, write);
      }
      settle(entry, new Result.Applied(), attempt);
    } catch (Unwritable unwritable) {
      settle(entry, unwritable.result(), attempt);
    } catch (KubernetesCallFailed failed) {
      failed(entry, failed, attempt, now);
    } catch (RuntimeException defect) {
      // Thrown on, it would end this process, and the next one at the same command.
      LOG.error("object={} result=defect", entry.command.object(), defect);
      settle(entry, Result.defect(defect, attempt.writing()), attempt);
    } catch (Suspended _) {
      if (!attempt.announced()) {
        entry.attempts--;
      }
      entry.notBefore = now.plus(SUSPENSION);
    }
  }

  private void tryWrite(Attempt attempt, KubernetesWrite write)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    try {
      write(attempt, write);
    } finally {
      if (attempt.announced()) {
        edges.crashPoints().at(Point.EFFECTED);
      }
    }
  }

  /** The first thing that this tenure says. */
  private void start() throws LogFailed {
    if (!started) {
      append(
          edges.cluster(), new ClusterFact.KubernetesApplyStarted(edges.cluster(), edges.tenure()));
      started = true;
      edges.crashPoints().at(Point.STARTED);
    }
  }

  private void announce(OpenCommands.Entry entry) throws LogFailed {
    var command = entry.command;
    append(
        command.object().toString(),
        new ClusterFact.KubernetesAttempted(
            edges.cluster(), command.id(), command.object(), edges.tenure(), entry.attempts));
    entry.announced = true;
    edges.crashPoints().at(Point.ATTEMPTED);
  }

  private static void write(Attempt attempt, KubernetesWrite write)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    switch (write) {
      case KubernetesWrite.AddFinalizer(var finalizer) -> FinalizerWriter.add(attempt, finalizer);
      case KubernetesWrite.RemoveFinalizer(var finalizer) ->
          FinalizerWriter.remove(attempt, attempt.object(), finalizer);
      case KubernetesWrite.SetLoadBalancerStatus(var addresses) ->
          StatusWriter.write(attempt, addresses);
      case KubernetesWrite.SetCondition(var condition) -> ConditionWriter.write(attempt, condition);
      case KubernetesWrite.RecordEvent event -> recordEvent(attempt, event);
      case KubernetesWrite.ApplyTargetGroupBinding apply ->
          TargetGroupBindingWriter.apply(attempt, apply);
      case KubernetesWrite.DeleteTargetGroupBinding() -> TargetGroupBindingWriter.delete(attempt);
      case KubernetesWrite.ApplyTargetList apply -> TargetListWriter.apply(attempt, apply);
      case KubernetesWrite.DeleteTargetList() -> TargetListWriter.delete(attempt);
    }
  }

  /** An Event that is refused keeps no other write from being made. */
  private static void recordEvent(Attempt attempt, KubernetesWrite.RecordEvent event)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    try {
      EventWriter.write(attempt, event);
    } catch (KubernetesCallFailed failed) {
      if (Outcome.retryable(failed)) {
        throw failed;
      }
      LOG.warn(
          "object={} the event {} was refused: {}",
          attempt.command().object(),
          event.reason(),
          failed.getMessage());
    }
  }

  private void failed(
      OpenCommands.Entry entry, KubernetesCallFailed failed, Attempt attempt, Instant begun)
      throws LogFailed {
    var now = edges.timeline().now();
    var wait = backoff(entry.attempts);
    var patient = entry.firstTried.orElse(begun).plus(edges.settings().patience());
    var retryAt = now.plus(failed.retryAfter().compareTo(wait) > 0 ? failed.retryAfter() : wait);
    if (!failed.answered()) {
      // Every other command of this cluster would wait for the same silence.
      notBefore = now.plus(wait);
    }
    if (Outcome.retryable(failed) && retryAt.isBefore(patient)) {
      entry.notBefore = retryAt;
    } else {
      settle(entry, Outcome.of(failed, attempt.writing()), attempt);
    }
  }

  private Duration backoff(int attempts) {
    var doubled = edges.settings().firstRetry().multipliedBy(1L << Math.min(attempts - 1, 16));
    return doubled.compareTo(edges.settings().longestRetry()) > 0
        ? edges.settings().longestRetry()
        : doubled;
  }

  private void settle(OpenCommands.Entry entry, Result result, Attempt attempt) throws LogFailed {
    var unreported = new OpenCommands.Unreported(result, attempt.resourceVersion());
    entry.unreported = Optional.of(unreported);
    report(entry, unreported);
  }

  private void report(OpenCommands.Entry entry, OpenCommands.Unreported outcome) throws LogFailed {
    var command = entry.command;
    var version = outcome.resourceVersion();
    append(
        command.object().toString(),
        new ClusterFact.KubernetesSettled(
            edges.cluster(),
            command.id(),
            command.object(),
            edges.tenure(),
            outcome.result(),
            version.isEmpty() ? Optional.empty() : Optional.of(version)));
    entry.unreported = Optional.empty();
    entry.answered = true;
    edges.crashPoints().at(Point.SETTLED);
  }

  /** A command that was announced gets its answer even if a newer one has come first (I8). */
  private void superseded(OpenCommands.Entry before) {
    if (before.answered || !before.announced) {
      return;
    }
    try {
      report(
          before,
          before.unreported.orElse(
              new OpenCommands.Unreported(
                  new Result.Unanswered("a newer command came after an attempt that failed"), "")));
    } catch (LogFailed failed) {
      LOG.warn(
          "object={} command={} superseded, and the log takes nothing: {}",
          before.command.object(),
          before.command.id(),
          failed.getMessage());
    }
  }

  private void append(String subject, ClusterFact fact) throws LogFailed {
    var scope = edges.scope();
    edges.log().append(new Event(scope, scope + "|" + subject, fact));
  }
}
