package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster's API on 127.0.0.1, without TLS; any bearer token will do. Faults are set under {@code
 * /_penstock/}.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int BACKLOG = 1024;

  static {
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final LiveCluster live;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Tables tables;
  private final Admin admin;

  private ApiServer(LiveCluster live, int port) throws IOException {
    this.live = live;
    this.tables = new Tables(live.clock(), k -> live.turn(c -> columns(c, k)));
    this.admin = new Admin(live);
    var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    this.server = HttpServer.create(address, BACKLOG);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
  }

  /** Serves the cluster on a port, 0 for any free one. */
  public static ApiServer start(LiveCluster live, int port) throws IOException {
    var api = new ApiServer(live, port);
    api.server.start();
    return api;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What fails without an answer closes the connection. */
  private void handle(HttpExchange exchange) {
    try (exchange) {
      var request = Request.read(exchange);
      try {
        serve(exchange, request);
      } catch (Refusal refusal) {
        send(exchange, Answer.of(refusal));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    } catch (IOException e) {
      LOG.debug("client went away: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("path={} request failed", exchange.getRequestURI(), e);
    }
  }

  private void serve(HttpExchange exchange, Request request)
      throws IOException, InterruptedException {
    var path = request.path();
    if (!path.isEmpty() && path.getFirst().equals("_penstock")) {
      send(exchange, admin.answer(request));
      return;
    }
    boolean resource = isResource(request);
    var target =
        resource
            ? Optional.of(live.turn(c -> RequestTarget.parse(path, c.api().kinds())))
            : Optional.<RequestTarget>empty();
    var verb = target.map(t -> Resources.verb(request, t)).orElse("get");
    var name = target.map(t -> t.kind().resource()).orElse("");
    var effect = live.turn(c -> c.faults().onRequest(verb, name));
    if (effect.isPresent()) {
      switch (effect.get()) {
        case ClusterFaults.Effect.Answer answer -> throw ClusterFaults.refusal(answer, verb, name);
        case ClusterFaults.Effect.Slow slow -> live.pause(slow.delay());
        case ClusterFaults.Effect.Drop drop -> {
          if (drop.served() && target.isPresent() && !verb.equals("watch")) {
            live.turn(c -> resources(c).answer(request, target.get()));
          }
          throw new IOException("injected fault: connection dropped");
        }
        case ClusterFaults.Effect.LoseEvent _ -> {}
      }
    }
    if (target.isEmpty()) {
      send(exchange, live.turn(c -> documents(c, request)));
    } else if (verb.equals("watch")) {
      watch(exchange, request, target.get());
    } else {
      send(exchange, live.turn(c -> resources(c).answer(request, target.get())));
    }
  }

  private static boolean isResource(Request request) {
    var path = request.path();
    if (path.isEmpty()) {
      return false;
    }
    return switch (path.getFirst()) {
      case "api" -> path.size() > 2;
      case "apis" -> path.size() > 3;
      default -> false;
    };
  }

  private Resources resources(SimulatedCluster cluster) {
    return new Resources(cluster.api(), tables);
  }

  private static List<Column> columns(SimulatedCluster cluster, Kind kind) {
    var definition = cluster.api().get(Kinds.CUSTOM_RESOURCE_DEFINITION, "", kind.resource());
    for (var version : Tree.items(definition, "spec", "versions")) {
      if (Tree.text(version, "name").equals(kind.version())) {
        return Tables.printed(version);
      }
    }
    return Tables.printed(Tree.object());
  }

  private static Answer documents(SimulatedCluster cluster, Request request) {
    var root = request.path().isEmpty() ? "" : request.path().getFirst();
    return switch (root) {
      case "api", "apis" -> new Discovery(cluster.api().kinds()).answer(request);
      case "openapi" -> new OpenApi(cluster.api().kinds()).answer(request);
      case "version" -> Version.answer();
      case "readyz", "livez", "healthz" -> Answer.text("ok");
      default -> throw Refusal.unknownPath();
    };
  }

  private void watch(HttpExchange exchange, Request request, RequestTarget target)
      throws IOException, InterruptedException {
    UnaryOperator<ObjectNode> shape =
        Tables.wanted(request)
            ? o -> tables.table(target.kind(), o, request)
            : UnaryOperator.identity();
    var query = Resources.query(request, target);
    var watching = live.turn(c -> new Watching(live, c, target.kind(), query, request, shape));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (request.header("upgrade").equalsIgnoreCase("websocket")) {
      exchange.sendResponseHeaders(
          200, -1); // no web sockets here: clients then watch over plain HTTP
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    try (var out = exchange.getResponseBody()) {
      watching.stream(out);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    if (answer.code() == 429) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    boolean bare = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.code(), bare ? -1 : answer.body().length);
    if (!bare) {
      try (var out = exchange.getResponseBody()) {
        out.write(answer.body());
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
