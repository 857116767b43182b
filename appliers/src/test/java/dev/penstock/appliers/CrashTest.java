package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.appliers.CrashPoints.Point;
import dev.penstock.schemas.event.CloudFact.ApplyStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A process that dies at a crash point leaves nothing that the next one does not bring to its end.
 */
class CrashTest {
  @TestFactory
  Stream<DynamicTest> theEndIsTheSameWhereverTheProcessDies() {
    var unkilled = new SimulatedStack(CrashPoints.none());
    unkilled.makeAll();
    var made = unkilled.rows();
    unkilled.unmakeAll();
    var unmade = unkilled.rows();
    return Stream.of(Point.values())
        .map(point ->
            DynamicTest.dynamicTest(point.name(), () -> diesEverywhere(point, made, unmade)));
  }

  private static void same(List<String> expected, List<String> found, Point point, int nth) {
    var missing = new ArrayList<>(expected);
    found.forEach(missing::remove);
    var more = new ArrayList<>(found);
    expected.forEach(more::remove);
    assertEquals(missing, more, "killed at " + point + " " + nth);
  }

  private static void diesEverywhere(Point point, List<String> made, List<String> unmade) {
    var nth = 0;
    var died = true;
    while (died) {
      nth++;
      var crash = new DiesAt(point, nth);
      var stack = new SimulatedStack(crash);
      stack.makeAll();
      same(made, stack.rows(), point, nth);
      stack.unmakeAll();
      same(unmade, stack.rows(), point, nth);
      died = crash.died();
      var runs = stack.bench.events().stream().filter(ApplyStarted.class::isInstance).count();
      assertEquals(died ? 2 : 1, runs);
    }
    assertTrue(nth > 1, point + " is never reached");
  }
}
