package dev.penstock.streams.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * What a process shows on HTTP: {@code /healthz}, {@code /readyz}, {@code /metrics}, and further
 * handlers.
 */
public final class HttpFace implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final HttpServer server;

  private HttpFace(HttpServer server) {
    this.server = server;
  }

  /** How a process does. Metrics are in Prometheus' text format. */
  public interface Health {
    boolean alive();

    boolean ready();

    String metrics();
  }

  /**
   * Starts on {@code host:port}.
   *
   * @throws IOException naming the address when it is in use
   */
  public static HttpFace start(String listen, Health health, Map<String, HttpHandler> handlers)
      throws IOException {
    var colon = listen.lastIndexOf(':');
    var address =
        new InetSocketAddress(
            listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
    HttpServer server;
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (BindException e) {
      throw new IOException("the address " + listen + " is in use; set http.listen to another", e);
    }
    server.createContext("/healthz", exchange -> word(exchange, health.alive()));
    server.createContext("/readyz", exchange -> word(exchange, health.ready()));
    server.createContext("/metrics", exchange -> send(exchange, 200, health.metrics()));
    handlers.forEach(server::createContext);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return new HttpFace(server);
  }

  /** The port that was bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void word(HttpExchange exchange, boolean good) throws IOException {
    send(exchange, good ? 200 : 503, good ? "ok\n" : "not yet\n");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
