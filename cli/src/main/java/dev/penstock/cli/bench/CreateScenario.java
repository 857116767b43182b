package dev.penstock.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenario 1: one Ingress with one target group of three pods, HTTP and HTTPS; the first in an
 * empty account, then seven more.
 */
record CreateScenario() implements BenchScenario {
  private static final String GROUP = "1  one Ingress created";
  private static final int NEXT = 7;

  /** Until AWS's buckets are full again for the next one, and our own copies of them. */
  private static final Duration REFILL = Duration.ofSeconds(8);

  private record Made(Duration targets, Duration status, CallCounts calls) {}

  @Override
  public int number() {
    return 1;
  }

  @Override
  public void run(Rig rig, Findings findings) throws IOException, InterruptedException {
    rig.say("scenario 1: one Ingress, the first in an empty account");
    var first = create(rig);
    figures(findings, "first", List.of(first), "37 calls (26 reads, 11 writes)");
    findings.add("1 first Ingress", first.calls());
    var next = new ArrayList<Made>();
    for (int i = 0; i < NEXT; i++) {
      rig.say("scenario 1: one Ingress more, %d of %d".formatted(i + 1, NEXT));
      next.add(create(rig));
    }
    figures(findings, "next", next, "29 calls (20 reads, 9 writes)");
    findings.add("1 next Ingress (the last of " + NEXT + ")", next.getLast().calls());
  }

  private static Made create(Rig rig) throws IOException, InterruptedException {
    rig.timing().sleep(REFILL);
    var stack = rig.name();
    var addresses = rig.fleet().prepare(stack, 1, Rig.PODS);
    rig.timing().sleep(Duration.ofSeconds(1));
    var from = rig.world().lastCall();
    var arrivals = new Arrivals(rig.world());
    var begin = rig.timing().now();
    rig.fleet().expose(stack, 1);
    var status = new ArrayList<Instant>();
    var seen =
        rig.timing()
            .await(
                Rig.PATIENCE,
                () -> {
                  if (status.isEmpty() && rig.fleet().status(stack).isPresent()) {
                    status.add(rig.timing().now());
                  }
                  return !status.isEmpty() && arrivals.all(addresses);
                });
    if (!seen) {
      throw new BenchFailed("the Ingress " + stack + " was not served in " + Rig.PATIENCE);
    }
    rig.quiet();
    var last =
        addresses.stream()
            .map(address -> arrivals.of(address).orElseThrow())
            .max(Instant::compareTo)
            .orElseThrow();
    return new Made(
        Duration.between(begin, last),
        Duration.between(begin, status.getFirst()),
        CallCounts.of(rig.world().callsAfter(from)));
  }

  private static void figures(Findings findings, String which, List<Made> made, String peersCalls) {
    var worst = made.stream().map(Made::calls).max(CreateScenario::heavier).orElseThrow();
    var targets = Percentiles.of(made.stream().map(Made::targets).toList());
    var status = Percentiles.of(made.stream().map(Made::status).toList());
    findings.add(
        Figure.of(GROUP, which + ": writes, ELB and EC2", worst.writes(), "calls")
            .atMost(12)
            .beside("LBC " + peersCalls));
    findings.add(
        Figure.of(GROUP, which + ": reads, ELB and EC2", worst.reads(), "calls")
            .with(worst.text()));
    findings.add(
        Figure.of(GROUP, which + ": last target registered, p50", targets.p50(), "ms")
            .atMost(500)
            .beside("LBC 2,300 ms at 80 ms a call, 30 ms at 0")
            .with("n = %d, max %.0f ms".formatted(targets.count(), targets.max())));
    findings.add(
        Figure.of(GROUP, which + ": status on the Ingress, p50", status.p50(), "ms")
            .atMost(900)
            .beside("LBC 2,130 ms at 80 ms a call, 28 ms at 0")
            .with("n = %d, max %.0f ms".formatted(status.count(), status.max())));
  }

  private static int heavier(CallCounts a, CallCounts b) {
    return Integer.compare(a.total(), b.total());
  }
}
