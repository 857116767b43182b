package dev.penstock.sandbox.aws;

import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.aws.engine.TableView;
import dev.penstock.sandbox.aws.engine.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * AWS in plain Java: answers the SDK's requests with the SDK's responses, or refuses in AWS's
 * words. It starts no thread, never waits and reads no clock but the given one; the same seed,
 * times and calls give the same answers. One thread at a time may use it.
 */
public final class AwsSimulator {
  private final Settings settings;
  private final InstantSource clock;
  private final World world;
  private final AwsFaults faults;
  private final RequestLog requests;
  private final Buckets buckets = new Buckets();
  private final SplittableRandom random;
  private Latency latency = Latency.none();
  private boolean throttling;
  private CallObserver observer = (_, _) -> {};

  private AwsSimulator(Settings settings, InstantSource clock, long seed, World world) {
    this.settings = settings;
    this.clock = clock;
    this.world = world;
    this.random = new SplittableRandom(seed);
    this.faults = new AwsFaults(random.split());
    this.requests = new RequestLog(settings.requestLog());
    this.throttling = settings.buckets();
  }

  /** A simulator that lives in memory. */
  public static AwsSimulator create(
      WorldSpec spec, Settings settings, TargetProbe probe, InstantSource clock, long seed) {
    return new AwsSimulator(
        settings, clock, seed, World.create(spec, settings, probe, clock.instant(), seed));
  }

  /**
   * A simulator whose state survives in {@code directory}, each change before it is answered; the
   * spec founds the world the first time only.
   */
  public static AwsSimulator open(
      Path directory,
      WorldSpec spec,
      Settings settings,
      TargetProbe probe,
      InstantSource clock,
      long seed) {
    return new AwsSimulator(
        settings, clock, seed, World.open(directory, spec, settings, probe, clock.instant(), seed));
  }

  /** Carries out one call. */
  public Answer call(Caller caller, SdkRequest request) {
    var operation = ApiOperation.of(request.getClass());
    var now = clock.instant();
    var effects = faults.draw(operation, request);
    var requestId = world.requestId();
    var delay = latency.of(operation, random);
    for (var effect : effects) {
      if (effect instanceof Effect.Delay(var time)) {
        delay = delay.plus(time);
      }
    }
    var answer = answer(caller, operation, request, now, effects, requestId, delay);
    log(caller, operation, request, now, answer);
    return answer;
  }

  /** The answer's response, or its refusal as an exception; a lost answer is one, too. */
  public SdkResponse handle(Caller caller, SdkRequest request) {
    return switch (call(caller, request)) {
      case Answer.Given(var response, _, _) -> response;
      case Answer.Refused(var error, _, _) -> throw error;
      case Answer.Lost(_, _) -> throw new AwsError("LostAnswer", 0, "The connection broke");
    };
  }

  /** An SDK client (for example {@code ElasticLoadBalancingV2Client.class}) of this AWS. */
  public <C> C client(Class<C> type, Caller caller) {
    return InProcessClient.of(this, type, caller);
  }

  /** Whom an access key belongs to. */
  public Caller caller(String accessKeyId, String region, String userAgent) {
    return world.caller(accessKeyId, region, userAgent);
  }

  /** Makes the health checks that are due; asking for health does so, too. */
  public void advance() {
    world.catchUp(clock.instant());
  }

  /** Puts into the world what the spec names: more subnets, other tags, a stopped instance. */
  public void put(String account, WorldSpec.RegionSpec spec) {
    world.put(account, spec, clock.instant());
  }

  /** Takes subnets, instances, interfaces, certificates or security groups out of the world. */
  public void remove(String account, String region, String id) {
    world.remove(account, region, id, clock.instant());
  }

  public AwsFaults faults() {
    return faults;
  }

  public RequestLog requests() {
    return requests;
  }

  public Settings settings() {
    return settings;
  }

  public Instant now() {
    return clock.instant();
  }

  public void setLatency(Latency changed) {
    latency = changed;
  }

  public void setThrottling(boolean on) {
    throttling = on;
  }

  /** What somebody sees whose calls cost nothing; afterwards calls cost what they did before. */
  public <T> T unthrottled(Supplier<T> look) {
    var before = throttling;
    throttling = false;
    try {
      return look.get();
    } finally {
      throttling = before;
    }
  }

  /** Whether the simulator knows the operation. */
  public boolean answers(Class<? extends SdkRequest> request) {
    return world.answers(request);
  }

  /** All operations that it knows. */
  public List<ApiOperation> operations() {
    return world.operations();
  }

  /** From now on it hears of every call. */
  public void observe(CallObserver listener) {
    observer = listener;
  }

  /**
   * A table for looking, always as it is now: {@code account/region} or {@code account/global}, and
   * the table's kind, as {@link #inspect} names them.
   */
  public <V> TableView<V> table(String place, String kind, Class<V> type) {
    return world.table(place + "/" + kind, type);
  }

  /** The rows of all tables, for inspection: table name, key, row. */
  public void inspect(World.Visitor visitor) {
    world.visit(visitor);
  }

  private Answer answer(
      Caller caller,
      ApiOperation operation,
      SdkRequest request,
      Instant now,
      List<Effect> effects,
      String requestId,
      Duration delay) {
    try {
      refuseEarly(caller, operation, request, now, effects);
      var stale = staleness(effects);
      if (effects.stream().anyMatch(Effect.DeliverTwice.class::isInstance)) {
        world.answer(caller, operation, request, now, stale);
      }
      var response = world.answer(caller, operation, request, now, stale);
      if (effects.stream().anyMatch(Effect.LoseAnswer.class::isInstance)) {
        return new Answer.Lost(requestId, delay);
      }
      return new Answer.Given(RequestIds.put(response, requestId), requestId, delay);
    } catch (AwsError error) {
      return new Answer.Refused(error, requestId, delay);
    }
  }

  private void refuseEarly(
      Caller caller,
      ApiOperation operation,
      SdkRequest request,
      Instant now,
      List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Throttle() -> throw Throttles.tooFast(operation.service());
        case Effect.Deny() -> throw Throttles.denied(operation, caller);
        case Effect.Fail(var code, var status, var message) ->
            throw new AwsError(code, status, message);
        case Effect.LoseAnswer() -> {}
        case Effect.DeliverTwice() -> {}
        case Effect.Delay(_) -> {}
        case Effect.Stale(_) -> {}
      }
    }
    if (throttling && !buckets.take(caller, operation, request, now)) {
      throw Throttles.tooFast(operation.service());
    }
    if (request.getValueForField("DryRun", Boolean.class).orElse(false)) {
      throw new AwsError(
          "DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
    }
  }

  private static @Nullable Duration staleness(List<Effect> effects) {
    for (var effect : effects) {
      if (effect instanceof Effect.Stale(var age)) {
        return age;
      }
    }
    return null;
  }

  private void log(
      Caller caller, ApiOperation operation, SdkRequest request, Instant now, Answer answer) {
    var status = 200;
    var code = "OK";
    var effective = true;
    switch (answer) {
      case Answer.Given(_, _, _) -> {}
      case Answer.Refused(var error, _, _) -> {
        status = error.status();
        code = error.code();
        effective = false;
      }
      case Answer.Lost(_, _) -> {
        status = 0;
        code = "LostAnswer";
      }
    }
    var entry =
        new RequestLog.Entry(
            requests.nextSeq(),
            now,
            operation,
            request,
            caller,
            answer.requestId(),
            status,
            code,
            effective,
            answer.latency());
    requests.add(entry);
    observer.called(entry, world.takeChanges());
  }
}
