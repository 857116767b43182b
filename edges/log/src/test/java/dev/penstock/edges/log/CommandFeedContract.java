package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link CommandFeed} guarantees. */
abstract class CommandFeedContract {
  private static final long BOUND_NANOS = Duration.ofSeconds(60).toNanos();

  private final Scope scope = Examples.scope("111122223333");
  private final Scope other = Scope.global("111122223333");

  abstract void register(Scope scope) throws LogFailed;

  abstract void open(Command command) throws LogFailed;

  abstract void close(Command command) throws LogFailed;

  abstract CommandFeed<Command> join() throws LogFailed;

  @Test
  void everythingOpenIsToldBetweenAssignedAndCaughtUp() throws LogFailed {
    register(scope);
    var replaced = Examples.command(scope, "1", "a");
    var open = Examples.command(scope, "2", "a");
    var answered = Examples.command(scope, "3", "b");
    open(replaced);
    open(answered);
    open(open);
    close(answered);
    try (var feed = join()) {
      var events = until(feed, e -> e instanceof FeedEvent.CaughtUp);
      assertEquals(new FeedEvent.Assigned<>(scope), events.getFirst());
      assertEquals(new FeedEvent.CaughtUp<>(scope), events.getLast());
      assertEquals(Map.of(RecordKeys.of(open), open), table(events));
    }
  }

  @Test
  void nothingIsToldBeforeThePollAfterAssigned() throws LogFailed {
    register(scope);
    open(Examples.command(scope, "1", "a"));
    try (var feed = join()) {
      var events = until(feed, e -> e instanceof FeedEvent.Assigned);
      assertEquals(List.of(new FeedEvent.Assigned<>(scope)), events);
    }
  }

  @Test
  void changesComeAsTheyHappen() throws LogFailed {
    register(scope);
    try (var feed = join()) {
      until(feed, e -> e instanceof FeedEvent.CaughtUp);
      var command = Examples.command(scope, "1", "a");
      open(command);
      var opened = until(feed, e -> e instanceof FeedEvent.Opened);
      assertEquals(Map.of(RecordKeys.of(command), command), table(opened));
      close(command);
      var closed = until(feed, e -> e instanceof FeedEvent.Closed);
      assertTrue(
          closed.getLast() instanceof FeedEvent.Closed<Command>(var s, var key, _)
              && s.equals(scope)
              && key.equals(RecordKeys.of(command)));
    }
  }

  @Test
  void aScopeRegisteredLaterIsAssignedToo() throws LogFailed {
    register(scope);
    try (var feed = join()) {
      until(feed, e -> e instanceof FeedEvent.CaughtUp);
      register(other);
      open(Examples.command(other, "1", "a"));
      var events = until(feed, e -> e instanceof FeedEvent.Opened);
      assertTrue(events.contains(new FeedEvent.Assigned<Command>(other)));
    }
  }

  @Test
  void noScopeIsHeldByTwo() throws LogFailed {
    var scopes = new TreeSet<Scope>();
    for (int i = 0; i < 8; i++) {
      scopes.add(Examples.scope("account" + i));
    }
    for (Scope s : scopes) {
      register(s);
    }
    try (var first = join()) {
      var a = new TreeSet<Scope>();
      var b = new TreeSet<Scope>();
      follow(() -> a.size() == 8, first, a);
      try (var second = join()) {
        long end = System.nanoTime() + BOUND_NANOS;
        while ((a.size() == 8 || a.size() + b.size() < 8) && System.nanoTime() < end) {
          held(first, a);
          held(second, b);
          var both = new TreeSet<>(a);
          both.retainAll(b);
          assertEquals(List.of(), List.copyOf(both));
        }
        assertFalse(b.isEmpty());
        a.addAll(b);
        assertEquals(scopes, a);
      }
      a.removeAll(b);
      follow(() -> a.size() == 8, first, a);
    }
  }

  @Test
  void whatAMemberKeepsIsNotToldAgainWhenAnotherJoins() throws LogFailed {
    var scopes = new TreeSet<Scope>();
    for (int i = 0; i < 8; i++) {
      scopes.add(Examples.scope("account" + i));
    }
    for (Scope s : scopes) {
      register(s);
      open(Examples.command(s, "1", "a"));
    }
    try (var first = join()) {
      var a = new TreeSet<Scope>();
      var b = new TreeSet<Scope>();
      var caughtUp = new TreeSet<Scope>();
      follow(
          () -> caughtUp.size() == 8,
          () -> {
            var events = first.poll(Duration.ofMillis(50));
            note(events, a);
            events.forEach(e -> caughtUp(e).ifPresent(caughtUp::add));
          });
      try (var second = join()) {
        var told = new ArrayList<FeedEvent<Command>>();
        long end = System.nanoTime() + BOUND_NANOS;
        while ((b.isEmpty() || a.size() + b.size() < 8) && System.nanoTime() < end) {
          var events = first.poll(Duration.ofMillis(50));
          told.addAll(events);
          note(events, a);
          held(second, b);
        }
        for (Scope kept : a) {
          open(Examples.command(kept, "2", "b"));
        }
        var seen = new TreeSet<Scope>();
        while (!seen.equals(a) && System.nanoTime() < end) {
          told.addAll(first.poll(Duration.ofMillis(50)));
          told.forEach(e -> opened(e, "2").ifPresent(seen::add));
        }
        assertEquals(a, seen);
        assertEquals(
            List.of(),
            told.stream().flatMap(e -> opened(e, "1").stream()).filter(a::contains).toList());
      }
    }
  }

  private static Optional<Scope> caughtUp(FeedEvent<Command> event) {
    return event instanceof FeedEvent.CaughtUp<Command>(var scope)
        ? Optional.of(scope)
        : Optional.empty();
  }

  /** The scope of a command of that id that is told as open. */
  private static Optional<Scope> opened(FeedEvent<Command> event, String id) {
    return event instanceof FeedEvent.Opened<Command>(var of, _, _, var command)
            && command.id().equals(id)
        ? Optional.of(of)
        : Optional.empty();
  }

  @Test
  void lastPollMovesWhileWePollAndHold() throws LogFailed {
    register(scope);
    try (var feed = join()) {
      until(feed, e -> e instanceof FeedEvent.CaughtUp);
      Instant before = feed.lastPoll();
      long end = System.nanoTime() + BOUND_NANOS;
      while (!feed.lastPoll().isAfter(before) && System.nanoTime() < end) {
        feed.poll(Duration.ofMillis(50));
      }
      assertTrue(feed.lastPoll().isAfter(before));
    }
  }

  private interface Condition {
    boolean holds();
  }

  private interface Look {
    void once() throws LogFailed;
  }

  private static void follow(Condition condition, CommandFeed<Command> feed, TreeSet<Scope> held)
      throws LogFailed {
    follow(condition, () -> held(feed, held));
  }

  private static void follow(Condition condition, Look look) throws LogFailed {
    long end = System.nanoTime() + BOUND_NANOS;
    while (!condition.holds() && System.nanoTime() < end) {
      look.once();
    }
    assertTrue(condition.holds());
  }

  private static void held(CommandFeed<Command> feed, TreeSet<Scope> held) throws LogFailed {
    note(feed.poll(Duration.ofMillis(50)), held);
  }

  private static void note(List<FeedEvent<Command>> events, TreeSet<Scope> held) {
    for (var event : events) {
      switch (event) {
        case FeedEvent.Assigned<Command>(var s) -> held.add(s);
        case FeedEvent.Revoked<Command>(var s) -> held.remove(s);
        case FeedEvent.Opened<Command> _ -> {}
        case FeedEvent.Closed<Command> _ -> {}
        case FeedEvent.Unreadable<Command> _ -> {}
        case FeedEvent.CaughtUp<Command> _ -> {}
      }
    }
  }

  static List<FeedEvent<Command>> until(
      CommandFeed<Command> feed, Predicate<FeedEvent<Command>> last) throws LogFailed {
    var events = new ArrayList<FeedEvent<Command>>();
    long end = System.nanoTime() + BOUND_NANOS;
    while (events.stream().noneMatch(last) && System.nanoTime() < end) {
      events.addAll(feed.poll(Duration.ofMillis(100)));
    }
    assertTrue(events.stream().anyMatch(last), "seen only " + events);
    return events;
  }

  private static Map<String, Command> table(List<FeedEvent<Command>> events) {
    var table = new TreeMap<String, Command>();
    for (var event : events) {
      if (event instanceof FeedEvent.Opened<Command>(_, var key, _, var command)) {
        table.put(key, command);
      } else if (event instanceof FeedEvent.Closed<Command>(_, var key, _)) {
        table.remove(key);
      }
    }
    return table;
  }
}
