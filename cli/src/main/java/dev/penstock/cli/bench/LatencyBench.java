package dev.penstock.cli.bench;

import dev.penstock.cli.bench.BenchFleet.Replacement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/** From an EndpointSlice's change to RegisterTargets on the wire, beside Kafka's own hop. */
record LatencyBench(int samples) {
  private static final String GROUP = "latency";
  private static final int GROUPS = 5;

  /** Two writes for each sample, and our own governor lets four a second pass. */
  private static final Duration SPACING = Duration.ofMillis(550);

  private static final Duration REFILL = Duration.ofSeconds(10);

  void run(Rig rig, Findings findings) throws IOException, InterruptedException {
    var stack = rig.stacks(1, GROUPS).getFirst();
    rig.timing().sleep(REFILL);
    rig.say("latency: %d endpoint changes, a hop of Kafka after each".formatted(samples));
    var changes = new ArrayList<Duration>();
    var hops = new ArrayList<Duration>();
    var gone = new ArrayList<Replacement>();
    try (var hop = new Hop(rig.world().connection(), rig.timing())) {
      for (int i = 0; i < samples; i++) {
        var replacement = rig.ready(stack, i % GROUPS);
        gone.add(replacement);
        changes.add(rig.replace(replacement));
        rig.timing().sleep(SPACING);
        hops.add(hop.once());
      }
    }
    rig.fleet().forget(gone);
    var change = Percentiles.of(changes);
    var kafka = Percentiles.of(hops);
    findings.add(
        Figure.of(
                GROUP,
                "EndpointSlice change to RegisterTargets on the wire, p50",
                change.p50(),
                "ms")
            .beside("LBC 8.6-10.6 ms at 0 ms a call, no log between")
            .with("n = %d, max %.1f ms".formatted(change.count(), change.max())));
    findings.add(
        Figure.of(
            GROUP, "EndpointSlice change to RegisterTargets on the wire, p99", change.p99(), "ms"));
    findings.add(
        Figure.of(GROUP, "Kafka's own hop, produce to consume, p50", kafka.p50(), "ms")
            .with("n = %d, max %.1f ms, 1 kB, acks=all".formatted(kafka.count(), kafka.max())));
    findings.add(Figure.of(GROUP, "Kafka's own hop, p99", kafka.p99(), "ms"));
    findings.add(
        Figure.of(GROUP, "change beside hop, p50", change.p50() / kafka.p50(), "times")
            .with("three hops lie between: events, commands (exactly once), and the API's watch"));
  }
}
