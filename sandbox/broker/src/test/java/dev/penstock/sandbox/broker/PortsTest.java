package dev.penstock.sandbox.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ports that stay ours. */
final class PortsTest {
  @Test
  void lastingPortsAreDifferentFreeAndBelowThoseOfOutgoingConnections() throws Exception {
    var ports = Ports.lasting(5);
    assertEquals(5, Set.copyOf(ports).size());
    for (var port : ports) {
      assertTrue(port < 32_768);
      Ports.require(port, "port");
    }
    try (var _ = new ServerSocket(ports.getFirst(), 1, InetAddress.getLoopbackAddress())) {
      assertFalse(Ports.lasting(5).contains(ports.getFirst()));
    }
  }
}
