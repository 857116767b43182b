package dev.penstock.cli.bench;

import dev.penstock.cli.bench.BenchFleet.Replacement;
import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.cli.roles.Installation.Running;
import dev.penstock.edges.log.LogFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A world, one process of each role, and a fleet that grows as the scenarios ask. What is measured
 * goes from here: a slice is written, RegisterTargets arrives.
 */
final class Rig implements AutoCloseable {
  static final int PODS = 3;

  /** The longest wait for one endpoint change; then the run fails. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long before the slice a new pod becomes ready. */
  private static final Duration READY_BEFORE = Duration.ofMillis(150);

  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration QUIET_BOUND = Duration.ofMinutes(3);
  private static final Duration BUILD_BOUND = Duration.ofMinutes(12);
  private static final String FIRST = "a";

  private final BenchWorld world;
  private final RoleProcesses roles;
  private final Timing timing;
  private final RandomGenerator random;
  private final PrintWriter out;
  private final BenchFleet fleet;
  private final Duration latency;
  private final boolean throttling;
  private final Instant begin;
  private final Map<Role, Running> active = new EnumMap<>(Role.class);
  private final Map<Integer, List<String>> stacks = new LinkedHashMap<>();
  private int names;

  /** How the simulated AWS behaves while something is measured. */
  record Conditions(Duration latency, boolean throttling) {}

  Rig(
      BenchWorld world,
      Path folder,
      Timing timing,
      RandomGenerator random,
      PrintWriter out,
      Conditions conditions)
      throws IOException, InterruptedException {
    this.world = world;
    this.roles = new RoleProcesses(world, folder, timing);
    this.timing = timing;
    this.random = random;
    this.out = out;
    this.fleet = new BenchFleet(world.cluster());
    this.latency = conditions.latency();
    this.throttling = conditions.throttling();
    this.begin = timing.now();
    say("starting watch kubernetes, stream, apply as processes");
    roles.startAll(FIRST).forEach(process -> active.put(process.role(), process));
    measured();
    quiet();
  }

  void say(String text) {
    out.printf("%8.1f s  %s%n", timing.since(begin).toMillis() / 1000.0, text);
    out.flush();
  }

  BenchWorld world() {
    return world;
  }

  BenchFleet fleet() {
    return fleet;
  }

  Timing timing() {
    return timing;
  }

  RoleProcesses roles() {
    return roles;
  }

  Running active(Role role) {
    return Optional.ofNullable(active.get(role)).orElseThrow();
  }

  void activate(List<Running> processes) {
    processes.forEach(process -> active.put(process.role(), process));
  }

  List<Running> active() {
    return List.copyOf(active.values());
  }

  Duration latency() {
    return latency;
  }

  /** AWS behaves as this run measures it. */
  void measured() {
    world.behave(latency, throttling);
  }

  /** A name that no stack has. */
  String name() {
    return BenchFleet.stack(names++);
  }

  /** Waits until nothing but health reads arrived for a while. */
  void quiet() throws IOException, InterruptedException {
    quiet(QUIET);
  }

  void quiet(Duration atLeast) throws IOException, InterruptedException {
    var last = new Quiet(world, timing.now());
    if (!timing.await(
        QUIET_BOUND,
        Duration.ofMillis(50),
        () -> timing.since(last.look(timing.now())).compareTo(atLeast) > 0)) {
      throw new BenchFailed("calls did not end within " + QUIET_BOUND.toSeconds() + " s");
    }
  }

  /** When something other than a health read last arrived. */
  private static final class Quiet {
    private final BenchWorld world;
    private long seen;
    private Instant last;

    Quiet(BenchWorld world, Instant now) {
      this.world = world;
      this.seen = world.lastCall();
      this.last = now;
    }

    Instant look(Instant now) {
      for (var entry : world.callsAfter(seen)) {
        seen = entry.seq();
        if (!CallCounts.isHealthRead(entry)) {
          last = now;
        }
      }
      return last;
    }
  }

  /**
   * Stacks of so many target groups, built where they are missing: at rates that AWS does not
   * allow, without latency.
   */
  List<String> stacks(int count, int groups) throws IOException, InterruptedException {
    var list = stacks.computeIfAbsent(groups, _ -> new ArrayList<>());
    if (list.size() < count) {
      build(count - list.size(), groups, list);
    }
    return List.copyOf(list.subList(0, count));
  }

  private void build(int count, int groups, List<String> list)
      throws IOException, InterruptedException {
    say("building %d stacks of %d target groups and %d pods each".formatted(count, groups, PODS));
    roles.stop(List.of(active(Role.APPLY)));
    var objects = List.of(roles.start(Role.APPLY_KUBERNETES, FIRST));
    world.behave(Duration.ZERO, false);
    try (var applier = FastApplier.start(world, timing, random)) {
      var arrivals = new Arrivals(world);
      var wanted = new ArrayList<String>();
      var fresh = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        var stack = name();
        fresh.add(stack);
        wanted.addAll(fleet.prepare(stack, groups, PODS));
        fleet.expose(stack, groups);
      }
      awaitBuilt(applier, arrivals, wanted, fresh);
      list.addAll(fresh);
      quiet();
    } catch (LogFailed e) {
      throw new BenchFailed("the log failed: " + e.getMessage());
    }
    roles.stop(objects);
    activate(List.of(roles.start(Role.APPLY, FIRST)));
    roles.awaitReady(active());
    measured();
    quiet();
    say("built");
  }

  private void awaitBuilt(
      FastApplier applier, Arrivals arrivals, List<String> wanted, List<String> fresh)
      throws IOException, InterruptedException {
    var deadline = timing.now().plus(BUILD_BOUND);
    var step = Duration.ofSeconds(5);
    while (!timing.await(
        step,
        Duration.ofMillis(50),
        () ->
            applier.failed()
                || (arrivals.count() >= wanted.size()
                    && fresh.stream().allMatch(stack -> fleet.status(stack).isPresent())))) {
      say("  %d of %d targets registered".formatted(arrivals.count(), wanted.size()));
      if (timing.now().isAfter(deadline)) {
        throw new BenchFailed("the fleet was not built in " + BUILD_BOUND.toMinutes() + " min");
      }
    }
    if (applier.failed()) {
      throw new BenchFailed("the applier that builds the fleet stopped");
    }
  }

  /** A pod that is ready, its slice due in 150 ms. */
  Replacement ready(String stack, int group) throws InterruptedException {
    var replacement = fleet.ready(stack, group);
    timing.sleep(READY_BEFORE);
    return replacement;
  }

  /** Writes the slice and waits: from just before the write until the arrival at AWS. */
  Duration replace(Replacement replacement) throws IOException, InterruptedException {
    var arrivals = new Arrivals(world);
    var written = timing.now();
    fleet.replace(List.of(replacement));
    return Duration.between(written, await(arrivals, replacement));
  }

  /** When the new pod's RegisterTargets arrived. */
  Instant await(Arrivals arrivals, Replacement replacement)
      throws IOException, InterruptedException {
    if (!timing.await(PATIENCE, () -> arrivals.of(replacement.address()).isPresent())) {
      throw new BenchFailed(
          "the pod %s was not registered in %d s"
              .formatted(replacement.address(), PATIENCE.toSeconds()));
    }
    return arrivals.of(replacement.address()).orElseThrow();
  }

  @Override
  public void close() {
    roles.close();
  }
}
