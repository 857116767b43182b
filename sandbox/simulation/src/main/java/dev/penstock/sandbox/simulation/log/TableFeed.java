package dev.penstock.sandbox.simulation.log;

import dev.penstock.edges.log.CommandFeed;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.sandbox.simulation.engine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A command topic as one member of its group reads it: only what is committed. */
public final class TableFeed<C> implements CommandFeed<C> {
  private final Broker broker;
  private final Group group;
  private final List<Partition<TableTopic.Entry<C>>> partitions;
  private final Machine machine;
  private final Map<Integer, Place> places = new TreeMap<>();
  private Group.Member member;
  private boolean wasAway;

  /** How far a partition is read that is ours. */
  private static final class Place {
    private long position;
    private long end;
    private boolean begun;
    private boolean caughtUp;
  }

  TableFeed(
      Broker broker,
      Group group,
      List<Partition<TableTopic.Entry<C>>> partitions,
      Machine machine) {
    this.broker = broker;
    this.group = group;
    this.partitions = partitions;
    this.machine = machine;
    this.member = group.join(machine);
  }

  /** Whether a poll would tell something, or is needed to prove that we live. */
  public boolean hasNews() {
    if (broker.away() != wasAway) {
      return true;
    }
    if (broker.away()) {
      return false;
    }
    if (member.silent() || !member.surplus().isEmpty()) {
      return true;
    }
    for (var place : places.entrySet()) {
      var partition = partitions.get(place.getKey());
      if (!place.getValue().caughtUp || partition.find(place.getValue().position).isPresent()) {
        return true;
      }
    }
    return !member.due().isEmpty();
  }

  @Override
  public List<FeedEvent<C>> poll(Duration atMost) throws LogFailed {
    machine.alive();
    wasAway = broker.away();
    if (wasAway) {
      throw new LogFailed(Fault.UNREACHABLE, "polling commands: the broker is away");
    }
    var happened = new ArrayList<FeedEvent<C>>();
    if (member.expelled()) {
      List.copyOf(places.keySet()).forEach(number -> lose(number, happened));
      member = group.join(machine);
    }
    member.poll();
    places.forEach((number, place) -> read(number, place, happened));
    for (var number : member.surplus()) {
      member.giveBack(number);
      lose(number, happened);
    }
    for (var number : member.due()) {
      member.take(number);
      places.put(number, new Place());
      broker.scopes(number).forEach(scope -> happened.add(new FeedEvent.Assigned<>(scope)));
    }
    return happened;
  }

  private void read(int number, Place place, List<FeedEvent<C>> happened) {
    var partition = partitions.get(number);
    if (!place.begun) {
      place.begun = true;
      place.end = partition.stableEnd();
    }
    for (var found = partition.find(place.position);
        found.isPresent();
        found = partition.find(place.position)) {
      happened.add(told(found.get()));
      place.position = found.get().position() + 1;
    }
    if (!place.caughtUp && partition.stableEnd() >= place.end) {
      place.caughtUp = true;
      broker.scopes(number).forEach(scope -> happened.add(new FeedEvent.CaughtUp<>(scope)));
    }
  }

  private static <C> FeedEvent<C> told(Partition.Found<TableTopic.Entry<C>> found) {
    var entry = found.value();
    return entry
        .command()
        .<FeedEvent<C>>map(command ->
            new FeedEvent.Opened<>(entry.scope(), entry.key(), found.position(), command))
        .orElseGet(() -> new FeedEvent.Closed<>(entry.scope(), entry.key(), found.position()));
  }

  private void lose(int number, List<FeedEvent<C>> happened) {
    places.remove(number);
    broker.scopes(number).forEach(scope -> happened.add(new FeedEvent.Revoked<>(scope)));
  }

  @Override
  public Instant lastPoll() {
    return member.lastPoll();
  }

  @Override
  public void close() {
    member.leave();
  }
}
