package dev.penstock.sandbox.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Confluent's own client against our registry. */
final class RegistryServerIT {
  private final String url = KafkaFixture.shared().registryUrl();
  private final String subject = KafkaFixture.prefix() + "orders/v 1+x-value";

  @Test
  void registeringTwiceGivesTheSameIdAndVersion() throws Exception {
    int id = client().register(subject, record("a"));
    assertEquals(id, client().register(subject, record("a")));
    assertEquals(List.of(1), client().getAllVersions(subject));
    assertEquals(1, client().getVersion(subject, record("a")));
    assertEquals(id, client().getId(subject, record("a")));
    assertEquals(record("a"), client().getSchemaById(id));
    assertTrue(client().getAllSubjects().contains(subject));
    assertTrue(client().getAllSubjectsById(id).contains(subject));
  }

  @Test
  void oneSchemaHasOneIdUnderManySubjects() throws Exception {
    int id = client().register(subject, record("a"));
    assertEquals(id, client().register(subject + "2", record("a")));
  }

  @Test
  void theDefaultIsFullTransitive() throws Exception {
    assertEquals("FULL_TRANSITIVE", client().getCompatibility(null));
    client().register(subject, record("a"));
    var failure =
        assertThrows(RestClientException.class, () -> client().register(subject, record("a", "b")));
    assertEquals(409, failure.getStatus());
    assertTrue(String.valueOf(failure.getMessage()).contains("READER_FIELD_MISSING_DEFAULT_VALUE"));
  }

  @Test
  void compatibilityIsToldInWordsWithoutRegistering() throws Exception {
    client().register(subject, record("a"));
    assertFalse(client().testCompatibility(subject, record("a", "b")));
    assertFalse(client().testCompatibilityVerbose(subject, record("a", "b")).isEmpty());
    assertTrue(client().testCompatibility(subject, record("a")));
    assertEquals(List.of(1), client().getAllVersions(subject));
  }

  @Test
  void aSubjectCanHaveItsOwnLevel() throws Exception {
    client().register(subject, record("a"));
    assertThrows(RestClientException.class, () -> client().getCompatibility(subject));
    client().updateCompatibility(subject, "NONE");
    assertEquals("NONE", client().getCompatibility(subject));
    client().register(subject, record("a", "b"));
    assertEquals(2, client().getLatestSchemaMetadata(subject).getVersion());
    client().deleteConfig(subject);
    assertThrows(RestClientException.class, () -> client().getCompatibility(subject));
  }

  @Test
  void whatIsMissingHasConfluentsCodes() {
    assertEquals(40401, code(() -> client().getAllVersions(subject)));
    assertEquals(40403, code(() -> client().getSchemaById(999_999)));
    assertEquals(42201, code(() -> client().register(subject, new Broken())));
    assertEquals(42203, code(() -> client().updateCompatibility(subject, "SOMETIMES")));
  }

  @Test
  void deletionHidesFirstAndRemovesWhenAskedAgain() throws Exception {
    int id = client().register(subject, record("gone"));
    assertEquals(40405, code(() -> client().deleteSubject(Map.of(), subject, true)));
    assertEquals(List.of(1), client().deleteSubject(subject));
    assertFalse(client().getAllSubjects().contains(subject));
    assertEquals(record("gone"), client().getSchemaById(id));
    assertEquals(List.of(1), client().deleteSubject(Map.of(), subject, true));
    assertEquals(40403, code(() -> client().getSchemaById(id)));
  }

  @Test
  void aSchemaMayBuildOnAnother() throws Exception {
    client().register(subject, record("a"));
    var reference = new SchemaReference("dev.penstock.test.R", subject, 1);
    var outer =
        new AvroSchema(
            "{\"type\":\"array\",\"items\":\"dev.penstock.test.R\"}",
            List.of(reference),
            Map.of(reference.getName(), record("a").canonicalString()),
            null);
    int id = client().register(subject + "-list", outer);
    assertEquals(List.of(reference), client().getSchemaById(id).references());
    assertEquals(42206, code(() -> client().deleteSubject(subject)));
  }

  @Test
  void aRestartedRegistryKnowsAll() throws Exception {
    int id = client().register(subject, record("a"));
    client().updateCompatibility(subject, "BACKWARD");
    try (var second = RegistryServer.start(KafkaFixture.shared().bootstrapServers())) {
      var client = new CachedSchemaRegistryClient(second.url(), 10);
      assertEquals(record("a"), client.getSchemaById(id));
      assertEquals("BACKWARD", client.getCompatibility(subject));
      assertEquals(id, client.register(subject, record("a")));
    }
  }

  @Test
  void unknownPathsAndBodiesAreAnsweredAsJson() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var lost = HttpRequest.newBuilder(URI.create(url + "/nothing/here")).build();
      assertEquals(404, http.send(lost, BodyHandlers.ofString()).statusCode());
      var bad =
          HttpRequest.newBuilder(URI.create(url + "/subjects/x/versions"))
              .POST(HttpRequest.BodyPublishers.ofString("{not json"))
              .build();
      assertEquals(400, http.send(bad, BodyHandlers.ofString()).statusCode());
      var root = HttpRequest.newBuilder(URI.create(url + "/")).build();
      assertEquals("{}", http.send(root, BodyHandlers.ofString()).body());
    }
  }

  private CachedSchemaRegistryClient client() {
    return new CachedSchemaRegistryClient(url, 10);
  }

  private static AvroSchema record(String... fields) {
    var list =
        List.of(fields).stream().map(f -> "{\"name\":\"" + f + "\",\"type\":\"int\"}").toList();
    return new AvroSchema(
        "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"dev.penstock.test\",\"fields\":["
            + String.join(",", list)
            + "]}");
  }

  private interface Call {
    Object get() throws Exception;
  }

  private static int code(Call call) {
    return assertThrows(RestClientException.class, call::get).getErrorCode();
  }

  /** Sends something that is no schema. */
  private static final class Broken extends AvroSchema {
    Broken() {
      super("\"int\"");
    }

    @Override
    public String canonicalString() {
      return "{\"type\":\"record\"}";
    }
  }
}
