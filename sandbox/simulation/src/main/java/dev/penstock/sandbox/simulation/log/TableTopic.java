package dev.penstock.sandbox.simulation.log;

import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.schemas.key.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A command topic: the newest value of each key is the open one, no value closes the key. */
public final class TableTopic<C> {
  private final Broker broker;
  private final Group group;
  private final List<Partition<Entry<C>>> partitions;

  /** A value of a key, or its tombstone. */
  record Entry<C>(Scope scope, String key, Optional<C> command) {}

  TableTopic(Broker broker, Group group) {
    this.broker = broker;
    this.group = group;
    this.partitions =
        IntStream.range(0, broker.partitions()).mapToObj(_ -> new Partition<Entry<C>>()).toList();
  }

  /** Sends a value, or a tombstone, as part of the transaction. */
  public void send(Scope scope, String key, Optional<C> command, Transaction transaction) {
    partitions
        .get(broker.owner(scope))
        .append(new Entry<>(scope, key, command), broker.time(), transaction);
  }

  /** The topic as a member of its group reads it. */
  public TableFeed<C> join(Machine machine) {
    return new TableFeed<>(broker, group, partitions, machine);
  }
}
