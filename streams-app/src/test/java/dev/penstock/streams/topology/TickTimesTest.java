package dev.penstock.streams.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock of the log that is behind ours costs no busy Ticks. */
final class TickTimesTest {
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final long LOOK = 50;

  /** How many Ticks a timer of one second needs in a minute, and how often it rings. */
  private record Minute(int ticks, int rings) {}

  private static Minute minute(Duration behind) {
    var times = new TickTimes();
    var due = BEGIN.minus(behind);
    var ticks = 0;
    var rings = 0;
    for (var wall = BEGIN; wall.isBefore(BEGIN.plusSeconds(60)); wall = wall.plusMillis(LOOK)) {
      if (!times.wanted(SCOPE, due, wall)) {
        continue;
      }
      ticks++;
      times.sent(SCOPE, wall);
      var appended = wall.minus(behind);
      times.read(SCOPE, wall, appended);
      if (!due.isAfter(appended)) {
        rings++;
        due = appended.plus(EVERY);
      }
    }
    return new Minute(ticks, rings);
  }

  @Test
  void aTimerRingsByTheLogsClockWithOneTickEach() {
    assertEquals(new Minute(60, 60), minute(Duration.ZERO));
  }

  @Test
  void aLogWhoseClockIsBehindCostsNoTicksThatRingNothing() {
    var minute = minute(Duration.ofSeconds(30));
    assertEquals(60, minute.rings());
    assertTrue(minute.ticks() <= 61, minute.toString());
  }

  @Test
  void aTickThatIsNotReadBackIsSentAgainAfterAWhile() {
    var times = new TickTimes();
    times.sent(SCOPE, BEGIN);
    assertTrue(!times.wanted(SCOPE, BEGIN, BEGIN.plusMillis(LOOK)));
    assertTrue(times.wanted(SCOPE, BEGIN, BEGIN.plusSeconds(3)));
  }
}
