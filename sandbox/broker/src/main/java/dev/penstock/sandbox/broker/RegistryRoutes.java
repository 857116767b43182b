package dev.penstock.sandbox.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.broker.RegistryChange.Reference;
import dev.penstock.sandbox.broker.RegistryChange.Version;
import dev.penstock.sandbox.broker.RegistryFailure.Fault;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Confluent's REST paths over the {@link Registry}. Modes other than READWRITE are not offered. */
final class RegistryRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Registry registry;

  RegistryRoutes(Registry registry) {
    this.registry = registry;
  }

  /** One request, taken apart. */
  private record Request(
      String method, List<String> path, Map<String, String> query, JsonNode body) {
    boolean flag(String name) {
      return Boolean.parseBoolean(query.getOrDefault(name, "false"));
    }

    String segment(int index) {
      return path.get(index);
    }

    boolean is(String method, String... pattern) {
      if (!method.equals(this.method) || pattern.length != path.size()) {
        return false;
      }
      for (int i = 0; i < pattern.length; i++) {
        if (!pattern[i].equals("*") && !pattern[i].equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    String schema() {
      return body.path("schema").asText("");
    }

    List<Reference> references() {
      var references = new ArrayList<Reference>();
      for (JsonNode r : body.path("references")) {
        references.add(
            new Reference(
                r.path("name").asText(), r.path("subject").asText(), r.path("version").asInt()));
      }
      return references;
    }
  }

  JsonNode answer(String method, URI uri, JsonNode body) throws RegistryFailure {
    var request = new Request(method, path(uri), query(uri), body);
    return switch (request.path().isEmpty() ? "" : request.segment(0)) {
      case "" -> JSON.createObjectNode();
      case "subjects" -> subjects(request);
      case "schemas" -> schemas(request);
      case "compatibility" -> compatibility(request);
      case "config" -> config(request);
      case "mode" -> JSON.createObjectNode().put("mode", "READWRITE");
      case "contexts" -> texts(List.of("."));
      case "v1" -> JSON.createObjectNode().put("version", "7.9.5").put("commitId", "");
      default -> throw noSuch(request);
    };
  }

  private JsonNode subjects(Request r) throws RegistryFailure {
    boolean deleted = r.flag("deleted");
    if (r.is("GET", "subjects")) {
      String prefix = r.query().getOrDefault("subjectPrefix", "");
      return texts(registry.with(s -> s.subjects(prefix, deleted)));
    }
    if (r.is("POST", "subjects", "*")) {
      return full(
          registry.lookUp(r.segment(1), r.schema(), r.references(), r.flag("normalize"), deleted));
    }
    if (r.is("DELETE", "subjects", "*")) {
      return numbers(registry.deleteSubject(r.segment(1), r.flag("permanent")));
    }
    if (r.is("POST", "subjects", "*", "versions")) {
      return register(r);
    }
    if (r.is("GET", "subjects", "*", "versions")) {
      return numbers(versions(r.segment(1), deleted));
    }
    if (r.is("DELETE", "subjects", "*", "versions", "*")) {
      int deletedVersion = registry.deleteVersion(r.segment(1), r.segment(3), r.flag("permanent"));
      return JSON.getNodeFactory().numberNode(deletedVersion);
    }
    return version(r, deleted);
  }

  private JsonNode version(Request r, boolean deleted) throws RegistryFailure {
    if (r.is("GET", "subjects", "*", "versions", "*")) {
      return full(registry.with(s -> Registry.version(s, r.segment(1), r.segment(3), deleted)));
    }
    if (r.is("GET", "subjects", "*", "versions", "*", "schema")) {
      return raw(registry.with(s -> Registry.version(s, r.segment(1), r.segment(3), deleted)));
    }
    if (r.is("GET", "subjects", "*", "versions", "*", "referencedby")) {
      Version v = registry.with(s -> Registry.version(s, r.segment(1), r.segment(3), deleted));
      return numbers(registry.with(s -> referencing(s, v)));
    }
    throw noSuch(r);
  }

  private static List<Integer> referencing(RegistryState state, Version version) {
    return state
        .all()
        .filter(o ->
            o.references().stream()
                .anyMatch(
                    r -> r.subject().equals(version.subject()) && r.version() == version.version()))
        .map(Version::id)
        .toList();
  }

  private JsonNode register(Request r) throws RegistryFailure {
    String type = r.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new RegistryFailure(Fault.INVALID_SCHEMA, "Only AVRO is supported, not " + type);
    }
    Version v = registry.register(r.segment(1), r.schema(), r.references(), r.flag("normalize"));
    return described(v).put("version", v.version()).put("id", v.id());
  }

  private List<Integer> versions(String subject, boolean deleted) throws RegistryFailure {
    List<Version> versions = registry.with(s -> s.versions(subject, deleted));
    if (versions.isEmpty()) {
      throw Registry.noSubject(subject);
    }
    return versions.stream().map(Version::version).toList();
  }

  private JsonNode schemas(Request r) throws RegistryFailure {
    if (r.is("GET", "schemas", "types")) {
      return texts(List.of("AVRO"));
    }
    if (r.is("GET", "schemas")) {
      ArrayNode all = JSON.createArrayNode();
      registry.with(s -> s.all().filter(v -> !v.deleted()).toList()).forEach(v -> all.add(full(v)));
      return all;
    }
    if (!r.path().get(1).equals("ids") || r.path().size() < 3 || !r.method().equals("GET")) {
      throw noSuch(r);
    }
    List<Version> versions = withId(r.segment(2));
    Version first = versions.getFirst();
    if (r.path().size() == 3) {
      ObjectNode node = described(first);
      if (r.flag("fetchMaxId")) {
        node.put("maxId", registry.with(RegistryState::lastId));
      }
      return node;
    }
    return switch (r.segment(3)) {
      case "schema" -> raw(first);
      case "subjects" -> texts(versions.stream().map(Version::subject).distinct().toList());
      case "versions" -> pairs(versions);
      default -> throw noSuch(r);
    };
  }

  private List<Version> withId(String id) throws RegistryFailure {
    List<Version> versions =
        id.matches("[0-9]{1,9}") ? registry.with(s -> s.withId(Integer.parseInt(id))) : List.of();
    if (versions.isEmpty()) {
      throw new RegistryFailure(Fault.SCHEMA_NOT_FOUND, "Schema " + id + " not found");
    }
    return versions;
  }

  private JsonNode compatibility(Request r) throws RegistryFailure {
    boolean one = r.is("POST", "compatibility", "subjects", "*", "versions", "*");
    if (!one && !r.is("POST", "compatibility", "subjects", "*", "versions")) {
      throw noSuch(r);
    }
    Optional<String> version = one ? Optional.of(r.segment(4)) : Optional.empty();
    List<String> messages =
        registry.testCompatibility(r.segment(2), version, r.schema(), r.references());
    ObjectNode node = JSON.createObjectNode().put("is_compatible", messages.isEmpty());
    if (r.flag("verbose")) {
      node.set("messages", texts(messages));
    }
    return node;
  }

  private JsonNode config(Request r) throws RegistryFailure {
    Optional<String> subject = r.path().size() == 2 ? Optional.of(r.segment(1)) : Optional.empty();
    return switch (r.method()) {
      case "GET" -> JSON.createObjectNode().put("compatibilityLevel", level(r, subject));
      case "PUT" -> {
        String level = r.body().path("compatibility").asText("");
        registry.setLevel(subject, level);
        yield JSON.createObjectNode().put("compatibility", level);
      }
      case "DELETE" ->
          JSON.createObjectNode().put("compatibilityLevel", registry.dropLevel(subject));
      default -> throw new RegistryFailure(Fault.METHOD_NOT_ALLOWED, "HTTP 405 " + r.method());
    };
  }

  private String level(Request r, Optional<String> subject) throws RegistryFailure {
    if (subject.isEmpty()) {
      return registry.with(RegistryState::defaultLevel);
    }
    if (r.flag("defaultToGlobal")) {
      return registry.with(s -> s.level(subject.get()));
    }
    return registry
        .with(s -> s.ownLevel(subject.get()))
        .orElseThrow(() ->
            new RegistryFailure(
                Fault.LEVEL_NOT_CONFIGURED,
                "Subject '"
                    + subject.get()
                    + "' does not have subject-level compatibility configured"));
  }

  private static ObjectNode full(Version v) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("subject", v.subject())
            .put("version", v.version())
            .put("id", v.id());
    node.setAll(described(v));
    return node;
  }

  private static ObjectNode described(Version v) {
    ObjectNode node = JSON.createObjectNode().put("schema", v.schema());
    if (!v.references().isEmpty()) {
      ArrayNode array = node.putArray("references");
      v.references()
          .forEach(r ->
              array
                  .addObject()
                  .put("name", r.name())
                  .put("subject", r.subject())
                  .put("version", r.version()));
    }
    return node;
  }

  private static JsonNode raw(Version v) throws RegistryFailure {
    try {
      return JSON.readTree(v.schema());
    } catch (JsonProcessingException e) {
      throw new RegistryFailure(Fault.INVALID_SCHEMA, "not JSON: " + v.schema());
    }
  }

  private static JsonNode pairs(List<Version> versions) {
    ArrayNode array = JSON.createArrayNode();
    versions.forEach(
        v -> array.addObject().put("subject", v.subject()).put("version", v.version()));
    return array;
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = JSON.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static ArrayNode numbers(Collection<Integer> numbers) {
    ArrayNode array = JSON.createArrayNode();
    numbers.forEach(array::add);
    return array;
  }

  private static RegistryFailure noSuch(Request r) {
    return new RegistryFailure(
        Fault.NO_SUCH_RESOURCE, "HTTP 404 Not Found: " + r.method() + " " + r.path());
  }

  private static List<String> path(URI uri) {
    return Arrays.stream(uri.getRawPath().split("/"))
        .filter(s -> !s.isEmpty())
        .map(s -> URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  private static Map<String, String> query(URI uri) {
    var query = new TreeMap<String, String>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return query;
  }
}
