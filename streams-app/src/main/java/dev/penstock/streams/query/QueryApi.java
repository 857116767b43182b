package dev.penstock.streams.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * The API of stream under {@code /v1/}: reads answer from the tables, writes of people become
 * records of the log. Every request needs a bearer token, which names the subject; without any
 * tokens configured only reads are answered.
 */
public final class QueryApi implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_BYTES = 1 << 20;

  private final Supplier<? extends Tables> tables;
  private final PeopleWrites writes;
  private final Map<String, String> tokens;

  /** Tokens by subject. */
  public QueryApi(
      Supplier<? extends Tables> tables, PeopleWrites writes, Map<String, String> tokens) {
    this.tables = tables;
    this.writes = writes;
    this.tokens = new TreeMap<>(tokens);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(MOST_BYTES);
      var answer = answer(exchange, body);
      var bytes = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    var subject = subject(exchange);
    if (subject.isEmpty() && !tokens.isEmpty()) {
      return Answer.refused(
          401, "who are you? set http.token to a token that http.tokens of stream knows");
    }
    try {
      var path = exchange.getRequestURI().getPath();
      return switch (exchange.getRequestMethod()) {
        case "GET" -> read(path, query(exchange));
        case "POST" -> write(path, subject, JSON.readTree(body));
        default -> Answer.refused(405, "GET or POST");
      };
    } catch (JsonProcessingException e) {
      return Answer.refused(400, "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return Answer.refused(400, "the request cannot be read: " + e.getMessage());
    } catch (InvalidStateStoreException _) {
      return Answer.refused(
          503, "the tables are moving between instances; ask again in a few seconds");
    } catch (RefusedException e) {
      return Answer.refused(e.status(), e.words());
    } catch (LogFailed e) {
      return Answer.refused(503, "the log did not take it: " + e.getMessage());
    }
  }

  private Answer write(String path, Optional<String> subject, JsonNode body)
      throws RefusedException, LogFailed {
    if (subject.isEmpty()) {
      return Answer.refused(403, "writes need a person: configure http.tokens of stream");
    }
    return Answer.ok(writes.write(tables.get(), path, subject.get(), body));
  }

  private Answer read(String path, Map<String, String> query) throws RefusedException {
    var now = tables.get();
    return switch (path) {
      case "/v1/explain" -> Answer.ok(Explain.of(now, required(query, "subject")));
      case "/v1/holds" -> Answer.ok(new Holds(holds(now)));
      case "/v1/clusters" -> Answer.ok(new Clusters(clusters(now)));
      case "/v1/scopes" -> Answer.ok(new Scopes(scopes(now)));
      case "/v1/rows" ->
          Answer.ok(
              new Rows(rows(now, required(query, "table"), query.getOrDefault("prefix", ""))));
      default -> Answer.refused(404, "no such path: " + path);
    };
  }

  record Holds(List<HoldRow> holds) {}

  record Clusters(List<ClusterRow> clusters) {}

  record Scopes(List<ScopeState> scopes) {}

  record ScopeState(String scope, ChainRow chain) {}

  record Rows(List<KeyedRow> rows) {}

  record KeyedRow(String key, Row row) {}

  private static List<HoldRow> holds(Tables now) {
    return now.scan(Table.HOLDS, "").stream()
        .map(Tables.Entry::row)
        .filter(h -> !h.approved())
        .toList();
  }

  private static List<ClusterRow> clusters(Tables now) {
    return now.scan(Table.CLUSTERS, "").stream().map(Tables.Entry::row).toList();
  }

  private static List<ScopeState> scopes(Tables now) {
    return now.scan(Table.CHAIN, "").stream()
        .map(e -> new ScopeState(e.key().substring(0, e.key().indexOf('|')), e.row()))
        .toList();
  }

  private static List<KeyedRow> rows(Tables now, String table, String prefix)
      throws RefusedException {
    try {
      return now.scan(Table.named(table), prefix, MOST_ROWS).stream()
          .map(e -> new KeyedRow(e.key(), e.row()))
          .toList();
    } catch (IllegalArgumentException _) {
      var names = Table.all().stream().map(Table::name).toList();
      throw new RefusedException(404, "no such table: " + table + "; there are " + names);
    }
  }

  private static String required(Map<String, String> query, String name) throws RefusedException {
    var value = query.get(name);
    if (value == null || value.isEmpty()) {
      throw new RefusedException(400, "the parameter " + name + " is missing");
    }
    return value;
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var result = new TreeMap<String, String>();
    var raw = exchange.getRequestURI().getRawQuery();
    if (raw == null) {
      return result;
    }
    for (var pair : raw.split("&")) {
      var cut = pair.indexOf('=');
      if (cut > 0) {
        result.put(decode(pair.substring(0, cut)), decode(pair.substring(cut + 1)));
      }
    }
    return result;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Who sends this token, compared in constant time. */
  private Optional<String> subject(HttpExchange exchange) {
    var header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith("Bearer ")) {
      return Optional.empty();
    }
    var given = header.substring("Bearer ".length()).getBytes(StandardCharsets.UTF_8);
    return tokens.entrySet().stream()
        .filter(e -> MessageDigest.isEqual(given, e.getValue().getBytes(StandardCharsets.UTF_8)))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
