package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Label and field selectors, as the query parameters and as the objects write them. */
public final class Selector {
  private static final Pattern SET =
      Pattern.compile("([^\\s!=,()]+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUAL = Pattern.compile("([^\\s!=,()]+)\\s*(==|=|!=)\\s*([^\\s,]*)");
  private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([^\\s!=,()]+)");
  private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "pods",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.podIPs",
              "status.nominatedNodeName"),
          "events",
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "source",
              "type"),
          "secrets",
          Set.of("type"),
          "namespaces",
          Set.of("status.phase"),
          "nodes",
          Set.of("spec.unschedulable"),
          "replicasets.apps",
          Set.of("status.replicas"));

  private Selector() {}

  /** {@code labelSelector=}. Empty selects everything. */
  public static Predicate<JsonNode> labels(String expression) {
    Predicate<JsonNode> all = _ -> true;
    for (var term : COMMA.split(expression)) {
      if (!term.isBlank()) {
        all = all.and(labelTerm(term.strip()));
      }
    }
    return all;
  }

  private static Predicate<JsonNode> labelTerm(String term) {
    var set = SET.matcher(term);
    if (set.matches()) {
      var values = new TreeSet<String>();
      for (var value : set.group(3).split(",")) {
        values.add(value.strip());
      }
      return labelIn(set.group(1), values, set.group(2).equals("in"));
    }
    var equal = EQUAL.matcher(term);
    if (equal.matches()) {
      return labelIn(equal.group(1), Set.of(equal.group(3)), !equal.group(2).equals("!="));
    }
    var exists = EXISTS.matcher(term);
    if (exists.matches()) {
      boolean wanted = exists.group(1).isEmpty();
      return object -> label(object, exists.group(2)).isMissingNode() != wanted;
    }
    throw Refusal.badRequest("unable to parse requirement: " + term);
  }

  private static Predicate<JsonNode> labelIn(String key, Set<String> values, boolean wanted) {
    return object -> {
      var label = label(object, key);
      boolean in = !label.isMissingNode() && values.contains(label.asText());
      return in == wanted;
    };
  }

  private static JsonNode label(JsonNode object, String key) {
    return Tree.at(object, "metadata", "labels", key);
  }

  /** {@code fieldSelector=}: only the fields that a real server indexes for the resource. */
  public static Predicate<JsonNode> fields(String resource, String expression) {
    Predicate<JsonNode> all = _ -> true;
    for (var term : expression.split(",")) {
      if (!term.isBlank()) {
        var equal = EQUAL.matcher(term.strip());
        if (!equal.matches()) {
          throw Refusal.badRequest("invalid selector: '" + term + "'; can't understand it");
        }
        all = all.and(fieldTerm(resource, equal.group(1), equal.group(3), equal.group(2)));
      }
    }
    return all;
  }

  private static Predicate<JsonNode> fieldTerm(
      String resource, String field, String value, String operator) {
    boolean known =
        field.equals("metadata.name")
            || field.equals("metadata.namespace")
            || FIELDS.getOrDefault(resource, Set.of()).contains(field);
    if (!known) {
      throw Refusal.badRequest("field label not supported: " + field);
    }
    var path = field.equals("source") ? new String[] {"source", "component"} : field.split("\\.");
    boolean wanted = !operator.equals("!=");
    return object -> {
      var found = Tree.text(object, path);
      var text = found.isEmpty() && field.equals("spec.unschedulable") ? "false" : found;
      return text.equals(value) == wanted;
    };
  }

  /**
   * A {@code LabelSelector} object: matchLabels and matchExpressions. An empty one selects
   * everything, an absent one nothing.
   */
  public static Predicate<JsonNode> of(JsonNode selector) {
    if (selector.isMissingNode() || selector.isNull()) {
      return _ -> false;
    }
    Predicate<JsonNode> all = plain(Tree.texts(selector, "matchLabels"));
    for (var expression : Tree.items(selector, "matchExpressions")) {
      all = all.and(expression(expression));
    }
    return all;
  }

  private static Predicate<JsonNode> expression(JsonNode expression) {
    var key = Tree.text(expression, "key");
    var values = new TreeSet<String>();
    Tree.items(expression, "values").forEach(v -> values.add(v.asText()));
    return switch (Tree.text(expression, "operator")) {
      case "In" -> labelIn(key, values, true);
      case "NotIn" -> labelIn(key, values, false);
      case "Exists" -> object -> !label(object, key).isMissingNode();
      case "DoesNotExist" -> object -> label(object, key).isMissingNode();
      default -> _ -> false;
    };
  }

  /** Equality on every label of a map, as a Service selects. */
  public static Predicate<JsonNode> plain(Map<String, String> wanted) {
    Predicate<JsonNode> all = _ -> true;
    for (var term : wanted.entrySet()) {
      all = all.and(labelIn(term.getKey(), Set.of(term.getValue()), true));
    }
    return all;
  }
}
