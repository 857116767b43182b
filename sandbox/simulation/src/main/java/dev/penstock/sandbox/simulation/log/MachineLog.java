package dev.penstock.sandbox.simulation.log;

import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.sandbox.simulation.engine.Delays;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * penstock.events as one machine appends to it, outside transactions. It waits for a broker that is
 * away as long as a producer does.
 */
public final class MachineLog implements Log {
  /** The largest record that Kafka takes where nothing else is said. */
  private static final int RECORD_BYTES = 1 << 20;

  /** So long a producer tries. */
  private static final Duration DELIVERY = Duration.ofSeconds(10);

  private static final RecordCodec<Event> CODEC = RecordCodec.of(Event.class);

  private final Broker broker;
  private final Delays delays;
  private final Machine machine;
  private boolean aged;
  private boolean lost;

  public MachineLog(Broker broker, Delays delays, Machine machine) {
    this.broker = broker;
    this.delays = delays;
    this.machine = machine;
  }

  /** What is appended now is kept, in part if it is many, but nobody says so. */
  public void loseAcknowledgement() {
    lost = true;
  }

  /** From now on the previous version writes. */
  public void age() {
    aged = true;
  }

  /** Whether the previous version writes. */
  public boolean aged() {
    return aged;
  }

  @Override
  public Appended append(Event event) throws LogFailed {
    return appendAll(List.of(event)).getFirst();
  }

  @Override
  public List<Appended> appendAll(List<Event> events) throws LogFailed {
    machine.alive();
    awaitBroker();
    var appended = new ArrayList<Appended>(events.size());
    for (var event : events) {
      require(event);
      appended.add(broker.append(aged ? OlderSchema.asRead(event) : event));
      if (appended.size() == (events.size() + 1) / 2) {
        half();
      }
    }
    machine.pass(delays.of(Way.ACKNOWLEDGEMENT, machine.name()));
    return appended;
  }

  private void half() throws LogFailed {
    machine.reach(Point.APPENDED);
    if (lost) {
      lost = false;
      machine.pass(DELIVERY);
      throw new LogFailed(Fault.UNREACHABLE, "appending: no acknowledgement came");
    }
  }

  private void awaitBroker() throws LogFailed {
    var end = machine.now().plus(DELIVERY);
    while (broker.away()) {
      if (!machine.now().isBefore(end)) {
        throw new LogFailed(Fault.UNREACHABLE, "appending: the broker is away");
      }
      var until = broker.backAt().isBefore(end) ? broker.backAt() : end;
      machine.pass(Duration.between(machine.now(), until));
    }
  }

  private void require(Event event) throws LogFailed {
    if (CODEC.encode(event).length > RECORD_BYTES) {
      throw new LogFailed(Fault.TOO_LARGE, "the record of " + event.key() + " is too large");
    }
    if (broker.partition(event.scope()).isEmpty()) {
      throw new LogFailed(Fault.UNKNOWN_SCOPE, "scope " + event.scope() + " is not registered");
    }
  }
}
