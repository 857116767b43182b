package dev.penstock.edges.kubernetes.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code metadata} of every kind. Annotations are read where a decision can depend on them. */
final class MetadataTranslator {
  /** A copy of the whole object, which no decision reads. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private MetadataTranslator() {}

  static Metadata read(ObjectKind kind, Fields root) throws MalformedField {
    var metadata = root.child("metadata");
    return new Metadata(
        metadata.word("namespace"),
        metadata.text("name"),
        metadata.text("uid"),
        metadata.text("resourceVersion"),
        metadata.optionalNumber("generation").orElse(0L),
        metadata.wordMap("labels"),
        annotated(kind)
            ? metadata.wordMap("annotations", key -> !key.equals(LAST_APPLIED))
            : Map.of(),
        metadata.words("finalizers"),
        metadata.instant("creationTimestamp"),
        metadata.instant("deletionTimestamp"));
  }

  /** What can be read of a malformed object's metadata; the rest is as if absent. */
  static Metadata salvage(ObjectKind kind, JsonNode root) {
    var metadata = root.path("metadata");
    return new Metadata(
        text(metadata, "namespace"),
        text(metadata, "name"),
        text(metadata, "uid"),
        text(metadata, "resourceVersion"),
        metadata.path("generation").asLong(0),
        texts(metadata.path("labels")),
        annotated(kind) ? texts(metadata.path("annotations")) : Map.of(),
        list(metadata.path("finalizers")),
        instant(metadata, "creationTimestamp"),
        instant(metadata, "deletionTimestamp"));
  }

  /**
   * A Secret's annotations may repeat the secret; those of nodes, pods and slices only change
   * often.
   */
  private static boolean annotated(ObjectKind kind) {
    return switch (kind) {
      case INGRESS, INGRESS_CLASS, INGRESS_CLASS_PARAMS, SERVICE, NAMESPACE, TARGET_GROUP_BINDING ->
          true;
      case ENDPOINT_SLICE, NODE, POD, SECRET, CONFIG_MAP -> false;
    };
  }

  private static String text(JsonNode node, String name) {
    var value = node.path(name);
    return readable(value) ? value.textValue() : "";
  }

  private static Map<String, String> texts(JsonNode node) {
    var map = new TreeMap<String, String>();
    for (var entry : node.properties()) {
      if (readable(entry.getValue())
          && !entry.getKey().equals(LAST_APPLIED)
          && map.size() < Fields.MAX_ITEMS) {
        map.put(entry.getKey(), entry.getValue().textValue());
      }
    }
    return map;
  }

  private static List<String> list(JsonNode node) {
    var list = new ArrayList<String>();
    for (var element : node) {
      if (readable(element) && list.size() < Fields.MAX_ITEMS) {
        list.add(element.textValue());
      }
    }
    return List.copyOf(list);
  }

  private static Optional<Instant> instant(JsonNode node, String name) {
    try {
      return Fields.of(node, "", new Interner()).instant(name);
    } catch (MalformedField _) {
      return Optional.empty();
    }
  }

  private static boolean readable(JsonNode value) {
    return value.isTextual() && value.textValue().length() <= Fields.MAX_TEXT;
  }
}
