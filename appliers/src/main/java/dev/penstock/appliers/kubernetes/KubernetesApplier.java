package dev.penstock.appliers.kubernetes;

import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
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

  private final Scope scope;
  private final String cluster;
  private final String tenure;
  private final KubernetesApi api;
  private final Log log;
  private final Timeline timeline;
  private final Standing standing;
  private final ApplierSettings settings;
  private final OpenCommands open = new OpenCommands();
  private boolean caughtUp;
  private boolean started;
  private Instant notBefore = Instant.MIN;

  public KubernetesApplier(
      Scope scope,
      String cluster,
      String tenure,
      KubernetesApi api,
      Log log,
      Timeline timeline,
      Standing standing,
      ApplierSettings settings) {
    this.scope = scope;
    this.cluster = cluster;
    this.tenure = tenure;
    this.api = api;
    this.log = log;
    this.timeline = timeline;
    this.standing = standing;
    this.settings = settings;
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

  /** Tries at most one command; answers how long it may rest if nothing is told meanwhile. */
  public Duration step() {
    var now = timeline.now();
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
      LOG.warn("cluster={} the log takes nothing: {}", cluster, failed.getMessage());
      notBefore = now.plus(settings.longestRetry());
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
    var attempt = new Attempt(api, entry.command, now, standing, () -> announce(entry));
    try {
      for (var write : entry.command.writes()) {
        write(attempt, write);
      }
      settle(entry, new Result.Applied(), attempt);
    } catch (Unwritable unwritable) {
      settle(entry, unwritable.result(), attempt);
    } catch (KubernetesCallFailed failed) {
      failed(entry, failed, attempt, now);
    } catch (Suspended _) {
      entry.attempts--;
      entry.notBefore = now.plus(SUSPENSION);
    }
  }

  /** The first thing that this tenure says. */
  private void start() throws LogFailed {
    if (!started) {
      append(cluster, new ClusterFact.KubernetesApplyStarted(cluster, tenure));
      started = true;
    }
  }

  private void announce(OpenCommands.Entry entry) throws LogFailed {
    var command = entry.command;
    append(
        command.object().toString(),
        new ClusterFact.KubernetesAttempted(
            cluster, command.id(), command.object(), tenure, entry.attempts));
    entry.announced = true;
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
    var now = timeline.now();
    var wait = backoff(entry.attempts);
    var patient = entry.firstTried.orElse(begun).plus(settings.patience());
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
    var doubled = settings.firstRetry().multipliedBy(1L << Math.min(attempts - 1, 16));
    return doubled.compareTo(settings.longestRetry()) > 0 ? settings.longestRetry() : doubled;
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
            cluster,
            command.id(),
            command.object(),
            tenure,
            outcome.result(),
            version.isEmpty() ? Optional.empty() : Optional.of(version)));
    entry.unreported = Optional.empty();
    entry.answered = true;
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
    log.append(new Event(scope, scope + "|" + subject, fact));
  }
}
