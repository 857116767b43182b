package dev.penstock.cli.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.roles.OpenLog;
import dev.penstock.roles.StreamStage;
import dev.penstock.sandbox.broker.KafkaFixture;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.query.HttpFace;
import dev.penstock.streams.query.ScopeOwners;
import dev.penstock.streams.topology.Reconciler;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances of stream on a broker: each answers for all, and one without partitions waits. */
final class FleetIT {
  private static final Duration BOUND = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Scope> SCOPES =
      List.of(new Scope("111122223333", "us-east-1"), new Scope("111122223333", "us-west-2"));

  private final Connection connection =
      Connection.of(KafkaFixture.shared().bootstrapServers(), KafkaFixture.shared().registryUrl());
  private final Catalogue catalogue = new Catalogue(KafkaFixture.prefix(), 2, (short) 1);
  private final SchemaRegistry schemas = SchemaRegistry.open(connection);
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  /** An instance with its API. */
  private record Instance(Reconciler reconciler, HttpFace face) implements AutoCloseable {
    @Override
    public void close() {
      face.close();
      reconciler.close();
    }
  }

  private Instance start(String id, OpenLog log)
      throws LogFailed, IOException, InterruptedException {
    var address = "127.0.0.1:" + freePort();
    var instance = new StreamStage.Instance(id, address, 0, folder.resolve(id));
    var stage = StreamStage.start(log, instance, Clock.systemUTC());
    return new Instance(
        stage.reconciler(),
        HttpFace.start(
            address, new RoleFace(id, stage, () -> false), Map.of("/v1/", stage.api(Map.of()))));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private JsonNode ask(Instance instance, String target) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + instance.face().port() + target);
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return answer.statusCode() == 200
        ? JSON.readTree(answer.body())
        : JSON.createObjectNode().put("status", answer.statusCode());
  }

  private List<String> scopes(Instance instance) throws IOException, InterruptedException {
    var scopes = ask(instance, "/v1/scopes").path("scopes");
    return StreamSupport.stream(scopes.spliterator(), false)
        .map(scope -> scope.path("scope").asText())
        .sorted()
        .toList();
  }

  private static boolean shared(Instance instance) throws LogFailed {
    var owners = new ArrayList<>(instance.reconciler().owners().now().values());
    return owners.stream().filter(ScopeOwners.Here.class::isInstance).count() == 1
        && owners.stream().filter(ScopeOwners.There.class::isInstance).count() == 1;
  }

  /** Its one partition is read to the end, as /metrics tells. */
  private boolean caughtUp(Instance instance) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + instance.face().port() + "/metrics");
    var text = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return text.lines()
            .filter(line -> line.matches("penstock_events_lag\\{partition=\"[01]\"} 0"))
            .count()
        == 1;
  }

  @Test
  void whicheverOfTwoInstancesIsAskedAnswersForTheFleetAndAThirdIsReadyToTakeOver()
      throws Exception {
    new TopicSetup(connection, catalogue).create();
    schemas.registerAll(catalogue);
    try (var log = OpenLog.at(connection, catalogue)) {
      for (var scope : SCOPES) {
        log.registrations().register(scope);
        var settings = new PersonFact.ScopeSettingsChanged("ann", ScopeSettings.defaults());
        log.log().append(new Event(scope, scope + "|settings", settings));
      }
      try (var one = start("one", log);
          var two = start("two", log)) {
        var names = SCOPES.stream().map(Scope::toString).toList();
        var end = Instant.now().plus(BOUND);
        while (!shared(one) || !shared(two) || !names.equals(scopes(one))) {
          assertTrue(Instant.now().isBefore(end), "the scopes were never shared and answered");
          Thread.sleep(200);
        }
        assertEquals(names, scopes(two));
        while (!caughtUp(one) || !caughtUp(two)) {
          assertTrue(Instant.now().isBefore(end), "some partition was never read to its end");
          Thread.sleep(200);
        }
        var rows = ask(two, "/v1/rows?table=settings").path("rows");
        assertEquals(
            names.stream().map(name -> name + "|").toList(),
            Stream.of(rows.get(0), rows.get(1)).map(r -> r.path("key").asText()).sorted().toList());
        try (var three = start("three", log)) {
          while (!three.reconciler().ready()) {
            assertTrue(Instant.now().isBefore(end), "an instance without partitions is not ready");
            Thread.sleep(200);
          }
        }
      }
    }
  }
}
