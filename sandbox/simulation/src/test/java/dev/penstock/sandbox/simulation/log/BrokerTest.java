package dev.penstock.sandbox.simulation.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.sandbox.simulation.engine.Baton;
import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Delays;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a log with transactions promises, and what it does not. */
final class BrokerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Scope ONE = new Scope("111122223333", "us-west-2");
  private static final Scope TWO = new Scope("111122223333", "us-east-1");
  private static final Scope THREE = new Scope("111122223333", "eu-west-1");

  private final Baton baton = new Baton(START);
  private final Broker broker = broker(false);

  private Broker broker(boolean delayed) {
    var delays = new Delays(new Chance(1), baton, delayed);
    return new Broker(baton, delays, 2, List.of(ONE, TWO, THREE));
  }

  private static Event event(Scope scope, int number) {
    return new Event(scope, scope + "|" + number, new Tick(START.plusSeconds(number)));
  }

  private static List<String> seen(Broker broker, Scope scope) {
    var keys = new ArrayList<String>();
    var partition = broker.partition(scope).orElseThrow();
    var next = broker.read(partition, 0);
    while (next.isPresent()) {
      keys.add(next.get().event().key());
      next = broker.read(partition, next.get().appended().position() + 1);
    }
    return keys;
  }

  private List<String> counting(Scope scope) {
    return broker.counting(scope).stream().map(MemoryLog.Kept::event).map(Event::key).toList();
  }

  private void pass(Duration duration) throws InterruptedException {
    baton.moveTo(baton.instant().plus(duration));
    baton.runDue();
    broker.expire();
  }

  @Test
  void scopesThatShareAPartitionShareItsOrderAndOthersDoNot() {
    broker.append(event(ONE, 1));
    broker.append(event(TWO, 2));
    broker.append(event(THREE, 3));
    assertEquals(List.of(ONE + "|1", THREE + "|3"), seen(broker, ONE));
    assertEquals(seen(broker, ONE), seen(broker, THREE));
    assertEquals(List.of(TWO + "|2"), seen(broker, TWO));
  }

  @Test
  void anOpenTransactionHidesWhatComesBehindItInItsPartitionsOnly() {
    broker.append(event(ONE, 1));
    var transaction = broker.begin("stream-0");
    broker.send(event(ONE, 2), transaction);
    broker.append(event(ONE, 3));
    broker.append(event(TWO, 4));
    assertEquals(List.of(ONE + "|1"), seen(broker, ONE));
    assertEquals(List.of(TWO + "|4"), seen(broker, TWO));
    assertEquals(List.of(ONE + "|1", ONE + "|3"), counting(ONE));
    broker.commit(transaction);
    assertEquals(List.of(ONE + "|1", ONE + "|2", ONE + "|3"), seen(broker, ONE));
    assertEquals(List.of(ONE + "|1", ONE + "|3", ONE + "|2"), counting(ONE));
  }

  @Test
  void whatATransactionSentAndReadCountsTogetherOrNever() {
    for (var commits : List.of(false, true)) {
      var transaction = broker.begin("stream-0");
      broker.send(event(ONE, 1), transaction);
      broker.send(event(TWO, 2), transaction);
      transaction.read(0, 7);
      assertTrue(broker.pending(0));
      assertFalse(broker.pending(1));
      if (commits) {
        broker.commit(transaction);
      } else {
        broker.abort(transaction);
      }
      assertEquals(commits ? 7 : 0, broker.position(0));
      assertEquals(commits ? List.of(ONE + "|1") : List.of(), seen(broker, ONE));
      assertEquals(commits ? List.of(TWO + "|2") : List.of(), seen(broker, TWO));
      assertFalse(broker.pending(0));
    }
  }

  @Test
  void aTransactionOfTheDeadIsGivenUpAfterItsTimeOutAndCannotBeCommitted() throws Exception {
    var undone = new AtomicInteger();
    var transaction = broker.begin("stream-0");
    transaction.whenAborted(undone::incrementAndGet);
    broker.send(event(ONE, 1), transaction);
    broker.append(event(ONE, 2));
    pass(Duration.ofMillis(1_999));
    assertEquals(List.of(), seen(broker, ONE));
    assertEquals(START.plusSeconds(2), broker.next());
    pass(Duration.ofMillis(1));
    assertEquals(List.of(ONE + "|2"), seen(broker, ONE));
    assertEquals(1, undone.get());
    assertFalse(transaction.open());
    assertThrows(IllegalStateException.class, () -> broker.commit(transaction));
  }

  @Test
  void whoBeginsAnewUnderTheSameNameFencesItsPast() {
    var before = broker.begin("stream-0");
    var other = broker.begin("stream-1");
    broker.fence("stream-0");
    assertFalse(before.open());
    assertTrue(other.open());
  }

  @Test
  void aCommitIsSeenInEachPartitionInItsOwnTime() throws Exception {
    var slow = broker(true);
    for (var number = 0; number < 50; number++) {
      var transaction = slow.begin("stream-0");
      slow.send(event(ONE, number), transaction);
      slow.send(event(TWO, number), transaction);
      slow.commit(transaction);
      assertEquals(number + 1, slow.counting(ONE).size());
      if (seen(slow, ONE).size() != seen(slow, TWO).size()) {
        return;
      }
      pass(Duration.ofMillis(1));
    }
    throw new AssertionError("every commit was seen everywhere at once");
  }

  @Test
  void theLogsClockIsItsOwn() {
    broker.skew(Duration.ofMinutes(5));
    assertEquals(START.plusSeconds(300), broker.append(event(ONE, 1)).time());
    broker.skew(Duration.ofMinutes(-5));
    assertEquals(START.minusSeconds(300), broker.append(event(ONE, 2)).time());
    assertEquals(List.of(ONE + "|1", ONE + "|2"), seen(broker, ONE));
  }

  @Test
  void nothingIsGivenUpWhileTheBrokerIsAway() throws Exception {
    var transaction = broker.begin("stream-0");
    broker.away(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(9));
    assertTrue(broker.away());
    assertTrue(transaction.open());
    pass(Duration.ofSeconds(1));
    assertFalse(broker.away());
    assertFalse(transaction.open());
  }
}
