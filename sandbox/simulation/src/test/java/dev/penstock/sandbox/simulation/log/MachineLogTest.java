package dev.penstock.sandbox.simulation.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.simulation.engine.Baton;
import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Delays;
import dev.penstock.sandbox.simulation.engine.Killed;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.schemas.event.ClusterFact.SnapshotCompleted;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Appends of one machine, and what becomes of them when something is wrong. */
final class MachineLogTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");

  private final Baton baton = new Baton(START);
  private final Delays delays = new Delays(new Chance(1), baton, false);
  private final Broker broker = new Broker(baton, delays, 1, List.of(SCOPE));
  private final Machine machine = new Machine(Role.WATCH, "watch-0", baton);
  private final MachineLog log = new MachineLog(broker, delays, machine);
  private final List<String> said = new ArrayList<>();

  private static Event event(int number) {
    return new Event(SCOPE, SCOPE + "|" + number, new Tick(START));
  }

  private void inTask(int events) throws InterruptedException {
    machine.start(
        "append",
        () -> {
          try {
            var many = new ArrayList<Event>();
            for (var number = 0; number < events; number++) {
              many.add(event(number));
            }
            log.appendAll(many);
            said.add("kept");
          } catch (LogFailed failed) {
            said.add(failed.fault().name());
          }
        });
    baton.runDue();
  }

  private void pass(Duration duration) throws InterruptedException {
    baton.moveTo(baton.instant().plus(duration));
    baton.runDue();
  }

  private int kept() {
    return broker.counting(SCOPE).size();
  }

  @Test
  void aLostAcknowledgementIsAFailureOfSomethingThatIsKept() throws Exception {
    log.loseAcknowledgement();
    inTask(1);
    assertEquals(List.of(), said);
    pass(Duration.ofSeconds(10));
    assertEquals(List.of("UNREACHABLE"), said);
    assertEquals(1, kept());
    inTask(1);
    assertEquals(List.of("UNREACHABLE", "kept"), said);
  }

  @Test
  void whoDiesInTheMiddleLeavesAPart() throws Exception {
    machine.when(Point.APPENDED, machine::kill);
    inTask(6);
    assertEquals(List.of(), said);
    assertEquals(3, kept());
    assertThrows(Killed.class, () -> log.append(event(9)));
    assertEquals(3, kept());
  }

  @Test
  void aShortAbsenceOfTheBrokerIsWaitedForAndALongOneIsAFailure() throws Exception {
    broker.away(Duration.ofSeconds(4));
    inTask(1);
    pass(Duration.ofSeconds(4));
    assertEquals(List.of("kept"), said);
    broker.away(Duration.ofSeconds(40));
    inTask(1);
    pass(Duration.ofSeconds(10));
    assertEquals(List.of("kept", "UNREACHABLE"), said);
    assertEquals(1, kept());
  }

  @Test
  void aScopeThatIsNotRegisteredIsRefused() {
    var other = new Scope("444455556666", "us-west-2");
    var failed =
        assertThrows(LogFailed.class, () -> log.append(new Event(other, "key", new Tick(START))));
    assertEquals(LogFailed.Fault.UNKNOWN_SCOPE, failed.fault());
  }

  @Test
  void thePreviousVersionDoesNotKnowTheLastField() throws Exception {
    var fact = new SnapshotCompleted("blue", "tenure", Map.of("Pod", 3), Map.of("Secret", "403"));
    log.age();
    assertTrue(log.aged());
    log.append(new Event(SCOPE, "key", fact));
    log.append(event(1));
    assertEquals(
        List.of(
            new SnapshotCompleted("blue", "tenure", Map.of("Pod", 3), Map.of()), new Tick(START)),
        broker.counting(SCOPE).stream().map(kept -> kept.event().body()).toList());
  }

  @Test
  void whoStandsStillAtThePointGoesOnLater() throws Exception {
    machine.when(Point.APPENDED, () -> machine.stand(Duration.ofSeconds(5)));
    inTask(1);
    assertFalse(machine.running());
    assertEquals(List.of(), said);
    pass(Duration.ofSeconds(5));
    assertEquals(List.of("kept"), said);
  }
}
