package dev.penstock.streams.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.preview.ClusterPlan;
import dev.penstock.streams.preview.Obstacles;
import dev.penstock.streams.query.NameRecords.NameRecord;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * The API of stream under {@code /v1/}: reads answer from the tables of all instances, writes of
 * people become records of the log. Every request needs a bearer token, which names the subject and
 * is the same on every instance; without any tokens configured only reads are answered.
 */
public final class QueryApi implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_BYTES = 1 << 20;

  private final Supplier<? extends Tables> tables;
  private final PeopleWrites writes;
  private final Fleet fleet;
  private final Map<String, String> tokens;

  /** Tokens by subject. */
  public QueryApi(
      Supplier<? extends Tables> tables,
      PeopleWrites writes,
      ScopeOwners owners,
      Map<String, String> tokens) {
    this.tables = tables;
    this.writes = writes;
    this.fleet = new Fleet(owners);
    this.tokens = new TreeMap<>(tokens);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
      var answer =
          body.length > MOST_BYTES
              ? Answer.refused(413, "a request has at most " + MOST_BYTES + " bytes")
              : answer(Question.of(exchange), body);
      var bytes = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer answer(Question question, byte[] body) {
    var subject = question.token().flatMap(this::subject);
    if (subject.isEmpty() && !tokens.isEmpty()) {
      return Answer.refused(
          401, "who are you? set http.token to a token that http.tokens of stream knows");
    }
    try {
      return switch (question.method()) {
        case "GET" -> new Answer(200, read(question).toString());
        case "POST" -> write(question, subject, body);
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
      var next = e.fault() == LogFailed.Fault.UNREACHABLE ? "; say it again" : "";
      return Answer.refused(503, "the log did not take it: " + e.getMessage() + next);
    }
  }

  private Answer write(Question question, Optional<String> subject, byte[] body)
      throws RefusedException, LogFailed, IOException {
    if (subject.isEmpty()) {
      return Answer.refused(403, "writes need a person: configure http.tokens of stream");
    }
    var words = JSON.readTree(body);
    return Answer.ok(
        switch (question.path()) {
          case "/v1/approve" -> approve(question, subject.get(), words);
          case "/v1/pause" -> pause(question, subject.get(), PauseWish.of(words, true));
          case "/v1/resume" -> pause(question, subject.get(), PauseWish.of(words, false));
          case "/v1/clusters" -> register(question, subject.get(), words);
          case "/v1/clusters/mode" -> mode(question, subject.get(), words);
          default -> writes.write(question.path(), subject.get(), words);
        });
  }

  private PeopleWrites.Taken pause(Question question, String subject, PauseWish wish)
      throws RefusedException, LogFailed {
    var called = Map.of("kind", wish.kind().text(), "name", wish.name());
    var places = fleet.gather(question.reading("/v1/pausable", called), this::own);
    return writes.pause(subject, wish, convert(places, PausePlaces.class));
  }

  private PeopleWrites.Taken register(Question question, String subject, JsonNode words)
      throws RefusedException, LogFailed {
    var joined = writes.joined(words);
    if (joined.isEmpty()) {
      return writes.register(subject, words, List.of());
    }
    var asked = Map.of("table", "pauses", "prefix", joined.get().home() + "|");
    var rows = fleet.gather(question.reading("/v1/rows", asked), this::own).path("rows");
    return writes.register(subject, words, StandingPauses.of(rows, joined.get().cluster()));
  }

  private PeopleWrites.Taken mode(Question question, String subject, JsonNode words)
      throws RefusedException, LogFailed {
    var cluster = PeopleWrites.text(words, "cluster");
    var mode = PeopleWrites.parse(PeopleWrites.text(words, "mode"));
    var asked = Map.of("cluster", cluster, "mode", mode.name());
    var found = fleet.gather(question.reading("/v1/obstacles", asked), this::own);
    var obstacles = convert(found, Obstacles.class).obstacles();
    if (!obstacles.isEmpty()) {
      var first = obstacles.getFirst();
      throw new RefusedException(
          409,
          "%s stays as it is: %s: %s%s"
              .formatted(
                  cluster,
                  first.subject(),
                  first.sentence(),
                  obstacles.size() == 1 ? "" : ", and " + (obstacles.size() - 1) + " more"));
    }
    return writes.write(question.path(), subject, words);
  }

  private PeopleWrites.Taken approve(Question question, String subject, JsonNode words)
      throws RefusedException, LogFailed {
    var hold = PeopleWrites.text(words, "hold");
    var rows = fleet.gather(question.reading("/v1/rows", Map.of("table", "holds")), this::own);
    for (var row : rows.path("rows")) {
      if (row.path("row").path("id").asText().equals(hold)) {
        return writes.approve(subject, RecordKeys.scope(row.path("key").asText()), hold);
      }
    }
    throw new RefusedException(404, "no hold " + hold + "; `penstock holds` lists them");
  }

  private ObjectNode read(Question question) throws RefusedException, LogFailed {
    if (question.path().equals("/v1/plan")) {
      writes.known(question.required("cluster"));
    }
    var all = fleet.gather(question, this::own);
    return question.path().equals("/v1/explain") && !question.forwarded()
        ? explained(question, all)
        : all;
  }

  /** The records of a host are held where its DNS scope is, not where its load balancer is. */
  private ObjectNode explained(Question question, ObjectNode all)
      throws RefusedException, LogFailed {
    var chain = convert(all, Explanation.class);
    var records = new ArrayList<NameRecord>();
    for (var host : NameRecords.hosts(chain)) {
      var names = fleet.gather(question.reading("/v1/names", Map.of("host", host)), this::own);
      for (var name : names.path("names")) {
        records.add(convert(name, NameRecord.class));
      }
    }
    return tree(NameRecords.filled(chain, records).told());
  }

  private ObjectNode own(Question question) throws RefusedException {
    var now = tables.get();
    return tree(
        switch (question.path()) {
          case "/v1/explain" -> Explain.part(now, question.required("subject"));
          case "/v1/names" -> new Names(NameRecords.of(now, question.required("host")));
          case "/v1/pausable" ->
              PausePlaces.of(
                  now, PauseWish.kind(question.required("kind")), question.required("name"));
          case "/v1/holds" -> new Holds(holds(now));
          case "/v1/clusters" -> new Clusters(clusters(now));
          case "/v1/scopes" -> new Scopes(scopes(now));
          case "/v1/plan" -> plan(now, question.required("cluster"));
          case "/v1/obstacles" ->
              Obstacles.of(
                  now, question.required("cluster"), PeopleWrites.parse(question.required("mode")));
          case "/v1/rows" -> new Rows(rows(now, question));
          default -> throw new RefusedException(404, "no such path: " + question.path());
        });
  }

  private static ObjectNode tree(Record answer) {
    try {
      return JSON.readValue(RecordJson.write(answer), ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what RecordJson writes is not JSON", e);
    }
  }

  private static <T> T convert(JsonNode answer, Class<T> type) throws RefusedException {
    try {
      return JSON.treeToValue(answer, type);
    } catch (JsonProcessingException e) {
      throw new RefusedException(
          503, "an instance of another version answers otherwise: " + e.getOriginalMessage());
    }
  }

  record Names(List<NameRecord> names) {}

  record Holds(List<HoldRow> holds) {}

  record Clusters(List<ClusterRow> clusters) {}

  record Scopes(List<ScopeState> scopes) {}

  record ScopeState(String scope, ChainRow chain) {}

  record Rows(List<KeyedRow> rows) {}

  record KeyedRow(String key, Row row) {}

  private static ClusterPlan plan(Tables now, String cluster) throws RefusedException {
    return ClusterPlan.of(now, cluster)
        .orElseThrow(() ->
            new RefusedException(503, "the tables change too fast to plan on them; ask again"));
  }

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
        .map(e -> new ScopeState(RecordKeys.scope(e.key()).toString(), e.row()))
        .toList();
  }

  private static List<KeyedRow> rows(Tables now, Question question) throws RefusedException {
    var table = question.required("table");
    var prefix = question.query().getOrDefault("prefix", "");
    try {
      return now.scan(Table.named(table), prefix, MOST_ROWS).stream()
          .map(e -> new KeyedRow(e.key(), e.row()))
          .toList();
    } catch (IllegalArgumentException _) {
      var names = Table.all().stream().map(Table::name).toList();
      throw new RefusedException(404, "no such table: " + table + "; there are " + names);
    }
  }

  /** Who sends this token, compared in constant time. */
  private Optional<String> subject(String token) {
    var given = token.getBytes(StandardCharsets.UTF_8);
    return tokens.entrySet().stream()
        .filter(e -> MessageDigest.isEqual(given, e.getValue().getBytes(StandardCharsets.UTF_8)))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
