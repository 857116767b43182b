package dev.penstock.sandbox.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A network that can be cut, stall and heal, before a server that echoes. */
@Timeout(30)
final class RelayTest {
  private static final int SHORT_MILLIS = 200;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket echo;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::serve);
    relay = Relay.to(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    echo.close();
    threads.close();
  }

  private void serve() {
    try {
      while (true) {
        var client = echo.accept();
        threads.execute(() -> answer(client));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private static void answer(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException _) {
      // The client is gone.
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
  }

  private static byte[] ask(Socket socket, byte[] text) throws IOException {
    socket.getOutputStream().write(text);
    return socket.getInputStream().readNBytes(text.length);
  }

  private static boolean works(Socket socket) {
    try {
      return ask(socket, new byte[] {7}).length == 1;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void everyByteArrivesInBothDirections() throws Exception {
    var text = new byte[1 << 20];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (i * 31 >> 3);
    }
    try (var socket = connect()) {
      var sent =
          threads.submit(() -> {
            socket.getOutputStream().write(text);
            return text.length;
          });
      assertArrayEquals(text, socket.getInputStream().readNBytes(text.length));
      assertEquals(text.length, sent.get());
    }
  }

  @Test
  void aCutBreaksConnectionsAndEachNewOneUntilItIsHealed() throws Exception {
    try (var before = connect()) {
      assertEquals(true, works(before));
      relay.cut();
      assertEquals(false, works(before));
      try (var during = connect()) {
        assertEquals(false, works(during));
      }
      relay.heal();
      assertEquals(false, works(before), "what is broken stays broken");
      try (var after = connect()) {
        assertEquals(true, works(after));
      }
    }
  }

  @Test
  void whatIsSentIntoAStallArrivesAfterIt() throws Exception {
    try (var before = connect()) {
      assertEquals(true, works(before));
      relay.stall();
      before.setSoTimeout(SHORT_MILLIS);
      before.getOutputStream().write(42);
      assertThrows(SocketTimeoutException.class, () -> before.getInputStream().read());
      try (var during = connect()) {
        during.getOutputStream().write(43);
        relay.heal();
        before.setSoTimeout(0);
        assertEquals(42, before.getInputStream().read());
        assertEquals(43, during.getInputStream().read());
      }
    }
  }

  @Test
  void aCutEndsAStall() throws Exception {
    try (var socket = connect()) {
      assertEquals(true, works(socket));
      relay.stall();
      socket.getOutputStream().write(42);
      relay.cut();
      assertEquals(false, works(socket));
    }
  }

  /** The port is one at which nobody accepted before: who is being closed may take one more. */
  @Test
  void aConnectionBreaksWhileTheServerIsAwayAndWorksWhenItIsBack() throws Exception {
    var loopback = InetAddress.getLoopbackAddress();
    var free = new ServerSocket(0, 50, loopback);
    free.close();
    try (var toNobody = Relay.to(free.getLocalPort())) {
      try (var socket = new Socket(loopback, toNobody.port())) {
        assertEquals(false, works(socket));
      }
      echo.close();
      echo = new ServerSocket(free.getLocalPort(), 50, loopback);
      threads.execute(this::serve);
      try (var socket = new Socket(loopback, toNobody.port())) {
        assertEquals(true, works(socket));
      }
    }
  }

  @Test
  void theEndOfTheServerIsTheEndForTheClient() throws Exception {
    try (var socket = connect()) {
      assertEquals(true, works(socket));
      socket.shutdownOutput();
      assertEquals(-1, socket.getInputStream().read());
    }
  }
}
