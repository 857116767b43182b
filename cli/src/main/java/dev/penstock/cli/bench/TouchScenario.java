package dev.penstock.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Scenario 3: an Ingress of 1, 5 and 30 target groups is touched and asks for nothing new. */
record TouchScenario() implements BenchScenario {
  private static final String GROUP = "3  an unchanged touch";
  private static final Map<Integer, String> PEER =
      Map.of(1, "LBC 14 reads", 5, "LBC 18 reads", 30, "LBC 43 reads");
  private static final List<Integer> SIZES = List.of(1, 5, 30);

  /** The slowest peer took 3.5 s; what is not called by then is not caused by the touch. */
  private static final Duration WATCHED = Duration.ofSeconds(8);

  /** Reads that the building of the stack still asks for have come by then. */
  private static final Duration SETTLED = Duration.ofSeconds(15);

  @Override
  public int number() {
    return 3;
  }

  @Override
  public void run(Rig rig, Findings findings) throws IOException, InterruptedException {
    for (var size : SIZES) {
      var stack = rig.stacks(1, size).getFirst();
      rig.say("scenario 3: a touch of %d target groups".formatted(size));
      rig.quiet(SETTLED);
      var from = rig.world().lastCall();
      rig.fleet().touch(stack, rig.timing().now());
      rig.timing().sleep(WATCHED);
      var calls = CallCounts.of(rig.world().callsAfter(from));
      findings.add("3 a touch of " + size + " target groups", calls);
      // The pipeline was awake: a change behind the touch goes through.
      var change = rig.replace(rig.ready(stack, 0));
      findings.add(
          Figure.of(GROUP, size + " target groups", calls.total(), "calls")
              .atMost(0)
              .beside(PEER.getOrDefault(size, ""))
              .with(
                  "health reads %d; a change behind it was registered after %.0f ms"
                      .formatted(calls.healthReads(), Percentiles.millis(change))));
    }
  }
}
