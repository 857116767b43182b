package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Log} guarantees. */
abstract class LogContract {
  abstract Log log() throws LogFailed;

  abstract void register(Scope scope) throws LogFailed;

  /** The events of a scope in the order of the log. */
  abstract List<Event> kept(Scope scope) throws LogFailed;

  private final Scope scope = Examples.scope("111122223333");

  @Test
  void positionsGrowAndTimesAreTheLogs() throws LogFailed {
    register(scope);
    Appended first = log().append(Examples.refused(scope, "a", "1"));
    Appended second = log().append(Examples.refused(scope, "a", "2"));
    assertTrue(second.position() > first.position());
    assertFalse(second.time().isBefore(first.time()));
    assertEquals(first.time().toEpochMilli() * 1_000_000, nanos(first));
  }

  @Test
  void whatReturnsIsKeptInOrder() throws LogFailed {
    register(scope);
    var events = new ArrayList<Event>();
    for (int i = 0; i < 3; i++) {
      events.add(Examples.refused(scope, "a", "one by one " + i));
      log().append(events.getLast());
    }
    var batch =
        IntStream.range(0, 500).mapToObj(i -> Examples.refused(scope, "k" + i, "batch")).toList();
    List<Appended> appended = log().appendAll(batch);
    events.addAll(batch);
    assertEquals(500, appended.size());
    for (int i = 1; i < appended.size(); i++) {
      assertTrue(appended.get(i).position() > appended.get(i - 1).position());
    }
    assertEquals(events, kept(scope));
  }

  @Test
  void scopesDoNotMix() throws LogFailed {
    Scope other = Scope.global("444455556666");
    register(scope);
    register(other);
    var ours = Examples.refused(scope, "a", "ours");
    var theirs = Examples.refused(other, "a", "theirs");
    log().appendAll(List.of(ours, theirs));
    assertEquals(List.of(ours), kept(scope));
    assertEquals(List.of(theirs), kept(other));
  }

  @Test
  void aScopeWithoutRegistrationIsRefused() {
    var failure =
        assertThrows(
            LogFailed.class, () -> log().append(Examples.refused(Examples.scope("999"), "a", "x")));
    assertEquals(Fault.UNKNOWN_SCOPE, failure.fault());
  }

  @Test
  void aRecordThatIsTooLargeIsRefusedAndNotKept() throws LogFailed {
    register(scope);
    var failure =
        assertThrows(
            LogFailed.class,
            () -> log().append(Examples.refused(scope, "big", "x".repeat(10 << 20))));
    assertEquals(Fault.TOO_LARGE, failure.fault());
    log().append(Examples.refused(scope, "small", "x"));
    assertEquals(1, kept(scope).size());
  }

  private static long nanos(Appended appended) {
    return appended.time().getEpochSecond() * 1_000_000_000L + appended.time().getNano();
  }
}
