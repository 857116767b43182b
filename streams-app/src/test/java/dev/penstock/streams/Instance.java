package dev.penstock.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.Registrations;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.settings.RegistryEntry.ScopeEntry;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.query.HttpFace;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.query.QueryApi;
import dev.penstock.streams.query.ScopeOwners;
import dev.penstock.streams.query.ScopeOwners.Here;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One instance of stream as people see it: its API on HTTP, over the tables it is given. */
final class Instance implements AutoCloseable {
  static final String TOKEN = "token-of-ann";
  static final Map<String, String> TOKENS = Map.of("ann", TOKEN);

  /** This one instance has all scopes. */
  static final ScopeOwners ALONE =
      () -> new TreeMap<>(Map.of(Facts.REGION, new Here(), Facts.DNS, new Here()));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpFace face;
  private final HttpClient http = HttpClient.newHttpClient();

  /** What the API answered. */
  record Reply(int status, JsonNode body) {
    String message() {
      return body.path("message").asText();
    }
  }

  /** penstock.registry in memory; a registered scope has its log. */
  static final class Registry implements PeopleWrites.Registrar {
    private final MemoryLog log;
    private final TreeMap<String, RegistryEntry> entries = new TreeMap<>();

    Registry(MemoryLog log) {
      this.log = log;
    }

    @Override
    public Registrations now() {
      return new Registrations(entries);
    }

    @Override
    public void register(Scope scope) {
      log.register(scope);
      var entry = new ScopeEntry(scope, 0);
      entries.put(Registrations.key(entry), entry);
    }

    @Override
    public void put(ClusterEntry entry) {
      entries.put(Registrations.key(entry), entry);
    }
  }

  /** How the instance does, for whoever asks. */
  record Doing(boolean alive, boolean ready, String metrics) implements HttpFace.Health {}

  private Instance(HttpFace face) {
    this.face = face;
  }

  static Instance start(
      Supplier<? extends Tables> tables,
      PeopleWrites writes,
      ScopeOwners owners,
      Map<String, String> tokens)
      throws IOException {
    var api = new QueryApi(tables, writes, owners, tokens);
    return new Instance(
        HttpFace.start("127.0.0.1:0", new Doing(true, true, ""), Map.of("/v1/", api)));
  }

  /** The part of the tables that an instance has which holds only this scope. */
  static MemoryTables part(Tables all, Scope scope) {
    var part = new MemoryTables();
    Table.all().forEach(table -> copy(all, scope, table, part));
    return part;
  }

  private static <R extends Row> void copy(
      Tables all, Scope scope, Table<R> table, MemoryTables part) {
    all.scan(table, scope + "|").forEach(entry -> part.put(table, entry.key(), entry.row()));
  }

  String address() {
    return "127.0.0.1:" + face.port();
  }

  Reply get(String target) throws IOException, InterruptedException {
    return send(request(target).header("Authorization", "Bearer " + TOKEN).GET());
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create("http://" + address() + target));
  }

  Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
  }

  @Override
  public void close() {
    face.close();
  }
}
