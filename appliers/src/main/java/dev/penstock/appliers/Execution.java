package dev.penstock.appliers;

import dev.penstock.appliers.CrashPoints.Point;
import dev.penstock.edges.aws.Api;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.CloudFact.Attempted;
import dev.penstock.schemas.event.CloudFact.ReadStarted;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.key.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * One execution of one command, or of the name commands of one zone. Before each call it is certain
 * that the scope is ours and that the command may go on; before an attempt's first write Attempted
 * is in the log (I8). Every call is kept for the outcome. One thread owns an execution.
 */
public final class Execution implements Calls {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int TOKEN = 32;
  private static final Duration POLL_PAUSE = Duration.ofMillis(20);

  private final ScopeEdges edges;
  private final Standing standing;
  private final List<Command> commands;
  private final Map<String, List<Observation>> seen = new LinkedHashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private int attempt = 1;
  private List<Command> sending = List.of();
  private boolean unanswered;
  private boolean unsure;
  private boolean announced;
  private boolean mayHaveWritten;
  private @Nullable Instant begun;

  /** By how much the log's clock is ahead of ours, as far as the last announcement showed. */
  private Duration ahead = Duration.ZERO;

  private Optional<Long> horizon = Optional.empty();

  Execution(ScopeEdges edges, Standing standing, List<Command> commands) {
    this.edges = edges;
    this.standing = standing;
    this.commands = List.copyOf(commands);
    commands.forEach(command -> seen.put(command.id(), new ArrayList<>()));
  }

  /** The resource of the command; of the first one in a zone's batch. */
  public ResourceKey resource() {
    return commands.getFirst().key().resource();
  }

  /** What AWS can tell all executions of this command by from those of any other. */
  public String token() {
    var id = commands.getFirst().id();
    return id.substring(0, Math.min(TOKEN, id.length()));
  }

  /** Keeps what AWS said of the command's resource, in place of what it said before. */
  public void saw(Observation observation) {
    unsure = false;
    unanswered = false;
    saw(commands.getFirst(), observation);
  }

  /** The same for one command of a batch. */
  public void saw(Command command, Observation observation) {
    var observations = seen.get(command.id());
    if (observations == null) {
      throw new IllegalStateException("not in this execution: " + command.id());
    }
    resourceOf(observation)
        .ifPresent(key -> observations.removeIf(o -> resourceOf(o).equals(Optional.of(key))));
    observations.add(observation);
  }

  List<Observation> observations(Command command) {
    return List.copyOf(seen.getOrDefault(command.id(), List.of()));
  }

  /** Whether a write was sent that had, or may have had, an effect. */
  boolean mayHaveWritten() {
    return mayHaveWritten;
  }

  /**
   * Whether a write may have had its effect at a try that nobody answered, and none saw it since.
   */
  boolean unsure() {
    return unsure || unanswered;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  int attempts() {
    return attempt;
  }

  Optional<Long> horizon() {
    return horizon;
  }

  /** Whether the command is still to be done, as far as is known now. */
  public boolean current(Command command) {
    return standing.current(command);
  }

  /** Whether the last request may have had its effect at a try that nobody answered. */
  public boolean unanswered() {
    return unanswered;
  }

  /**
   * As {@link #call(AwsRequest, Class, Repeat)}, a request that does what some commands of a batch
   * want: halted as superseded when one of these is no longer to be done, unless the request may
   * have had its effect.
   */
  public <R extends AwsResponse> R call(
      List<Command> some, AwsRequest request, Class<R> responseType, Repeat repeat)
      throws CallFailed, Halted, InterruptedException {
    sending = List.copyOf(some);
    try {
      return call(request, responseType, repeat);
    } finally {
      sending = List.of();
    }
  }

  @Override
  public <R extends AwsResponse> R call(AwsRequest request, Class<R> responseType, Repeat repeat)
      throws CallFailed, Halted, InterruptedException {
    var api = Api.of(request);
    unsure |= unanswered;
    unanswered = false;
    for (var pause = FIRST_PAUSE; true; pause = longer(pause)) {
      still();
      edges.turnstile().pass(urgency(), seq(), request, this::still);
      announce(api);
      awaitPoll(api);
      try {
        return send(api, request, responseType);
      } catch (CallFailed failed) {
        if (failed.fault() == Fault.THROTTLED) {
          edges.turnstile().throttled(request);
        }
        if (!repeatable(failed, repeat) || !inTime(failed, pause)) {
          throw failed;
        }
        edges.timeline().sleep(pause);
        attempt++;
        announced = false;
      }
    }
  }

  private <R extends AwsResponse> R send(Api api, AwsRequest request, Class<R> responseType)
      throws CallFailed {
    var start = edges.timeline().now();
    if (begun == null) {
      begun = start;
    }
    try {
      var answer = edges.cloud().call(request, responseType, userAgentId(api));
      mayHaveWritten |= api.write();
      unanswered = false;
      record(api, answer.requestId(), answer.httpStatus(), "", start);
      return answer.response();
    } catch (CallFailed failed) {
      unanswered |= api.write() && !failed.answered();
      mayHaveWritten |= unanswered;
      record(api, failed.requestId(), failed.httpStatus(), failed.code(), start);
      throw failed;
    } catch (RuntimeException defect) {
      mayHaveWritten |= api.write();
      throw defect;
    } finally {
      edges.crashPoints().at(Point.EFFECTED);
    }
  }

  private void record(Api api, String requestId, int status, String code, Instant start) {
    var latency = Duration.between(start, edges.timeline().now()).toMillis();
    calls.add(
        new Call(api.service(), api.operation(), api.write(), requestId, status, code, latency));
  }

  /** A command that wrote nothing yet gives way to a newer one; one that wrote goes on. */
  private void still() throws Halted {
    if (standing.stopped()) {
      throw new Halted(Halted.Reason.STOPPED);
    }
    if (superseded()) {
      throw new Halted(Halted.Reason.SUPERSEDED);
    }
  }

  private boolean superseded() {
    return sending.isEmpty()
        ? !mayHaveWritten && commands.stream().noneMatch(standing::current)
        : !unanswered && !sending.stream().allMatch(standing::current);
  }

  /**
   * No call starts when the last poll is older than it may be: somebody else may hold the scope.
   */
  private void awaitPoll(Api api) throws Halted, InterruptedException {
    var latest = edges.timeline().now().plus(edges.limits().retryFor());
    while (stale(standing.lastPoll())) {
      still();
      if (edges.timeline().now().isAfter(latest)) {
        throw new Halted(Halted.Reason.UNPROVEN);
      }
      edges.timeline().sleep(POLL_PAUSE);
    }
    still();
    if (api.write()) {
      requireYoung(commands.getFirst());
    }
  }

  private boolean stale(Instant lastPoll) {
    var age = Duration.between(lastPoll, edges.timeline().now());
    return age.compareTo(edges.limits().pollFreshness()) > 0;
  }

  private void announce(Api api) throws Halted {
    if (announced) {
      return;
    }
    if (api.write()) {
      announceWrite();
      announced = true;
    } else if (observes()) {
      var command = commands.getFirst();
      horizon =
          Optional.of(
              append(List.of(new ReadStarted(command.id(), command.key(), edges.tenure())))
                  .position());
      announced = true;
    }
  }

  private void announceWrite() throws Halted {
    var facts =
        commands.stream()
            .<CloudFact>map(c -> new Attempted(c.id(), c.key(), edges.tenure(), attempt))
            .toList();
    ahead = Duration.between(edges.timeline().now(), append(facts).time());
    requireYoung(commands.getFirst());
    edges.crashPoints().at(Point.ATTEMPTED);
  }

  private void requireYoung(Command command) throws Halted {
    if (tooOld(command, edges.timeline().now().plus(ahead))) {
      throw new Halted(Halted.Reason.STALE);
    }
  }

  /**
   * Only what concerns targets gets stale: an address may serve another pod by now (design §6). It
   * was decided by the log's clock and is judged by it.
   */
  private boolean tooOld(Command command, Instant now) {
    return switch (command.key().lane()) {
      case REGISTER, DEREGISTER ->
          Duration.between(command.decided(), now).compareTo(edges.limits().staleAfter()) > 0;
      case WRITE, OBSERVE -> false;
    };
  }

  private Appended append(List<CloudFact> facts) throws Halted {
    try {
      var events = facts.stream().map(fact -> Settlement.event(edges.scope(), fact)).toList();
      return edges.log().appendAll(events).getLast();
    } catch (LogFailed failed) {
      throw Halted.unlogged(failed);
    }
  }

  private boolean repeatable(CallFailed failed, Repeat repeat) {
    return switch (failed.fault()) {
      case THROTTLED, NOT_YET_CONSISTENT -> true;
      case DEPENDENCY_PENDING -> !removes();
      case UNREACHABLE -> repeat != Repeat.ONCE || failed.answered();
      case GONE -> repeat != Repeat.SAFE;
      case DENIED, INVALID, QUOTA, FOREIGN, STALE -> false;
    };
  }

  /**
   * What is in the way of a delete goes when AWS releases it, often after minutes: the reconciler
   * asks again, after longer and longer pauses. Route 53 only wants one batch after the other.
   */
  private boolean removes() {
    return commands.getFirst().operation() instanceof Operation.Delete(var live)
        && !(live instanceof LiveRecordName);
  }

  private boolean inTime(CallFailed failed, Duration pause) {
    var bound =
        failed.fault() == Fault.GONE ? edges.limits().patience() : edges.limits().retryFor();
    var since = begun == null ? edges.timeline().now() : begun;
    var next = edges.timeline().now().plus(pause);
    return Duration.between(since, next).compareTo(bound) <= 0;
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private boolean observes() {
    return commands.getFirst().operation() instanceof Operation.Observe;
  }

  private String userAgentId(Api api) {
    return !api.write() && urgency() == Urgency.SWEEP ? "" : commands.getFirst().id();
  }

  private Urgency urgency() {
    return commands.getFirst().urgency();
  }

  private long seq() {
    return commands.getFirst().seq();
  }

  private static Optional<ResourceKey> resourceOf(Observation observation) {
    return switch (observation) {
      case Observation.ResourcePresent(var key, _, _) -> Optional.of(key);
      case Observation.ResourceMissing(var key) -> Optional.of(key);
      case Observation.ResourceUnknown(var key, _) -> Optional.of(key);
      case Observation.ResourceFound _,
          Observation.TargetsSeen _,
          Observation.OwnedScanned _,
          Observation.NetworkSeen _,
          Observation.InterfacesSeen _,
          Observation.NamedSeen _,
          Observation.CertificatesSeen _,
          Observation.HostedZonesSeen _,
          Observation.RecordsSeen _,
          Observation.ChangeSeen _ ->
          Optional.empty();
    };
  }
}
