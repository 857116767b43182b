package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.conformance.CaseSettings;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.List;
import java.util.Optional;

/** What a story says that another controller left behind after a step. */
record Left(JsonNode objects, JsonNode after, JsonNode kubernetes, List<JsonNode> subnets) {
  private static final String STEPS = "steps";

  Left(JsonNode content, int step) {
    this(
        latest(content.path(STEPS), "objects", step),
        latest(content.path("expect").path(STEPS), "after", step),
        latest(content.path("expect").path(STEPS), "kubernetes", step),
        subnets(content, step));
  }

  /** The last step at whose end something was left, and that LBC brought to its end. */
  static Optional<Integer> step(JsonNode content) {
    var steps = content.path("expect").path(STEPS);
    var kept = Optional.<Integer>empty();
    for (int n = 0; n < steps.size(); n++) {
      if (!Unfinished.is(steps.get(n))
          && !latest(steps, "after", n).path("loadBalancers").isEmpty()) {
        kept = Optional.of(n);
      }
    }
    return kept;
  }

  /** The flags that the controller ran with at that step. */
  static ClusterRegistration registration(JsonNode content, int step) {
    return CaseSettings.registration(config(content, step));
  }

  /** The same, as the story says it. */
  static JsonNode config(JsonNode content, int step) {
    var config = latest(content.path(STEPS), "config", step);
    return config.isEmpty() ? content.path("config") : config;
  }

  /** What a field last said up to that step; {@code unchanged} says nothing new. */
  private static JsonNode latest(JsonNode steps, String field, int step) {
    var latest = (JsonNode) MAKE.objectNode();
    for (int n = 0; n <= step; n++) {
      var said = steps.path(n).path(field);
      latest = said.isContainerNode() ? said : latest;
    }
    return latest;
  }

  private static List<JsonNode> subnets(JsonNode content, int step) {
    return Nodes.stream(content.path(STEPS))
        .limit(step + 1L)
        .flatMap(given -> Nodes.stream(given.path("external")))
        .filter(deed -> Nodes.text(deed, "operation").equals("subnets"))
        .toList();
  }
}
