package dev.penstock.edges.log;

import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A command topic in memory: the newest value of each key, and one group of members that share the
 * scopes. A scope changes hands only after the old holder has been told in a poll, or has left.
 */
public final class MemoryTable<C> {
  private final InstantSource clock;
  private final SortedMap<Scope, Map<String, Kept<C>>> tables = new TreeMap<>();
  private final Map<Scope, Member> holders = new TreeMap<>();
  private final List<Member> members = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long position;

  private record Kept<C>(long position, C command) {}

  MemoryTable(InstantSource clock) {
    this.clock = clock;
  }

  void register(Scope scope) {
    lock.lock();
    try {
      tables.putIfAbsent(scope, new LinkedHashMap<>());
    } finally {
      lock.unlock();
    }
  }

  /** The command becomes the open one of its key. */
  public void open(Scope scope, String key, C command) {
    change(scope, key, command);
  }

  /** A tombstone: the key has no open command any more. */
  public void close(Scope scope, String key) {
    change(scope, key, null);
  }

  /** The open command of the key. */
  public Optional<C> open(Scope scope, String key) {
    lock.lock();
    try {
      return Optional.ofNullable(tables.getOrDefault(scope, Map.of()).get(key)).map(Kept::command);
    } finally {
      lock.unlock();
    }
  }

  /** Joins the group. */
  public CommandFeed<C> join() {
    lock.lock();
    try {
      var member = new Member();
      members.add(member);
      return member;
    } finally {
      lock.unlock();
    }
  }

  private void change(Scope scope, String key, @Nullable C command) {
    lock.lock();
    try {
      Map<String, Kept<C>> table = tables.get(scope);
      if (table == null) {
        throw new IllegalArgumentException("scope " + scope + " is not registered");
      }
      long at = position++;
      table.remove(key);
      FeedEvent<C> event = new FeedEvent.Closed<>(scope, key, at);
      if (command != null) {
        table.put(key, new Kept<>(at, command));
        event = new FeedEvent.Opened<>(scope, key, at, command);
      }
      Member holder = holders.get(scope);
      if (holder != null && holder.caughtUp.contains(scope)) {
        holder.pending.add(event);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Scope i belongs to member i modulo their number. */
  private @Nullable Member wanted(Scope scope) {
    int index = List.copyOf(tables.keySet()).indexOf(scope);
    return members.isEmpty() ? null : members.get(index % members.size());
  }

  private final class Member implements CommandFeed<C> {
    private final List<FeedEvent<C>> pending = new ArrayList<>();
    private final SortedSet<Scope> told = new TreeSet<>();
    private final SortedSet<Scope> caughtUp = new TreeSet<>();
    private volatile Instant lastPoll = Instant.EPOCH;

    @Override
    public List<FeedEvent<C>> poll(Duration atMost) {
      lock.lock();
      try {
        catchUp();
        revoke();
        assign();
        lastPoll = clock.instant();
        var happened = List.copyOf(pending);
        pending.clear();
        return happened;
      } finally {
        lock.unlock();
      }
    }

    private void catchUp() {
      for (Scope scope : told) {
        tables
            .getOrDefault(scope, Map.of())
            .forEach((key, kept) ->
                pending.add(new FeedEvent.Opened<>(scope, key, kept.position(), kept.command())));
        pending.add(new FeedEvent.CaughtUp<>(scope));
        caughtUp.add(scope);
      }
      told.clear();
    }

    private void revoke() {
      for (Scope scope : tables.keySet()) {
        if (holders.get(scope) == this && wanted(scope) != this) {
          holders.remove(scope);
          caughtUp.remove(scope);
          pending.add(new FeedEvent.Revoked<>(scope));
        }
      }
    }

    private void assign() {
      for (Scope scope : tables.keySet()) {
        if (!holders.containsKey(scope) && wanted(scope) == this) {
          holders.put(scope, this);
          told.add(scope);
          pending.add(new FeedEvent.Assigned<>(scope));
        }
      }
    }

    @Override
    public Instant lastPoll() {
      return lastPoll;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        members.remove(this);
        holders.values().removeIf(holder -> holder == this);
      } finally {
        lock.unlock();
      }
    }
  }
}
