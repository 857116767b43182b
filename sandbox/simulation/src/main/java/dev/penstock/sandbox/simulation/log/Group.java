package dev.penstock.sandbox.simulation.log;

import dev.penstock.sandbox.simulation.engine.Baton;
import dev.penstock.sandbox.simulation.engine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Members that share numbers from 0 on. A number changes hands only after its holder gave it back,
 * left, or was silent for the session timeout.
 */
public final class Group {
  private final Baton baton;
  private final Outage outage;
  private final int count;
  private final Duration session;
  private final List<Member> members = new ArrayList<>();
  private final TreeMap<Integer, Member> holders = new TreeMap<>();

  Group(Baton baton, Outage outage, int count, Duration session) {
    this.baton = baton;
    this.outage = outage;
    this.count = count;
    this.session = session;
  }

  /**
   * One member. It lives as long as its machine runs and reaches the broker, and polls after it did
   * not.
   */
  public final class Member {
    private final Machine machine;
    private Instant polled;
    private boolean expelled;

    private Member(Machine machine) {
      this.machine = machine;
      this.polled = baton.instant();
    }

    /** It polls: it lives, unless the group has gone on without it. */
    public void poll() {
      polled = baton.instant();
    }

    /** The group has gone on without it: it holds nothing and must join again. */
    public boolean expelled() {
      return expelled;
    }

    /** The last poll that proved that it lives. While nothing is wrong it polls all the time. */
    public Instant lastPoll() {
      if (expelled || unseen(machine.stoodFrom(), machine.goesOn())) {
        return machine.stoodFrom();
      }
      return unseen(outage.from(), outage.to()) ? outage.from() : baton.instant();
    }

    /** It is, or was since its last poll, away. */
    public boolean silent() {
      return expelled
          || unseen(machine.stoodFrom(), machine.goesOn())
          || unseen(outage.from(), outage.to());
    }

    private boolean unseen(Instant from, Instant to) {
      return to.isAfter(from) && polled.isBefore(to);
    }

    /** What it holds. */
    public SortedSet<Integer> held() {
      var held = new TreeSet<Integer>();
      holders.forEach((number, holder) -> {
        if (holder == this) {
          held.add(number);
        }
      });
      return held;
    }

    /** What it holds and is to give back. */
    public SortedSet<Integer> surplus() {
      var surplus = held();
      surplus.removeIf(number -> wanted(number) == this);
      return surplus;
    }

    /** What nobody holds and is to be its. */
    public SortedSet<Integer> due() {
      var due = new TreeSet<Integer>();
      for (var number = 0; number < count && !expelled; number++) {
        if (!holders.containsKey(number) && wanted(number) == this) {
          due.add(number);
        }
      }
      return due;
    }

    public void take(int number) {
      holders.put(number, this);
    }

    public void giveBack(int number) {
      holders.remove(number, this);
    }

    /** Leaves the group, and all that it holds, at once. */
    public void leave() {
      members.remove(this);
      holders.values().removeIf(holder -> holder == this);
      expelled = true;
    }

    private Instant silentUntil() {
      var from = machine.stoodFrom();
      return outage.to().isAfter(from) ? outage.to() : from;
    }
  }

  /** Joins as a new member. */
  public Member join(Machine machine) {
    var member = new Member(machine);
    members.add(member);
    return member;
  }

  /** Joins in place of the member of that name, if it is there still: with what that one held. */
  public Member joinAs(Machine machine) {
    for (var i = 0; i < members.size(); i++) {
      var before = members.get(i);
      if (before.machine.name().equals(machine.name())) {
        var member = new Member(machine);
        members.set(i, member);
        before.expelled = true;
        holders.replaceAll((_, holder) -> holder == before ? member : holder);
        return member;
      }
    }
    return join(machine);
  }

  /** Who was silent for too long is no member any more. */
  void expel() {
    if (outage.on()) {
      return;
    }
    for (var member : List.copyOf(members)) {
      if (!member.machine.running() && !expiry(member).isAfter(baton.instant())) {
        member.leave();
      }
    }
  }

  /** When somebody will have been silent for too long. */
  Instant next() {
    var next = Instant.MAX;
    for (var member : members) {
      if (!member.machine.running() && !outage.on() && expiry(member).isBefore(next)) {
        next = expiry(member);
      }
    }
    return next;
  }

  private Instant expiry(Member member) {
    return member.silentUntil().plus(session);
  }

  private Member wanted(int number) {
    return members.get(number % members.size());
  }
}
