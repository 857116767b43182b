package dev.penstock.appliers;

import dev.penstock.appliers.CrashPoints.Point;
import dev.penstock.appliers.route53.RecordNameExecutor;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.Reads;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.CloudFact.ApplyStarted;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the open commands of one scope for one tenure:
 *
 * <pre>
 * assigned ─ ApplyStarted in the log ─ table read to its end ─ every open command:
 *   Attempted in the log ─ calls ─ CommandSettled in the log ─ its tombstone closes it
 * </pre>
 *
 * A command is answered once by a tenure. Commands of one key, and name writes of one hosted zone,
 * are executed one after the other; all else at once, as there are {@link Places}.
 */
public final class Applier {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

  /** An answered command that is open for longer may have been answered to nobody. */
  private static final Duration HEARD_WITHIN = Duration.ofSeconds(5);

  private static final Duration ANNOUNCEMENT_PAUSE = Duration.ofSeconds(30);

  private final ScopeEdges edges;
  private final Executors executors;
  private final Crew crew;
  private final Supplier<Instant> lastPoll;
  private final CommandTable table = new CommandTable();
  private final Set<String> zones = ConcurrentHashMap.newKeySet();
  private final AtomicInteger members = new AtomicInteger();
  private final Places places;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicBoolean caughtUp = new AtomicBoolean();
  private final Outlet outlet;
  private Instant announceNext = Instant.MIN;

  public Applier(ScopeEdges edges, Reads reads, Crew crew, Supplier<Instant> lastPoll) {
    this.edges = edges;
    this.executors = new Executors(reads, edges.secrets());
    this.crew = crew;
    this.lastPoll = lastPoll;
    this.places = new Places(edges.limits());
    this.outlet = new Outlet(edges, this::stop);
  }

  /** The scope is ours: says so in the log before any command is read. */
  public void start() throws LogFailed {
    edges.log().append(Settlement.event(edges.scope(), new ApplyStarted(edges.tenure())));
    edges.crashPoints().at(Point.STARTED);
  }

  /** Takes in what the feed says, then starts what may be started. */
  public void take(FeedEvent<Command> event) {
    switch (event) {
      case FeedEvent.Opened<Command>(_, var key, _, var command) -> table.opened(key, command);
      case FeedEvent.Closed<Command>(_, var key, _) -> table.closed(key);
      case FeedEvent.CaughtUp<Command> _ -> caughtUp.set(true);
      case FeedEvent.Revoked<Command> _ -> stop();
      case FeedEvent.Unreadable<Command>(_, var key, _, var reason) -> {
        // What it replaced must not be executed either.
        LOG.error("key={} command=unreadable reason={}", key, reason);
        table.closed(key);
      }
      case FeedEvent.Assigned<Command> _ ->
          throw new IllegalStateException("an applier serves one assignment: " + edges.scope());
    }
  }

  /** Starts what may be started; called after each poll. */
  public void dispatch() {
    announceAgain();
    for (var work = next(); work.isPresent(); work = next()) {
      var first = work.get();
      members.incrementAndGet();
      crew.start("apply-" + first.first().key(), () -> member(first));
    }
  }

  /**
   * The start of an earlier run, if it came late into the log, took the word from us: our answers
   * close nothing. As long as polls prove that the scope is ours, we say so again.
   */
  private void announceAgain() {
    var now = edges.timeline().now();
    var proven = lastPoll.get().plus(edges.limits().pollFreshness());
    if (stopped.get()
        || now.isBefore(announceNext)
        || now.isAfter(proven)
        || !table.unheard(now.minus(HEARD_WITHIN))) {
      return;
    }
    announceNext = now.plus(ANNOUNCEMENT_PAUSE);
    LOG.warn("scope={} tenure={} answers=unheard announced=again", edges.scope(), edges.tenure());
    try {
      edges.log().append(Settlement.event(edges.scope(), new ApplyStarted(edges.tenure())));
    } catch (LogFailed failed) {
      LOG.warn("scope={} announcement=unlogged message={}", edges.scope(), failed.getMessage());
    }
  }

  /** Nothing new is begun and nothing more is said, but for calls that were already made. */
  public void stop() {
    stopped.set(true);
  }

  /** How many executions run; an orderly stop waits until there are none. */
  public int executing() {
    return members.get();
  }

  /** How many commands are open. */
  public int open() {
    return table.size();
  }

  /** Why the log does not take what this applier must say; the process must not go on. */
  public Optional<LogFailed> refused() {
    return outlet.refused();
  }

  private void member(Work first) throws InterruptedException {
    try {
      Optional<Work> work = Optional.of(first);
      while (work.isPresent()) {
        run(work.get());
        work = next();
      }
    } finally {
      members.decrementAndGet();
    }
  }

  private Optional<Work> next() {
    if (stopped.get() || !caughtUp.get()) {
      return Optional.empty();
    }
    var startable = table.startable();
    for (var entry : startable) {
      var urgency = entry.command().urgency();
      if (places.take(urgency)) {
        var taken = take(Work.of(entry, startable));
        if (taken.isPresent()) {
          return taken;
        }
        places.release(urgency);
      }
    }
    return Optional.empty();
  }

  private Optional<Work> take(Work work) {
    if (work.zone().isPresent() && !zones.add(work.zone().get())) {
      return Optional.empty();
    }
    var taken = work.entries().stream().filter(table::take).toList();
    if (taken.isEmpty()) {
      work.zone().ifPresent(zones::remove);
      return Optional.empty();
    }
    return Optional.of(new Work(taken, work.zone()));
  }

  private void run(Work work) throws InterruptedException {
    var answered = false;
    try {
      var execution = new Execution(edges, standing(work), work.commands());
      var results = execute(work, execution);
      answered = settle(work, execution, results);
    } finally {
      for (var entry : work.entries()) {
        if (answered) {
          table.answered(entry, edges.timeline().now());
        } else {
          table.released(entry);
        }
      }
      work.zone().ifPresent(zones::remove);
      places.release(work.first().urgency());
    }
  }

  /** The result of each command, by id; empty when nothing may be said. */
  private Map<String, Result> execute(Work work, Execution execution) throws InterruptedException {
    var results = new LinkedHashMap<String, Result>();
    try {
      if (work.zone().isPresent()) {
        var names = new RecordNameExecutor(execution);
        try {
          names.execute(work.commands());
        } finally {
          results.putAll(names.results());
        }
      } else {
        var command = work.first();
        results.put(command.id(), executors.execute(command.operation(), execution));
      }
    } catch (CallFailed failed) {
      rest(work, results, Settlement.of(failed, execution.unsure()));
      if (failed.fault() == Fault.GONE) {
        unknown(work, execution, failed);
      }
    } catch (Halted halted) {
      halted(work, execution, results, halted);
    } catch (RuntimeException defect) {
      // Thrown on, it would end this process, and the next one at the same command.
      LOG.error("key={} result=defect", work.first().key(), defect);
      rest(work, results, Result.defect(defect, execution.mayHaveWritten()));
    }
    return results;
  }

  private void halted(Work work, Execution execution, Map<String, Result> results, Halted halted)
      throws InterruptedException {
    switch (halted.reason()) {
      case SUPERSEDED -> rest(work, results, new Result.Superseded());
      case STALE ->
          rest(
              work,
              results,
              late(execution.unsure(), Fault.STALE, "older than it may be when a call starts"));
      case UNPROVEN ->
          rest(
              work,
              results,
              late(
                  execution.mayHaveWritten(),
                  Fault.UNREACHABLE,
                  "no poll proves that the scope is ours"));
      case STOPPED -> {
        if (execution.mayHaveWritten()) {
          rest(work, results, new Result.Unanswered("stopped between two calls"));
        }
      }
      case UNLOGGED -> {
        if (execution.mayHaveWritten()) {
          rest(work, results, new Result.Unanswered("the log did not take an announcement"));
        }
        if (halted.getCause() instanceof LogFailed failed) {
          outlet.unlogged(work.first(), "announcement", failed);
        }
      }
    }
  }

  /** A try that nobody answered may have had its effect, though no other may follow. */
  private static Result late(boolean effect, Fault fault, String words) {
    return effect ? new Result.Unanswered(words) : new Result.Deferred(fault, words);
  }

  private static void rest(Work work, Map<String, Result> results, Result result) {
    work.commands().forEach(command -> results.putIfAbsent(command.id(), result));
  }

  /** What AWS calls gone is not known to be missing: it must be observed. */
  private static void unknown(Work work, Execution execution, CallFailed failed) {
    var command = work.first();
    if (command.key().lane() == Lane.OBSERVE) {
      return;
    }
    var reason = "AWS answers " + failed.code();
    execution.saw(new Observation.ResourceUnknown(command.key().resource(), reason));
  }

  private boolean settle(Work work, Execution execution, Map<String, Result> results)
      throws InterruptedException {
    if (results.isEmpty()) {
      return false;
    }
    for (var command : work.commands()) {
      var result = results.get(command.id());
      if (result != null) {
        outlet.settle(command, execution, result);
      }
    }
    edges.crashPoints().at(Point.SETTLED);
    return true;
  }

  private Standing standing(Work work) {
    var keys = new LinkedHashMap<String, String>();
    work.entries().forEach(entry -> keys.put(entry.command().id(), entry.key()));
    return new Standing() {
      @Override
      public boolean stopped() {
        return stopped.get();
      }

      @Override
      public Instant lastPoll() {
        return lastPoll.get();
      }

      @Override
      public boolean current(Command command) {
        return table.current(keys.getOrDefault(command.id(), ""), command);
      }
    };
  }
}
