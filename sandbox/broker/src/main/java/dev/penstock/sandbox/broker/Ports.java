package dev.penstock.sandbox.broker;

import dev.penstock.sandbox.broker.StartFailed.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback interface. */
public final class Ports {
  /** Below the ports that systems give to outgoing connections. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;

  private Ports() {}

  /** A port that was free a moment ago. */
  public static int free() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * So many different ports that are free, and that no outgoing connection takes while nobody
   * listens there for a while.
   */
  public static List<Integer> lasting(int count) {
    var found = new ArrayList<Integer>();
    var from = FIRST + (int) (ProcessHandle.current().pid() * 97 % (LAST - FIRST) / 2);
    for (int port = from; found.size() < count && port < LAST; port++) {
      if (isFree(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new IllegalStateException("no " + count + " ports are free from " + from);
    }
    return found;
  }

  private static boolean isFree(int port) {
    try {
      require(port, "port");
      return true;
    } catch (StartFailed _) {
      return false;
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
