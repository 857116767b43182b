package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.simulation.script.Scenario;
import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.sandbox.simulation.script.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is a function of its script. */
class PlayTest {
  /** All that the run wrote: its log, its audit, its change stream, its calls. */
  private static List<Object> trace(long seed) throws Exception {
    var script = Script.draw(seed, Wishes.of(Scenario.EVERYTHING));
    var play = new Play(script);
    assertEquals(Optional.empty(), play.perform());
    var trace = new ArrayList<Object>();
    script.fleet().scopes().forEach(s -> trace.addAll(play.pipeline().events(s).toList()));
    trace.addAll(play.pipeline().audit());
    trace.addAll(play.pipeline().changes());
    trace.addAll(play.pipeline().aws().requests().after(0));
    return trace;
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 9})
  void theSameSeedIsTheSameRun(long seed) throws Exception {
    assertEquals(trace(seed), trace(seed));
  }
}
