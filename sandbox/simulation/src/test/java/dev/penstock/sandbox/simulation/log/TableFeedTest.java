package dev.penstock.sandbox.simulation.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.simulation.engine.Baton;
import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Delays;
import dev.penstock.sandbox.simulation.engine.Killed;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A command table as the members of a group read it, also those that were away. */
final class TableFeedTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Scope ONE = new Scope("111122223333", "us-west-2");
  private static final Scope TWO = new Scope("111122223333", "us-east-1");

  private final Baton baton = new Baton(START);
  private final Broker broker =
      new Broker(baton, new Delays(new Chance(1), baton, false), 2, List.of(ONE, TWO));
  private final TableTopic<String> topic = new TableTopic<>(broker, broker.group(2));
  private final Machine machine = machine("apply-0");

  private Machine machine(String name) {
    return new Machine(Role.APPLY, name, baton);
  }

  private void send(Scope scope, Optional<String> command) {
    var transaction = broker.begin("stream-0");
    topic.send(scope, "key", command, transaction);
    broker.commit(transaction);
  }

  private void pass(Duration duration) throws InterruptedException {
    baton.moveTo(baton.instant().plus(duration));
    baton.runDue();
    broker.expire();
  }

  private static List<FeedEvent<String>> poll(TableFeed<String> feed) throws LogFailed {
    return feed.poll(Duration.ZERO);
  }

  private static <T> List<Class<?>> kinds(List<FeedEvent<T>> events) {
    return events.stream().<Class<?>>map(Object::getClass).toList();
  }

  @Test
  void whatIsOpenIsToldBeforeCaughtUpAndChangesAfterIt() throws Exception {
    send(ONE, Optional.of("first"));
    var feed = topic.join(machine);
    assertEquals(List.of(new FeedEvent.Assigned<>(ONE), new FeedEvent.Assigned<>(TWO)), poll(feed));
    assertEquals(
        List.of(
            new FeedEvent.Opened<>(ONE, "key", 0, "first"),
            new FeedEvent.CaughtUp<>(ONE),
            new FeedEvent.CaughtUp<>(TWO)),
        poll(feed));
    assertFalse(feed.hasNews());
    send(ONE, Optional.empty());
    assertTrue(feed.hasNews());
    assertEquals(List.of(FeedEvent.Closed.class), kinds(poll(feed)));
  }

  @Test
  void onlyWhatIsCommittedIsTold() throws Exception {
    var feed = topic.join(machine);
    poll(feed);
    poll(feed);
    var transaction = broker.begin("stream-0");
    topic.send(ONE, "key", Optional.of("never"), transaction);
    assertEquals(List.of(), poll(feed));
    broker.abort(transaction);
    assertEquals(List.of(), poll(feed));
  }

  @Test
  void aScopeChangesHandsOnlyAfterItsHolderWasTold() throws Exception {
    var before = topic.join(machine);
    poll(before);
    var after = topic.join(machine("apply-1"));
    assertEquals(List.of(), poll(after));
    assertEquals(
        List.of(FeedEvent.CaughtUp.class, FeedEvent.CaughtUp.class, FeedEvent.Revoked.class),
        kinds(poll(before)));
    assertEquals(List.of(new FeedEvent.Assigned<>(TWO)), poll(after));
  }

  @Test
  void whoStandsStillForTooLongLosesAllAndLearnsItWithTheNextPoll() throws Exception {
    var zombie = topic.join(machine);
    poll(zombie);
    poll(zombie);
    machine.stand(Duration.ofSeconds(10));
    var other = topic.join(machine("apply-1"));
    pass(Duration.ofMillis(2_999));
    assertEquals(List.of(), poll(other));
    pass(Duration.ofMillis(1));
    assertEquals(
        List.of(new FeedEvent.Assigned<>(ONE), new FeedEvent.Assigned<>(TWO)), poll(other));
    pass(Duration.ofSeconds(7));
    assertTrue(machine.running());
    assertEquals(START, zombie.lastPoll());
    assertTrue(zombie.hasNews());
    assertEquals(List.of(FeedEvent.Revoked.class, FeedEvent.Revoked.class), kinds(poll(zombie)));
    assertEquals(baton.instant(), zombie.lastPoll());
  }

  @Test
  void whoStoodStillForAMomentKeepsAllButHasNotPolledMeanwhile() throws Exception {
    var feed = topic.join(machine);
    poll(feed);
    poll(feed);
    machine.stand(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));
    assertEquals(START, feed.lastPoll());
    assertEquals(List.of(), poll(feed));
    assertEquals(baton.instant(), feed.lastPoll());
  }

  @Test
  void aBrokerThatIsAwayIsUnreachableAndTheFeedGoesOnAfterwards() throws Exception {
    var feed = topic.join(machine);
    poll(feed);
    poll(feed);
    broker.away(Duration.ofSeconds(30));
    var failed = assertThrows(LogFailed.class, () -> poll(feed));
    assertEquals(LogFailed.Fault.UNREACHABLE, failed.fault());
    pass(Duration.ofSeconds(30));
    send(ONE, Optional.of("later"));
    assertEquals(List.of(FeedEvent.Opened.class), kinds(poll(feed)));
  }

  @Test
  void theDeadPollNothing() {
    var feed = topic.join(machine);
    machine.kill();
    assertThrows(Killed.class, () -> poll(feed));
  }
}
