package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may differ after a step, by rules of {@code plan/DIVERGENCES.md}. Each looks at both sides
 * and takes out what its rule alone decides.
 */
final class Excuses {
  /** A rule keeps its number, and LBC's tag of a rule is its number. */
  static final String STABLE_PRIORITIES = "stable-priorities";

  /** What we set and nobody wants any more is AWS's default again. */
  static final String UNSET = "unset";

  /** A replacement has its number behind LBC's id, in the tag that names it. */
  static final String MAKE_BEFORE_BREAK = "make-before-break";

  /** Tags that prove what a thing is are put back. */
  static final String IDENTITY_TAGS = "identity-tags";

  private static final String RESOURCE = "ingress.k8s.aws/resource";

  private final String objects;
  private final TreeSet<String> used = new TreeSet<>();

  /**
   * @param objects what the users of the step want, as text
   */
  Excuses(JsonNode objects) {
    this.objects = objects.toString();
  }

  Set<String> used() {
    return used;
  }

  void apply(ObjectNode wanted, ObjectNode got) {
    for (var name : names(wanted.path("loadBalancers"))) {
      var here = wanted.path("loadBalancers").path(name);
      var there = got.path("loadBalancers").path(name);
      unset(here, there);
      identity(here, there);
      numbered(here, there);
      for (var port : names(here.path("listeners"))) {
        var listener = here.path("listeners").path(port);
        var other = there.path("listeners").path(port);
        unset(listener, other);
        numbered(listener, other);
        rules(listener.path("rules"), other.path("rules"));
      }
    }
    for (var name : names(wanted.path("targetGroups"))) {
      var here = wanted.path("targetGroups").path(name);
      var there = got.path("targetGroups").path(name);
      unset(here, there);
      identity(here, there);
      numbered(here, there);
    }
  }

  /**
   * Target groups that were made beside those that they replace, by the name that LBC uses again.
   */
  Map<String, String> replacements(JsonNode wanted, JsonNode got) {
    var renamed = new TreeMap<String, String>();
    for (var ours : names(got.path("targetGroups"))) {
      var tag = resource(got.path("targetGroups").path(ours));
      int number = tag.indexOf('@');
      if (number > 0 && !wanted.path("targetGroups").has(ours)) {
        names(wanted.path("targetGroups")).stream()
            .filter(theirs -> !got.path("targetGroups").has(theirs))
            .filter(theirs ->
                resource(wanted.path("targetGroups").path(theirs)).equals(tag.substring(0, number)))
            .findFirst()
            .ifPresent(theirs -> {
              renamed.put(ours.substring("tg/".length()), theirs.substring("tg/".length()));
              used.add(MAKE_BEFORE_BREAK);
            });
      }
    }
    return renamed;
  }

  private static String resource(JsonNode node) {
    return text(node.path("tags"), RESOURCE);
  }

  /** A tag of identity that LBC leaves lost, or that it makes things again for. */
  private void identity(JsonNode wanted, JsonNode got) {
    for (var tag : List.of(RESOURCE, "elbv2.k8s.aws/cluster", "ingress.k8s.aws/stack")) {
      if (wanted.path("tags") instanceof ObjectNode tags
          && !tags.has(tag)
          && got.path("tags").has(tag)) {
        tags.set(tag, got.path("tags").get(tag));
        used.add(IDENTITY_TAGS);
      }
    }
  }

  private void numbered(JsonNode wanted, JsonNode got) {
    var ours = text(got.path("tags"), RESOURCE);
    var theirs = text(wanted.path("tags"), RESOURCE);
    if (got.path("tags") instanceof ObjectNode tags && ours.startsWith(theirs + "@")) {
      tags.put(RESOURCE, theirs);
      used.add(MAKE_BEFORE_BREAK);
    }
  }

  private void rules(JsonNode wanted, JsonNode got) {
    for (int n = 0; n < Math.min(wanted.size(), got.size()); n++) {
      var ours = got.get(n).path("tags");
      var theirs = wanted.get(n).path("tags");
      if (ours instanceof ObjectNode tags
          && theirs instanceof ObjectNode others
          && !text(tags, RESOURCE).isEmpty()
          && !text(tags, RESOURCE).equals(text(others, RESOURCE))
          && number(text(tags, RESOURCE)).equals(number(text(others, RESOURCE)))) {
        tags.set(RESOURCE, TextNode.valueOf(text(others, RESOURCE)));
        used.add(STABLE_PRIORITIES);
      }
      stickiness(wanted.get(n).path("actions"), got.get(n).path("actions"));
    }
  }

  /** The port before the number. */
  private static String number(String tag) {
    return tag.substring(0, tag.indexOf(':') + 1);
  }

  private void stickiness(JsonNode wanted, JsonNode got) {
    for (int n = 0; n < Math.min(wanted.size(), got.size()); n++) {
      if (wanted.get(n).has("stickiness")
          && !got.get(n).has("stickiness")
          && !objects.contains("tickinessConfig")) {
        ((ObjectNode) wanted.get(n)).remove("stickiness");
        used.add(UNSET);
      }
    }
  }

  private void unset(JsonNode wanted, JsonNode got) {
    if (wanted.path("attributes") instanceof ObjectNode attributes) {
      for (var key : names(attributes)) {
        if (!got.path("attributes").has(key) && !objects.contains(key)) {
          attributes.remove(key);
          used.add(UNSET);
        }
      }
      if (attributes.isEmpty()) {
        ((ObjectNode) wanted).remove("attributes");
      }
    }
  }

  private static List<String> names(JsonNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
