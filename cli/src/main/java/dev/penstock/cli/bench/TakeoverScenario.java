package dev.penstock.cli.bench;

import dev.penstock.cli.roles.Installation.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenario 5: two instances of every role; all processes of one are killed (or asked to end) at
 * once, then those of the other, so that whichever was active is hit. An endpoint changes 0.17 s
 * later.
 */
record TakeoverScenario(int stacks) implements BenchScenario {
  private static final int GROUPS = 5;
  private static final Duration CHANGE_AFTER = Duration.ofMillis(170);
  private static final Duration SETTLE = Duration.ofSeconds(8);

  @Override
  public int number() {
    return 5;
  }

  /** How an instance ends. */
  private interface End {
    void of(List<Running> processes);
  }

  @Override
  public void run(Rig rig, Findings findings) throws IOException, InterruptedException {
    var fleet = rig.stacks(stacks, GROUPS);
    var roles = rig.roles();
    rig.say("scenario 5: starting a second instance of every role");
    var instances = new Instances(rig.active(), roles.startAll("b"));
    var group = "5  another instance takes over, %d stacks".formatted(stacks);
    var killed = new ArrayList<Duration>();
    var stopped = new ArrayList<Duration>();
    var from = rig.world().lastCall();
    int changes = 0;
    for (int round = 0; round < 2; round++) {
      rig.say("scenario 5: kill -9 of all processes of instance " + instances.firstName());
      killed.add(takeover(rig, instances, roles::kill, fleet.get(changes++ % fleet.size())));
      instances = instances.swapped(rig);
    }
    for (int round = 0; round < 2; round++) {
      rig.say("scenario 5: SIGTERM to all processes of instance " + instances.firstName());
      stopped.add(takeover(rig, instances, roles::ask, fleet.get(changes++ % fleet.size())));
      instances = instances.swapped(rig);
    }
    rig.quiet();
    var calls = CallCounts.of(rig.world().callsAfter(from));
    findings.add("5 four take-overs, the four changes included", calls);
    var kill = Percentiles.of(killed);
    var stop = Percentiles.of(stopped);
    findings.add(
        Figure.of(
                group, "kill -9 to endpoint change at AWS, the worse of two", kill.max() / 1e3, "s")
            .atMost(5)
            .beside("LBC 15.6-18.9 s")
            .with("the better: %.1f s".formatted(kill.p50() / 1e3)));
    findings.add(
        Figure.of(
                group, "SIGTERM to endpoint change at AWS, the worse of two", stop.max() / 1e3, "s")
            .atMost(3)
            .beside("LBC 19.4 s")
            .with("the better: %.1f s".formatted(stop.p50() / 1e3)));
    findings.add(
        Figure.of(group, "calls but the changes' writes", calls.total() - 2 * changes, "calls")
            .atMost(0)
            .beside("LBC 4,664 reads for each fail-over")
            .with(calls.text()));
    roles.stop(instances.second());
    rig.activate(instances.first());
  }

  /** Of two instances the first is the one that is hit next. */
  private record Instances(List<Running> first, List<Running> second) {
    String firstName() {
      return first.getFirst().instance();
    }

    /** The one that was hit is started again; the other is next. */
    Instances swapped(Rig rig) throws IOException, InterruptedException {
      for (var process : first) {
        process.process().waitFor();
      }
      var again = rig.roles().startAll(firstName());
      rig.timing().sleep(SETTLE);
      return new Instances(second, again);
    }
  }

  private static Duration takeover(Rig rig, Instances instances, End end, String stack)
      throws IOException, InterruptedException {
    rig.quiet();
    var replacement = rig.ready(stack, 1);
    rig.timing().sleep(Duration.ofSeconds(1));
    var arrivals = new Arrivals(rig.world());
    var begin = rig.timing().now();
    end.of(instances.first());
    rig.timing().sleep(CHANGE_AFTER);
    rig.fleet().replace(List.of(replacement));
    var arrived = rig.await(arrivals, replacement);
    rig.timing().sleep(Duration.ofSeconds(2));
    rig.fleet().forget(List.of(replacement));
    return Duration.between(begin, arrived);
  }
}
