package dev.penstock.cli.torture;

import dev.penstock.sandbox.broker.EmbeddedBroker;
import dev.penstock.sandbox.broker.Ports;
import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.sandbox.local.OpenParts;
import dev.penstock.sandbox.local.Relay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network of its own between each process and each thing that it talks to. Kafka tells its
 * clients where to connect, so each process has a listener of the broker for itself.
 */
final class Networks implements AutoCloseable {
  private static final String HOST = "127.0.0.1:";

  private final OpenParts open = new OpenParts();
  private final Map<Link, Relay> relays = new LinkedHashMap<>();
  private final Map<Seat, Integer> listeners = new EnumMap<>(Seat.class);
  private final int brokerPort;
  private final int controllerPort;

  /** To Kafka; the others follow when it is known where they lead. */
  Networks() throws IOException {
    var ports = Ports.lasting(2 + Seat.values().length);
    this.brokerPort = ports.get(0);
    this.controllerPort = ports.get(1);
    for (var seat : Seat.values()) {
      listeners.put(seat, ports.get(2 + seat.ordinal()));
      lead(new Link(seat, Edge.KAFKA), listeners.get(seat));
    }
  }

  /** From now on every process reaches the edge on that port, by a network of its own. */
  void lead(Edge edge, int port) throws IOException {
    for (var seat : Seat.values()) {
      if (seat.edges().contains(edge)) {
        lead(new Link(seat, edge), port);
      }
    }
  }

  private void lead(Link link, int port) throws IOException {
    var relay = Relay.to(port);
    open.push(relay::close);
    relays.put(link, relay);
  }

  /** Where the process finds the edge, as host and port. */
  String address(Seat seat, Edge edge) {
    return HOST + relay(new Link(seat, edge)).port();
  }

  Relay relay(Link link) {
    var relay = relays.get(link);
    if (relay == null) {
      throw new IllegalArgumentException("no such network: " + link);
    }
    return relay;
  }

  void heal() {
    relays.values().forEach(Relay::heal);
  }

  /** A broker with these listeners, besides the one of everybody else; always on the same ports. */
  EmbeddedBroker startBroker(Path folder) throws StartFailed {
    return EmbeddedBroker.start(folder, brokerPort, controllerPort, listeners());
  }

  private Map<String, String> listeners() {
    var listening = new StringBuilder("PLAINTEXT://" + HOST + brokerPort);
    var advertised = new StringBuilder("PLAINTEXT://" + HOST + brokerPort);
    var protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    for (var seat : Seat.values()) {
      var name = seat.name().replace("_", "");
      listening.append(",%s://%s%d".formatted(name, HOST, listeners.get(seat)));
      advertised.append(",%s://%s".formatted(name, address(seat, Edge.KAFKA)));
      protocols.append(",%s:PLAINTEXT".formatted(name));
    }
    listening.append(",CONTROLLER://" + HOST + controllerPort);
    return Map.of(
        "listeners", listening.toString(),
        "advertised.listeners", advertised.toString(),
        "listener.security.protocol.map", protocols.toString());
  }

  @Override
  public void close() {
    open.close();
  }
}
