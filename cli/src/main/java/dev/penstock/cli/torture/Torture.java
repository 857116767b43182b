package dev.penstock.cli.torture;

import dev.penstock.cli.PenstockMain;
import dev.penstock.cli.bench.Timing;
import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.cli.torture.Trouble.Comeback;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.broker.StartFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One run: the processes work, rounds of trouble follow one another until the time is up, then all
 * is healed and the world must become what is wanted, stay silent, and have a whole audit trail.
 */
final class Torture implements AutoCloseable {
  static final String REGION = "us-west-2";
  static final String ACCESS_KEY = "AKIATORTURE";

  /** An endpoint change must reach AWS within this once nothing stands in its way. */
  private static final Duration BOUND = Duration.ofSeconds(90);

  private static final Duration CONVERGENCE = Duration.ofMinutes(4);
  private static final Duration CHANGE_AFTER = Duration.ofMillis(170);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Plan plan;
  private final Path folder;
  private final Timing timing;
  private final PrintWriter out;
  private final TortureWorld world;
  private final Processes processes;
  private final Judge judge;
  private final Users users;
  private final News<Ended> ended;
  private final News<String> unread;
  private final Tally tally = new Tally();
  private final List<String> failures = new ArrayList<>();
  private final Instant begin;

  /**
   * How much is done.
   *
   * @param time of trouble
   * @param silence at the end
   * @param apps applications in each cluster that are worked on
   */
  record Plan(long seed, Duration time, Duration silence, int apps) {}

  Torture(Plan plan, Path folder, Timing timing, RandomGenerator random, PrintWriter out)
      throws StartFailed, LogFailed, IOException {
    this.plan = plan;
    this.folder = folder;
    this.timing = timing;
    this.out = out;
    this.begin = timing.now();
    say("starting the broker, two clusters and AWS");
    var fleet = Users.clusters(plan.apps());
    this.world = new TortureWorld(Users.world(fleet), Users.SPEED, folder, timing, random);
    this.processes = new Processes(world, folder);
    this.judge = new Judge(world);
    this.ended = new News<Ended>(List.of(processes::ended));
    this.unread = new News<String>(List.of(world.mirror()::failures));
    this.users = new Users(world, fleet);
  }

  /** What did not hold; none at best. */
  List<String> run() throws IOException, InterruptedException, StartFailed, LogFailed {
    deploy();
    var schedule = new Schedule(plan.seed(), plan.apps());
    var end = timing.now().plus(plan.time());
    while (failures.isEmpty() && timing.now().isBefore(end)) {
      play(schedule.next());
    }
    calm();
    return List.copyOf(failures);
  }

  Tally tally() {
    return tally;
  }

  long writes() {
    return judge.writes();
  }

  /** What is to be said besides the table. */
  List<String> notes() {
    return List.of(
        "recovery: from the kill, else from the end of the trouble, until an endpoint change made"
            + " in its beginning is a target in both Regions; no row counts what passed before",
        "%,d writes of ours at AWS, each judged as it arrived".formatted(judge.writes()),
        judge.traffic(),
        "ended by themselves and started again: "
            + (processes.ended().isEmpty() ? "none" : String.join(", ", exits())));
  }

  /** Which processes ended by themselves, and how. */
  List<String> exits() {
    return processes.ended().stream().map(Ended::toString).toList();
  }

  private void deploy() throws IOException, InterruptedException {
    say("starting watch kubernetes, stream and apply as processes");
    for (var seat : Seat.all(false)) {
      processes.start(seat);
    }
    require(processes.awaitReady(), "the processes are not ready");
    users.deploy();
    converge("the applications are served");
    users.gate();
    converge("pods wait for their load balancer");
    arm();
  }

  private void play(Round round) throws IOException, InterruptedException, StartFailed {
    pair(round.paired());
    say(round.text());
    users.work(round);
    pause(round.after());
    var started = timing.now();
    var left = new ArrayList<>(round.troubles());
    left.sort(Comparator.comparing(Trouble::lasts));
    for (var trouble : left) {
      begin(trouble);
    }
    pause(CHANGE_AFTER);
    users.probes().forEach(Probe::fire);
    for (var trouble : left) {
      pause(Duration.between(timing.now(), started.plus(trouble.lasts())));
      end(trouble);
    }
    var healed = timing.now();
    var arrived = arrival();
    for (var trouble : left) {
      var from = trouble instanceof Trouble.Kill ? started : healed;
      var recovery = arrived.map(at -> Duration.between(from, at.isBefore(from) ? from : at));
      tally.add(round.kind(trouble), recovery);
    }
    say("   " + arrived.map(at -> told(started, at)).orElse("no change applied any more"));
    require(arrived.isPresent(), "no endpoint change was applied after round " + round.number());
    processes.fill(round.paired());
    arm();
  }

  private static String told(Instant started, Instant arrived) {
    return "applied again after %.1f s"
        .formatted(Duration.between(started, arrived).toMillis() / 1e3);
  }

  private void pair(boolean wanted) throws IOException, InterruptedException {
    if (processes.fill(wanted)) {
      say(wanted ? "second instances of stream and apply start" : "second instances stop");
    }
    require(processes.awaitReady(), "the processes are not ready");
  }

  private void begin(Trouble trouble) throws IOException, InterruptedException {
    switch (trouble) {
      case Trouble.Kill(var roles, var comeback) -> kill(roles, comeback);
      case Trouble.Freeze(var seat, _) -> processes.signal(seat, "STOP");
      case Trouble.Cut(var link, _) -> world.networks().relay(link).cut();
      case Trouble.Stall(var link, _) -> world.networks().relay(link).stall();
      case Trouble.RestartBroker _ -> world.stopBroker();
    }
  }

  private void kill(List<Role> roles, Comeback comeback) throws IOException, InterruptedException {
    var victims = new ArrayList<Seat>();
    for (var role : roles) {
      victims.add(processes.active(role, world.partition()));
    }
    victims.forEach(processes::kill);
    if (comeback == Comeback.AGAIN) {
      for (var seat : victims) {
        processes.start(seat);
      }
    }
  }

  private void end(Trouble trouble) throws IOException, InterruptedException, StartFailed {
    switch (trouble) {
      case Trouble.Kill _ -> {}
      case Trouble.Freeze(var seat, _) -> processes.signal(seat, "CONT");
      case Trouble.Cut(var link, _) -> world.networks().relay(link).heal();
      case Trouble.Stall(var link, _) -> world.networks().relay(link).heal();
      case Trouble.RestartBroker _ -> world.restartBroker();
    }
  }

  /** When the change reached AWS in every Region. */
  private Optional<Instant> arrival() throws IOException, InterruptedException {
    var deadline = timing.now().plus(BOUND);
    while (timing.now().isBefore(deadline)) {
      var times = users.probes().stream().map(Probe::registered).toList();
      if (times.stream().allMatch(Optional::isPresent)) {
        return times.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
      }
      pause(LOOK);
    }
    return Optional.empty();
  }

  private void arm() throws IOException, InterruptedException {
    var deadline = timing.now().plus(BOUND);
    users.probes().forEach(Probe::arm);
    while (!users.probes().stream().allMatch(Probe::armed)) {
      require(timing.now().isBefore(deadline), "a sick pod remains a target: " + users.probes());
      if (!failures.isEmpty()) {
        return;
      }
      pause(LOOK);
    }
  }

  private void calm() throws IOException, InterruptedException, LogFailed {
    say("calm: everything is healed, nothing changes any more");
    world.networks().heal();
    users.probes().forEach(Probe::fire);
    converge("everything is as it is wanted");
    say("silence for " + plan.silence().toSeconds() + " s");
    judge.quiet();
    pause(plan.silence());
    readAgain();
    askAsPeopleDo();
  }

  /** What the log says of all that was heard and decided. */
  private void readAgain() throws LogFailed {
    say("reading the log again");
    judge.atRest();
    var heard = world.mirror().all();
    try (var again = new LogMirror(world.connection(), TortureWorld.CATALOGUE, timing)) {
      var lost = again.missing(heard);
      again.failures().forEach(this::fail);
      lost.forEach(record -> fail("lost: " + record));
    }
    tell();
  }

  private void askAsPeopleDo() throws IOException {
    var people = people();
    require(
        PenstockMain.execute(out, "audit", "verify", "--config", people) == 0,
        "penstock audit verify found something");
    require(
        PenstockMain.execute(out, "replay", "--measure", "--config", people) == 0,
        "penstock replay found something");
  }

  /** The file with which a person asks. */
  private String people() throws IOException {
    return Files.writeString(
            folder.resolve("people.yaml"),
            """
            kafka:
              bootstrap-servers: %s
              partitions: %d
            schema-registry:
              url: %s
            """
                .formatted(
                    world.connection().bootstrapServers(),
                    TortureWorld.CATALOGUE.partitions(),
                    world.connection().registryUrls().getFirst()))
        .toString();
  }

  private void converge(String what) throws IOException, InterruptedException {
    var deadline = timing.now().plus(CONVERGENCE);
    var differences = judge.differences();
    while (!differences.isEmpty() && timing.now().isBefore(deadline)) {
      pause(Duration.ofSeconds(1));
      differences = judge.differences();
    }
    if (differences.isEmpty()) {
      say(what);
    }
    differences.forEach(it -> fail("not within " + CONVERGENCE.toSeconds() + " s: " + it));
  }

  /** Lets time pass; looks at everything meanwhile. */
  private void pause(Duration time) throws IOException, InterruptedException {
    var until = timing.now().plus(time);
    do {
      processes.supervise();
      judge.look();
      tell();
      var left = Duration.between(timing.now(), until);
      if (left.isPositive()) {
        timing.sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
      }
    } while (timing.now().isBefore(until));
  }

  private void tell() {
    judge.news().forEach(violation -> fail(violation.invariant() + ": " + violation.text()));
    unread.next().forEach(this::fail);
    ended.next().stream()
        .filter(process -> !process.chosen())
        .forEach(process -> fail("ended by itself: " + process));
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      fail(otherwise);
    }
  }

  private void fail(String text) {
    say("FAILED: " + text);
    failures.add(text);
  }

  private void say(String text) {
    out.printf("%8.1f s  %s%n", timing.since(begin).toMillis() / 1e3, text);
    out.flush();
  }

  @Override
  public void close() {
    try (world) {
      processes.close();
    }
  }
}
