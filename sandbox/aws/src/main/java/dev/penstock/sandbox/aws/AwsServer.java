package dev.penstock.sandbox.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.sandbox.aws.wire.Wire;
import dev.penstock.sandbox.aws.wire.Wire.HttpAnswer;
import dev.penstock.sandbox.aws.wire.Wire.HttpCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The simulator over HTTP: one port of 127.0.0.1 for all services, for SDKs and the AWS CLI. Calls
 * are carried out one after another; their latencies pass side by side.
 */
public final class AwsServer implements AutoCloseable {
  /** How the server lets time pass; given by whoever starts it. */
  @FunctionalInterface
  public interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  private static final int BACKLOG = 1024;

  private final AwsSimulator aws;
  private final Pause pause;
  private final HttpServer server;
  private final ExecutorService threads;
  private final ReentrantLock turn = new ReentrantLock();

  private AwsServer(AwsSimulator aws, Pause pause, HttpServer server, ExecutorService threads) {
    this.aws = aws;
    this.pause = pause;
    this.server = server;
    this.threads = threads;
  }

  /** Starts the server; port 0 takes a free one. */
  public static AwsServer start(AwsSimulator aws, int port, Pause pause) throws IOException {
    // Read once by the JDK's server: surplus idle connections would be closed under the SDK's pool.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    var http = HttpServer.create(address, BACKLOG);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var server = new AwsServer(aws, pause, http, threads);
    http.setExecutor(threads);
    http.createContext("/", server::serve);
    http.createContext(AdminPages.PATH, server::administer);
    http.start();
    return server;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What clients take as their endpoint. */
  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  /** Runs something while no call is carried out: the simulator belongs to one thread at a time. */
  public <T> T exclusively(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = call(exchange);
      var service = Wire.serviceOf(call);
      Answer answer;
      try {
        var meaning = Wire.read(call);
        service = meaning.service();
        var agent = call.headers().getOrDefault("user-agent", "");
        answer =
            exclusively(() ->
                aws.call(
                    aws.caller(meaning.accessKeyId(), meaning.region(), agent), meaning.request()));
      } catch (AwsError error) {
        answer = new Answer.Refused(error, "unreadable", Duration.ZERO);
      }
      pass(answer.latency());
      send(exchange, service, answer);
    }
  }

  private void send(HttpExchange exchange, AwsService service, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Given(var response, var id, _) ->
          send(exchange, Wire.write(service, response, id));
      case Answer.Refused(var error, var id, _) -> send(exchange, Wire.refuse(service, error, id));
      case Answer.Lost(_, _) -> {
        // Closing without a status line breaks the connection, as a lost answer does.
      }
    }
  }

  private void administer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = call(exchange);
      send(exchange, exclusively(() -> new AdminPages(aws).answer(call)));
    }
  }

  private void pass(Duration latency) {
    if (latency.isZero()) {
      return;
    }
    try {
      pause.sleep(latency);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpCall call(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    var uri = exchange.getRequestURI();
    var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return new HttpCall(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        query,
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  private static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
