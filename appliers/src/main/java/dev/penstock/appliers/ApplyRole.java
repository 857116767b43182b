package dev.penstock.appliers;

import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.aws.Reads;
import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.aws.Turnstile;
import dev.penstock.edges.log.CommandFeed;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role {@code apply}: one applier for each scope that the feed assigns, each with a tenure of
 * its own and all of a scope's calls under one budget. One thread polls; it is never blocked by
 * AWS.
 */
public final class ApplyRole {
  private static final Logger LOG = LoggerFactory.getLogger(ApplyRole.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOG_PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP_BOUND = Duration.ofSeconds(3);
  private static final Duration STOP_PAUSE = Duration.ofMillis(20);

  private final Parts parts;
  private final Crew crew;
  private final Map<Scope, Applier> appliers = new ConcurrentSkipListMap<>();
  private final Map<Scope, Turnstile> turnstiles = new ConcurrentSkipListMap<>();
  private final Map<Scope, Cloud> clouds = new HashMap<>();
  private final Deque<FeedEvent<Command>> told = new ArrayDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile boolean ready;

  /** What the role is made of. {@code tenures} gives a fresh id each time. */
  public record Parts(
      Log log,
      CommandFeed<Command> feed,
      Function<Scope, Cloud> clouds,
      ClientSecrets secrets,
      Reads reads,
      Timeline timeline,
      Supplier<String> tenures,
      Rates rates,
      Limits limits,
      CrashPoints crashPoints) {}

  public ApplyRole(Parts parts, Crew crew) {
    this.parts = parts;
    this.crew = crew;
  }

  /** Applies until {@link #stop}; leaves the group when the calls that were made are answered. */
  public void run() throws LogFailed, InterruptedException {
    try {
      while (!stopping.get()) {
        turn(POLL);
      }
      finish();
    } finally {
      appliers.values().forEach(Applier::stop);
      parts.feed().close();
    }
  }

  /** One poll and what follows from it; the simulation calls it instead of {@link #run}. */
  public void turn(Duration atMost) throws LogFailed, InterruptedException {
    try {
      parts.feed().poll(atMost).forEach(this::tell);
      while (!told.isEmpty()) {
        take(told.getFirst());
        told.removeFirst();
      }
      ready = true;
    } catch (LogFailed failed) {
      if (failed.fault() != LogFailed.Fault.UNREACHABLE) {
        throw failed;
      }
      ready = false;
      LOG.warn("log=unreachable waiting={} message={}", told.size(), failed.getMessage());
      parts.timeline().sleep(LOG_PAUSE);
    }
    appliers.values().forEach(Applier::dispatch);
    for (var applier : appliers.values()) {
      if (applier.refused().isPresent()) {
        throw applier.refused().get();
      }
    }
  }

  /** Asks the role to end; may be called by any thread. */
  public void stop() {
    stopping.set(true);
  }

  /**
   * Whether the log is reached and every assigned scope has its applier; a process without a scope
   * of its own stands by for others.
   */
  public boolean ready() {
    return ready;
  }

  /** The scopes that this process holds, with their open commands; for health and metrics. */
  public Map<Scope, Integer> open() {
    var open = new TreeMap<Scope, Integer>();
    appliers.forEach((scope, applier) -> open.put(scope, applier.open()));
    return open;
  }

  /** The budget of a scope; for metrics. */
  public Optional<Turnstile> turnstile(Scope scope) {
    return Optional.ofNullable(turnstiles.get(scope));
  }

  /** What is told waits until it is taken; with the scope goes what was told of it. */
  private void tell(FeedEvent<Command> event) {
    if (event instanceof FeedEvent.Revoked<Command>(var scope)) {
      told.removeIf(before -> before.scope().equals(scope));
    }
    told.addLast(event);
  }

  private void take(FeedEvent<Command> event) throws LogFailed {
    switch (event) {
      case FeedEvent.Assigned<Command>(var scope) -> assign(scope);
      case FeedEvent.Revoked<Command>(var scope) -> {
        LOG.info("scope={} applier=revoked", scope);
        deliver(event);
        appliers.remove(scope);
      }
      case FeedEvent.Opened<Command> _,
          FeedEvent.Closed<Command> _,
          FeedEvent.Unreadable<Command> _,
          FeedEvent.CaughtUp<Command> _ ->
          deliver(event);
    }
  }

  private void deliver(FeedEvent<Command> event) {
    var applier = appliers.get(event.scope());
    if (applier != null) {
      applier.take(event);
    }
  }

  private void assign(Scope scope) throws LogFailed {
    var edges =
        new ScopeEdges(
            scope,
            parts.tenures().get(),
            parts.log(),
            clouds.computeIfAbsent(scope, parts.clouds()),
            parts.secrets(),
            turnstiles.computeIfAbsent(scope, _ -> new Turnstile(parts.rates(), parts.timeline())),
            parts.timeline(),
            parts.crashPoints(),
            parts.limits());
    var applier = new Applier(edges, parts.reads(), crew, parts.feed()::lastPoll);
    applier.start();
    appliers.put(scope, applier);
    LOG.info("scope={} tenure={} applier=started", scope, edges.tenure());
  }

  /** Polls on while calls are out: an answer that nobody waits for would be an unknown. */
  private void finish() throws LogFailed, InterruptedException {
    appliers.values().forEach(Applier::stop);
    var deadline = parts.timeline().now().plus(STOP_BOUND);
    while (appliers.values().stream().anyMatch(applier -> applier.executing() > 0)
        && parts.timeline().now().isBefore(deadline)) {
      parts.timeline().sleep(STOP_PAUSE);
    }
  }
}
