package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.penstock.sandbox.simulation.engine.Happened;
import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.sandbox.simulation.machines.Layout;
import dev.penstock.sandbox.simulation.machines.MachineTrouble;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.BrokerAway;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.Kill;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.Overtaken;
import dev.penstock.sandbox.simulation.machines.MachineTrouble.SecondWatcher;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The same seed and the same troubles give the same run, bit for bit; another seed does not. */
class SameRunTest {
  private static final List<MachineTrouble> TROUBLES =
      List.of(
          new Kill(Role.STREAM, 0, Optional.of(Point.SENT), Duration.ofSeconds(4)),
          new Overtaken(Role.APPLY, 0, Optional.of(Point.EFFECTED), Duration.ofSeconds(30)),
          new Kill(Role.OBJECTS, 0, Optional.of(Point.ATTEMPTED), Duration.ofSeconds(1)),
          new SecondWatcher(0, Duration.ofSeconds(20)),
          new BrokerAway(Duration.ofSeconds(3)));

  /** All that a run leaves behind, as text. */
  private static List<String> traces(long seed, List<MachineTrouble> troubles) throws Exception {
    var traces = new ArrayList<String>();
    var fleet = Fleet.sandbox(ScopeSettings.defaults(), "blue", "green");
    try (var pipeline =
        Pipeline.start(
            seed, fleet, new Layout(2, 2, 2, 2, 2, true), happened -> trace(happened, traces))) {
      pipeline.pass(Duration.ofSeconds(20));
      troubles.forEach(pipeline::strike);
      for (var cluster : List.of("blue", "green")) {
        new Kubectl(pipeline.cluster(cluster)).apply(Stage.example("nginx-complete.yaml"));
      }
      pipeline.pass(Duration.ofMinutes(2));
      pipeline.calm();
      pipeline.pass(Duration.ofMinutes(5));
      for (var scope : fleet.scopes()) {
        pipeline.log(scope, 0).forEach(kept -> traces.add(kept.toString()));
      }
      pipeline.audit().forEach(record -> traces.add(record.toString()));
      pipeline.changes().forEach(change -> traces.add(change.toString()));
      pipeline.aws().requests().after(0).forEach(call -> traces.add(call.toString()));
      pipeline.struck().forEach(struck -> traces.add(struck.toString()));
      traces.add(pipeline.now().toString());
    }
    return traces;
  }

  private static void trace(Happened happened, List<String> traces) {
    traces.add(happened.toString());
  }

  @Test
  void twoRunsOfOneSeedAreTheSame() throws Exception {
    assertEquals(traces(7, TROUBLES), traces(7, TROUBLES));
    assertNotEquals(traces(8, TROUBLES), traces(7, TROUBLES));
  }

  @Test
  void aTroubleThatNeverComesChangesNothing() throws Exception {
    var more = new ArrayList<>(TROUBLES);
    more.add(new Kill(Role.WATCH, 0, Optional.of(Point.SETTLED), Duration.ofSeconds(1)));
    assertEquals(traces(7, TROUBLES), traces(7, more));
  }
}
