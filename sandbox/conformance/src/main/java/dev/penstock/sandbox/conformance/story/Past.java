package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a story tells of the time before the end of a step: what users wanted and what LBC had after
 * each step before, and what people made in AWS.
 */
final class Past {
  private final List<String> wishes = new ArrayList<>();
  private final List<ObjectNode> states = new ArrayList<>();
  private final TreeSet<String> handMade = new TreeSet<>();

  /** A step before: what users wanted in it, and what was there after it. */
  void passed(JsonNode objects, ObjectNode state) {
    wishes.add(objects.toString());
    states.add(state);
  }

  /** What people did in AWS, in a step before or in this one. */
  void done(JsonNode deeds) {
    var made = MAKE.objectNode();
    for (var deed : deeds) {
      switch (text(deed, "operation")) {
        case "CreateLoadBalancer" -> made(made, "loadBalancers", "lb/", deed);
        case "CreateTargetGroup" -> made(made, "targetGroups", "tg/", deed);
        default -> {}
      }
    }
    states.add(made);
  }

  private void made(ObjectNode made, String section, String prefix, JsonNode deed) {
    var name = prefix + text(deed, "name");
    made.withObjectProperty(section).set(name, deed);
    handMade.add(name);
  }

  /** Whether a person made something of that name. */
  boolean isHandMade(String name) {
    return handMade.contains(StoryNames.first(name));
  }

  /** Whether users said it more often in a step before than they do now. */
  boolean saidMoreOften(String now, String... words) {
    return wishes.stream().anyMatch(wish -> count(wish, words) > count(now, words));
  }

  private static int count(String text, String... words) {
    int count = 0;
    for (var word : words) {
      for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        count++;
      }
    }
    return count;
  }

  /** Every state that a part was in before, under the name that it has. */
  Stream<JsonNode> of(String section, String name) {
    return states.stream().map(state -> state.path(section).path(name)).filter(JsonNode::isObject);
  }

  /** The names under which things with these tags stood before. */
  Set<String> names(String section, Map<String, String> tags) {
    var names = new TreeSet<String>();
    if (tags.isEmpty()) {
      return names;
    }
    for (var state : states) {
      for (var part : state.path(section).properties()) {
        if (tags.entrySet().stream()
            .allMatch(tag ->
                optional(part.getValue().path("tags"), tag.getKey())
                    .filter(tag.getValue()::equals)
                    .isPresent())) {
          names.add(part.getKey());
        }
      }
    }
    return names;
  }
}
