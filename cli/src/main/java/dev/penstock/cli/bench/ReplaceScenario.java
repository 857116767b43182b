package dev.penstock.cli.bench;

import dev.penstock.cli.bench.BenchFleet.Replacement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenario 2: one pod replaced, on one target group and on many; a hundred updates of one target
 * group within a second; one change in each of a hundred target groups at once.
 */
record ReplaceScenario(int stacks) implements BenchScenario {
  private static final String GROUP = "2  one pod replaced";
  private static final int GROUPS = 5;
  private static final int SAMPLES = 35;
  private static final int UPDATES = 100;
  private static final Duration BETWEEN = Duration.ofMillis(10);

  /** Two calls a replacement, and AWS lets four a second pass. */
  private static final Duration SPACING = Duration.ofMillis(550);

  private static final Duration REFILL = Duration.ofSeconds(10);

  @Override
  public int number() {
    return 2;
  }

  @Override
  public void run(Rig rig, Findings findings) throws IOException, InterruptedException {
    var fleet = rig.stacks(stacks, GROUPS);
    rig.timing().sleep(REFILL);
    singles(rig, fleet, findings);
    rig.timing().sleep(REFILL);
    burst(rig, fleet.getFirst(), findings);
    rig.timing().sleep(REFILL);
    all(rig, fleet, findings);
  }

  private static void singles(Rig rig, List<String> fleet, Findings findings)
      throws IOException, InterruptedException {
    rig.say("scenario 2: one pod replaced, %d times on one target group".formatted(SAMPLES));
    var from = rig.world().lastCall();
    var gone = new ArrayList<Replacement>();
    var times = new ArrayList<Duration>();
    for (int i = 0; i < SAMPLES; i++) {
      times.add(single(rig, fleet.getFirst(), 1, gone));
    }
    var places = Math.min(SAMPLES, fleet.size() * GROUPS);
    rig.say("scenario 2: one pod replaced in each of %d target groups".formatted(places));
    for (int i = 0; i < places; i++) {
      times.add(single(rig, fleet.get(i / GROUPS), i % GROUPS, gone));
    }
    rig.fleet().forget(gone);
    rig.quiet();
    var calls = CallCounts.of(rig.world().callsAfter(from));
    var found = Percentiles.of(times);
    var lbc = "at 80 ms a call, p50 8.6-10.6 and p99 18-24 ms at 0";
    findings.add("2 one pod replaced, " + times.size() + " times", calls);
    findings.add(
        Figure.of(GROUP, "slice write to RegisterTargets at AWS, p50", found.p50(), "ms")
            .atMost(40)
            .beside("LBC 254-255 ms " + lbc)
            .with("n = %d, p90 %.1f ms".formatted(found.count(), found.p90())));
    findings.add(
        Figure.of(GROUP, "slice write to RegisterTargets at AWS, p99", found.p99(), "ms")
            .beside("LBC 259-270 ms"));
    findings.add(
        Figure.of(GROUP, "writes for each", 1.0 * calls.writes() / times.size(), "calls")
            .atMost(2)
            .beside("LBC 4 calls: 2 reads, 2 writes"));
    findings.add(
        Figure.of(GROUP, "reads for each, but health", 1.0 * calls.reads() / times.size(), "calls")
            .with("health reads for each: %.2f".formatted(1.0 * calls.healthReads() / times.size()))
            .atMost(0));
  }

  private static Duration single(Rig rig, String stack, int group, List<Replacement> gone)
      throws IOException, InterruptedException {
    var replacement = rig.ready(stack, group);
    gone.add(replacement);
    var time = rig.replace(replacement);
    rig.timing().sleep(SPACING);
    return time;
  }

  /** A pod is replaced every 10 ms; each new one takes the place of an older one. */
  private static void burst(Rig rig, String stack, Findings findings)
      throws IOException, InterruptedException {
    rig.say("scenario 2: %d updates of one target group in 1 s".formatted(UPDATES));
    var from = rig.world().lastCall();
    var arrivals = new Arrivals(rig.world());
    var gone = new ArrayList<Replacement>();
    var begin = rig.timing().now();
    for (int i = 0; i < UPDATES; i++) {
      var replacement = rig.fleet().ready(stack, 2);
      gone.add(replacement);
      rig.fleet().replace(List.of(replacement));
      var next = begin.plus(BETWEEN.multipliedBy(i + 1L));
      var left = Duration.between(rig.timing().now(), next);
      if (left.isPositive()) {
        rig.timing().sleep(left);
      }
    }
    var written = rig.timing().now();
    var last = rig.await(arrivals, gone.getLast());
    rig.quiet();
    var calls = CallCounts.of(rig.world().callsAfter(from));
    rig.fleet().forget(gone);
    findings.add("2 a hundred updates of one target group in 1 s", calls);
    findings.add(
        Figure.of(GROUP, "100 updates of one target group in 1 s", calls.total(), "calls")
            .beside("LBC 16 calls at 80 ms, 52 at 0")
            .with(
                "the writes took %.2f s"
                    .formatted(Duration.between(begin, written).toMillis() / 1e3)));
    findings.add(
        Figure.of(
                GROUP,
                "… last write to the last pod registered",
                Math.max(0, Percentiles.millis(Duration.between(written, last))),
                "ms")
            .beside("LBC 240 ms at 80 ms, 510 at 0"));
  }

  private static void all(Rig rig, List<String> fleet, Findings findings)
      throws IOException, InterruptedException {
    var replacements = new ArrayList<Replacement>();
    for (var stack : fleet) {
      for (int group = 0; group < GROUPS; group++) {
        replacements.add(rig.fleet().ready(stack, group));
      }
    }
    rig.say(
        "scenario 2: %d target groups changed at once, AWS's buckets on"
            .formatted(replacements.size()));
    rig.world().behave(rig.latency(), true);
    rig.timing().sleep(Duration.ofSeconds(1));
    var from = rig.world().lastCall();
    var arrivals = new Arrivals(rig.world());
    var begin = rig.timing().now();
    rig.fleet().replace(replacements);
    var times = new ArrayList<Duration>();
    for (var replacement : replacements) {
      Instant arrived = rig.await(arrivals, replacement);
      times.add(Duration.between(begin, arrived));
    }
    rig.quiet(Duration.ofSeconds(6));
    rig.measured();
    var calls = CallCounts.of(rig.world().callsAfter(from));
    rig.fleet().forget(replacements);
    report(findings, times, calls);
  }

  private static void report(Findings findings, List<Duration> times, CallCounts calls) {
    var group = "2  %d target groups changed at once, AWS's buckets on".formatted(times.size());
    var found = Percentiles.of(times);
    // AWS API: RegisterTargets shares 4 a second with a burst of 20.
    var bound = Math.max(0, (times.size() - 20) / 4.0);
    findings.add("2 " + times.size() + " target groups at once", calls);
    findings.add(
        Figure.of(group, "last RegisterTargets", found.max() / 1e3, "s")
            .atMost(bound + 1)
            .beside("LBC 45 s for 100")
            .with("AWS's own bound: %.1f s".formatted(bound)));
    findings.add(
        Figure.of(group, "RegisterTargets, p50", found.p50() / 1e3, "s")
            .beside("LBC 20.5 s for 100"));
    findings.add(Figure.of(group, "calls", calls.total(), "calls").beside("LBC 400 calls for 100"));
  }
}
