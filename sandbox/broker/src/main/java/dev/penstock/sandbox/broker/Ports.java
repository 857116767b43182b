package dev.penstock.sandbox.broker;

import dev.penstock.sandbox.broker.StartFailed.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
public final class Ports {
  private Ports() {}

  /** A port that was free a moment ago. */
  public static int free() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with the port in its words if somebody listens there; {@code what} names the option. */
  public static void require(int port, String what) throws StartFailed {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new StartFailed(
          Fault.PORT_IN_USE,
          "port " + port + " is in use: choose another " + what + ", or stop what listens there",
          e);
    }
  }
}
