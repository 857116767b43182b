package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Refusal.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Custom resources against the structural schema of their definition: unknown fields are dropped,
 * wrong values refused. Source: Kubernetes documentation, CustomResourceDefinitions.
 */
final class CustomRules {
  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
  private static final List<String> EVERYWHERE = List.of("apiVersion", "kind", "metadata");

  private CustomRules() {}

  /** The schema of one version of a definition. */
  static JsonNode schema(JsonNode definition, String version) {
    for (var candidate : Tree.items(definition, "spec", "versions")) {
      if (Tree.text(candidate, "name").equals(version)) {
        return Tree.at(candidate, "schema", "openAPIV3Schema");
      }
    }
    return Tree.object();
  }

  /** Drops the fields that the schema does not know; answers their paths. */
  static List<String> prune(ObjectNode object, JsonNode schema) {
    var dropped = new ArrayList<String>();
    prune(object, schema, "", dropped);
    return dropped;
  }

  private static void prune(JsonNode node, JsonNode schema, String path, List<String> dropped) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        prune(node.get(i), schema.path("items"), path + "[" + i + "]", dropped);
      }
    } else if (node instanceof ObjectNode object && !schema.path(PRESERVE).asBoolean()) {
      var known = schema.path("properties");
      var any = schema.path("additionalProperties");
      var unknown = new ArrayList<String>();
      for (var field : object.properties()) {
        var name = field.getKey();
        boolean root = path.isEmpty() && EVERYWHERE.contains(name);
        var below = known.has(name) ? known.path(name) : any;
        if (root) {
          continue;
        } else if (below.isObject()) {
          prune(field.getValue(), below, ListKeys.join(path, name), dropped);
        } else if (!any.asBoolean()) {
          unknown.add(name);
        }
      }
      unknown.forEach(n -> dropped.add(ListKeys.join(path, n)));
      object.remove(unknown);
    }
  }

  static void check(ObjectNode object, JsonNode schema, List<Cause> causes) {
    check(object, schema, "", causes);
  }

  private static void check(JsonNode node, JsonNode schema, String path, List<Cause> causes) {
    if (node.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    if (!typed(node, schema)) {
      var type = Tree.text(schema, "type");
      causes.add(
          Cause.invalid(
              path,
              node.toString(),
              "%s in body must be of type %s"
                  .formatted(path, type.isEmpty() ? "integer or string" : type)));
      return;
    }
    values(node, schema, path, causes);
    for (var name : Tree.items(schema, "required")) {
      if (node.isObject() && !node.has(name.asText())) {
        causes.add(Cause.required(ListKeys.join(path, name.asText()), ""));
      }
    }
    if (node.isObject()) {
      fields(node, schema, path, causes);
    } else if (node.isArray()) {
      if (node.size() < schema.path("minItems").asInt()) {
        causes.add(Cause.invalid(path, Integer.toString(node.size()), "has too few items"));
      }
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), schema.path("items"), path + "[" + i + "]", causes);
      }
    }
  }

  private static void fields(JsonNode node, JsonNode schema, String path, List<Cause> causes) {
    for (var field : node.properties()) {
      var name = field.getKey();
      var known = schema.path("properties").path(name);
      var below = known.isMissingNode() ? schema.path("additionalProperties") : known;
      boolean root = path.isEmpty() && EVERYWHERE.contains(name);
      if (!root && below.isObject()) {
        check(field.getValue(), below, ListKeys.join(path, name), causes);
      }
    }
  }

  private static boolean typed(JsonNode node, JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return node.isIntegralNumber() || node.isTextual();
    }
    return switch (Tree.text(schema, "type")) {
      case "object" -> node.isObject();
      case "array" -> node.isArray();
      case "string" -> node.isTextual();
      case "integer" -> node.isIntegralNumber();
      case "number" -> node.isNumber();
      case "boolean" -> node.isBoolean();
      default -> true;
    };
  }

  private static void values(JsonNode node, JsonNode schema, String path, List<Cause> causes) {
    var allowed = Tree.items(schema, "enum");
    if (!allowed.isEmpty() && !allowed.contains(node)) {
      var names = allowed.stream().map(JsonNode::asText).toList();
      causes.add(Cause.unsupported(path, node.asText(), names));
    }
    var pattern = Tree.text(schema, "pattern");
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(node.asText()).find()) {
      causes.add(
          Cause.invalid(
              path, node.toString(), "%s in body should match '%s'".formatted(path, pattern)));
    }
    boolean low = schema.has("minimum") && node.asDouble() < schema.path("minimum").asDouble();
    boolean high = schema.has("maximum") && node.asDouble() > schema.path("maximum").asDouble();
    boolean brief = node.isTextual() && node.asText().length() < schema.path("minLength").asInt();
    boolean lengthy =
        schema.has("maxLength") && node.asText().length() > schema.path("maxLength").asInt();
    if (low || high || brief || lengthy) {
      causes.add(Cause.invalid(path, node.toString(), path + " in body is out of bounds"));
    }
  }
}
