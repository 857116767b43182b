package dev.penstock.sandbox.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.broker.RegistryChange.LevelGone;
import dev.penstock.sandbox.broker.RegistryChange.LevelSet;
import dev.penstock.sandbox.broker.RegistryChange.Reference;
import dev.penstock.sandbox.broker.RegistryChange.SubjectHidden;
import dev.penstock.sandbox.broker.RegistryChange.Version;
import dev.penstock.sandbox.broker.RegistryChange.VersionGone;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of {@code _schemas} in the layout of Confluent's registry, so that a real one can
 * take the topic over.
 */
final class SchemasTopic {
  static final String NAME = "_schemas";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One Kafka record; a value of null is a tombstone. */
  record Entry(String key, @Nullable String value) {}

  private SchemasTopic() {}

  static Entry write(RegistryChange change) {
    return switch (change) {
      case Version v -> new Entry(schemaKey(v.subject(), v.version()), value(v).toString());
      case VersionGone(var subject, var version) -> new Entry(schemaKey(subject, version), null);
      case SubjectHidden(var subject, var upTo) ->
          new Entry(
              key("DELETE_SUBJECT").put("subject", subject).put("magic", 0).toString(),
              JSON.createObjectNode().put("subject", subject).put("version", upTo).toString());
      case LevelSet(var subject, var level) ->
          new Entry(
              levelKey(subject),
              JSON.createObjectNode().put("compatibilityLevel", level).toString());
      case LevelGone(var subject) -> new Entry(levelKey(subject), null);
    };
  }

  /** Empty for records that this registry has no use for (NOOP, MODE, CONTEXT, …). */
  static Optional<RegistryChange> read(Entry entry) throws JsonProcessingException {
    JsonNode key = JSON.readTree(entry.key());
    String subject = key.path("subject").asText("");
    return switch (key.path("keytype").asText()) {
      case "SCHEMA" -> Optional.of(schema(subject, key.path("version").asInt(), entry.value()));
      case "DELETE_SUBJECT" ->
          entry.value() == null
              ? Optional.empty()
              : Optional.of(
                  new SubjectHidden(subject, JSON.readTree(entry.value()).path("version").asInt()));
      case "CONFIG" -> Optional.of(level(key, entry.value()));
      default -> Optional.empty();
    };
  }

  private static RegistryChange schema(String subject, int version, @Nullable String value)
      throws JsonProcessingException {
    if (value == null) {
      return new VersionGone(subject, version);
    }
    JsonNode v = JSON.readTree(value);
    var references = new ArrayList<Reference>();
    for (JsonNode r : v.path("references")) {
      references.add(
          new Reference(
              r.path("name").asText(), r.path("subject").asText(), r.path("version").asInt()));
    }
    return new Version(
        subject,
        version,
        v.path("id").asInt(),
        v.path("schema").asText(),
        references,
        v.path("deleted").asBoolean());
  }

  private static RegistryChange level(JsonNode key, @Nullable String value)
      throws JsonProcessingException {
    Optional<String> subject = Optional.ofNullable(key.path("subject").textValue());
    return value == null
        ? new LevelGone(subject)
        : new LevelSet(subject, JSON.readTree(value).path("compatibilityLevel").asText());
  }

  private static ObjectNode value(Version v) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("subject", v.subject())
            .put("version", v.version())
            .put("id", v.id());
    if (!v.references().isEmpty()) {
      var array = node.putArray("references");
      v.references()
          .forEach(r ->
              array
                  .addObject()
                  .put("name", r.name())
                  .put("subject", r.subject())
                  .put("version", r.version()));
    }
    return node.put("schema", v.schema()).put("deleted", v.deleted());
  }

  private static String schemaKey(String subject, int version) {
    return key("SCHEMA").put("subject", subject).put("version", version).put("magic", 1).toString();
  }

  private static String levelKey(Optional<String> subject) {
    return key("CONFIG").put("subject", subject.orElse(null)).put("magic", 0).toString();
  }

  private static ObjectNode key(String type) {
    return JSON.createObjectNode().put("keytype", type);
  }
}
