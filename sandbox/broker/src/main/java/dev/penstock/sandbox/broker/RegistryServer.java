package dev.penstock.sandbox.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.sandbox.broker.RegistryFailure.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Schema Registry on HTTP, on loopback, that Confluent's client and other tools take for theirs.
 * Its state is the topic {@code _schemas} of the given Kafka: it survives a restart with it. One
 * instance at a time.
 */
public final class RegistryServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int BODY_BYTES = 4 << 20;

  private final HttpServer http;
  private final ExecutorService threads;
  private final SchemasLog log;

  private RegistryServer(HttpServer http, ExecutorService threads, SchemasLog log) {
    this.http = http;
    this.threads = threads;
    this.log = log;
  }

  /** Starts on a free port. */
  public static RegistryServer start(String bootstrapServers) throws StartFailed {
    return start(bootstrapServers, Ports.free());
  }

  /** Reads the topic and answers when it returns. */
  public static RegistryServer start(String bootstrapServers, int port) throws StartFailed {
    Ports.require(port, "schema registry port");
    var state = new RegistryState();
    SchemasLog log = SchemasLog.open(bootstrapServers, state);
    var routes = new RegistryRoutes(new Registry(state, log));
    try {
      var http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      http.setExecutor(threads);
      http.createContext("/", exchange -> handle(exchange, routes));
      http.start();
      return new RegistryServer(http, threads, log);
    } catch (IOException e) {
      log.close();
      throw new StartFailed(
          StartFailed.Fault.PORT_IN_USE, "the schema registry cannot use port " + port, e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdown();
    log.close();
  }

  private static void handle(HttpExchange exchange, RegistryRoutes routes) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES);
      try {
        JsonNode answer =
            routes.answer(exchange.getRequestMethod(), exchange.getRequestURI(), json(body));
        send(exchange, 200, answer);
      } catch (RegistryFailure e) {
        send(exchange, e.httpStatus(), error(e.code(), String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        LOG.error("request={} failed", exchange.getRequestURI(), e);
        send(exchange, 500, error(50001, String.valueOf(e.getMessage())));
      }
    }
  }

  private static JsonNode json(byte[] body) throws RegistryFailure {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException e) {
      throw new RegistryFailure(Fault.UNREADABLE_REQUEST, "the request is not JSON");
    }
  }

  private static JsonNode error(int code, String message) {
    return JSON.createObjectNode().put("error_code", code).put("message", message);
  }

  private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
