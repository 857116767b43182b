package dev.penstock.sandbox.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network between a client and a server on loopback, which can be cut (every connection breaks,
 * none is made) or stall (connections stand, nothing arrives), and healed. What was sent into a
 * stall arrives after it.
 */
public final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BACKLOG = 256;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int PIECE = 64 * 1024;

  private enum State {
    WHOLE,
    CUT,
    STALLED,
    CLOSED
  }

  private final int serverPort;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.WHOLE;

  private Relay(int serverPort, ServerSocket listener) {
    this.serverPort = serverPort;
    this.listener = listener;
  }

  /** Relays from a free port of 127.0.0.1 to another one, where nobody need listen yet. */
  public static Relay to(int serverPort) throws IOException {
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(loopback(), 0), BACKLOG);
    var relay = new Relay(serverPort, listener);
    relay.threads.execute(relay::accept);
    return relay;
  }

  /** Where the client connects. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Breaks every connection; until healed each new one breaks at once. */
  public void cut() {
    become(State.CUT);
    open.forEach(Relay::close);
  }

  /** Until healed nothing arrives at either side, and nobody is told. */
  public void stall() {
    become(State.STALLED);
  }

  public void heal() {
    become(State.WHOLE);
  }

  @Override
  public void close() throws IOException {
    become(State.CLOSED);
    listener.close();
    open.forEach(Relay::close);
    threads.close();
  }

  private void become(State next) {
    lock.lock();
    try {
      if (state != State.CLOSED) {
        state = next;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits out a stall; whether data may pass then. */
  private boolean passes() throws InterruptedException {
    lock.lock();
    try {
      while (state == State.STALLED) {
        changed.await();
      }
      return state == State.WHOLE;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      LOG.debug("relay={} ends reason={}", port(), e.getMessage());
    }
  }

  private void serve(Socket client) {
    try (client;
        var server = new Socket()) {
      if (!passes()) {
        return;
      }
      server.connect(new InetSocketAddress(loopback(), serverPort), CONNECT_MILLIS);
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      var back = threads.submit(() -> pump(server, client));
      pump(client, server);
      back.get();
    } catch (IOException | java.util.concurrent.ExecutionException e) {
      LOG.debug("relay={} connection ends reason={}", port(), e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
      open.removeIf(Socket::isClosed);
    }
  }

  /** Carries one direction until either side ends; both directions end together. */
  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      carry(from.getInputStream(), to.getOutputStream());
    } catch (IOException e) {
      LOG.debug("relay={} direction ends reason={}", port(), e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry(InputStream in, OutputStream out) throws IOException, InterruptedException {
    var piece = new byte[PIECE];
    for (int read = in.read(piece); read >= 0 && passes(); read = in.read(piece)) {
      out.write(piece, 0, read);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("socket={} was not closed reason={}", socket, e.getMessage());
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
