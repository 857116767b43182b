package dev.penstock.appliers;

import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.aws.Turnstile;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.CloudFact.Attempted;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One applier of one scope on one thread, a log in memory, a scripted cloud and virtual time. */
final class Bench {
  static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final StackId STACK = new StackId("blue", StackKind.INGRESS, "web");

  final VirtualTimeline timeline = new VirtualTimeline();
  final MemoryLog log = new MemoryLog(timeline);
  final ScriptedCloud cloud = new ScriptedCloud();
  final Map<String, String> secrets = new HashMap<>();
  Applier applier;
  private final CrashPoints crashPoints;
  private final Cloud edge;
  private final Crew crew;
  private int tenures;
  private Instant frozenPoll = Instant.MAX;
  private long seq;

  Bench() {
    this(Optional.empty(), CrashPoints.none(), (_, task) -> inline(task));
  }

  /** With a crew that the test is. */
  Bench(Crew crew) {
    this(Optional.empty(), CrashPoints.none(), crew);
  }

  /** With another cloud than the scripted one, and a process that may die. */
  Bench(Optional<Function<VirtualTimeline, Cloud>> other, CrashPoints crashPoints) {
    this(other, crashPoints, (_, task) -> inline(task));
  }

  private Bench(
      Optional<Function<VirtualTimeline, Cloud>> other, CrashPoints crashPoints, Crew crew) {
    this.crew = crew;
    log.register(SCOPE);
    this.crashPoints = crashPoints;
    this.edge = other.map(make -> make.apply(timeline)).orElse(cloud);
    this.applier = begin();
  }

  /** A process of its own, as often as it takes. */
  private Applier begin() {
    while (true) {
      var next = applier();
      try {
        next.start();
        next.take(new FeedEvent.CaughtUp<>(SCOPE));
        return next;
      } catch (DiesAt.Crash _) {
        // The next one begins.
      } catch (LogFailed failed) {
        throw new AssertionError(failed);
      }
    }
  }

  private Applier applier() {
    tenures++;
    var edges =
        new ScopeEdges(
            SCOPE,
            "tenure-" + tenures,
            log,
            edge,
            key -> Optional.ofNullable(secrets.get(key.namespace() + "/" + key.name())),
            new Turnstile(Rates.published(), timeline),
            timeline,
            crashPoints,
            Limits.defaults());
    return new Applier(
        edges,
        (_, _, _) -> List.of(),
        crew,
        () -> timeline.now().isAfter(frozenPoll) ? frozenPoll : timeline.now());
  }

  static void inline(Crew.Task task) {
    try {
      task.run();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  /** Polls no longer succeed from this moment on, or do so again. */
  void freezePoll(Instant at) {
    frozenPoll = at;
  }

  static ResourceKey key(ResourceKind kind, String id) {
    return new ResourceKey(STACK, kind, id);
  }

  Command command(String id, ResourceKey resource, Lane lane, Operation operation) {
    var urgency = lane == Lane.REGISTER ? Urgency.REGISTER : Urgency.STRUCTURE;
    var cause = new Cause(seq, "blue|Ingress|default/web", "a test", false);
    return new Command(
        id,
        SCOPE,
        new CommandKey(resource, lane),
        seq++,
        timeline.now(),
        urgency,
        cause,
        operation);
  }

  void open(Command command) {
    applier.take(new FeedEvent.Opened<>(SCOPE, SCOPE + "|" + command.key(), seq, command));
  }

  void close(Command command) {
    applier.take(new FeedEvent.Closed<>(SCOPE, SCOPE + "|" + command.key(), seq));
  }

  /** Opens a command, executes it and says what came of it. */
  CommandSettled run(Command command) {
    open(command);
    try {
      applier.dispatch();
      return settled(command.id());
    } catch (DiesAt.Crash _) {
      // The command is still open for whoever comes next, whether it was answered or not.
      applier = begin();
      open(command);
      applier.dispatch();
      return outcomes(command.id()).getLast();
    }
  }

  CommandSettled write(ResourceKind kind, String id, Operation operation) {
    return run(command("c-" + seq, key(kind, id), Lane.WRITE, operation));
  }

  List<EventBody> events() {
    return log.read(SCOPE, 0).stream().map(kept -> kept.event().body()).toList();
  }

  List<Attempted> attempts(String commandId) {
    return events().stream()
        .filter(Attempted.class::isInstance)
        .map(Attempted.class::cast)
        .filter(attempted -> attempted.commandId().equals(commandId))
        .toList();
  }

  CommandSettled settled(String commandId) {
    var all = outcomes(commandId);
    if (all.size() != 1) {
      throw new AssertionError(commandId + " has " + all.size() + " outcomes");
    }
    return all.getFirst();
  }

  private List<CommandSettled> outcomes(String commandId) {
    return events().stream()
        .filter(CommandSettled.class::isInstance)
        .map(CommandSettled.class::cast)
        .filter(settled -> settled.commandId().equals(commandId))
        .toList();
  }

  static <O extends Observation> O seen(CommandSettled settled, Class<O> type) {
    return settled.observations().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " in " + settled));
  }

  static Result.Rejected rejected(CommandSettled settled) {
    return (Result.Rejected) settled.result();
  }
}
