package dev.penstock.sandbox.conformance.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.conformance.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A story that says something else than what happens does not pass, whatever rule it speaks of. */
final class StoryCaseTest {
  private static final Path STORIES =
      Path.of(System.getProperty("project.root"))
          .resolve("sandbox/conformance/src/test/resources/cases/deploy");

  private static JsonNode story(String name) throws IOException {
    return Rows.yaml(Files.readString(STORIES.resolve(name + ".yaml")));
  }

  /** What the last step says of itself, or the one before where it says nothing. */
  private static ObjectNode last(JsonNode story, String side) {
    var said =
        Nodes.stream(story.path("expect").path("steps"))
            .map(step -> step.path(side))
            .filter(JsonNode::isObject)
            .toList();
    return (ObjectNode) said.getLast();
  }

  @TestFactory
  Stream<DynamicTest> anotherPortOfATargetGroupIsADifference() {
    return Stream.of(
            "rules/path-in-front",
            "rules/path-changed",
            "load-balancer/scheme-changed",
            "load-balancer/attribute-taken-back",
            "groups/invalid-member",
            "certificates/host-without-certificate",
            "quotas/no-room-for-a-rule",
            "basics/cluster-renamed",
            "targets/deregistered-by-hand")
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  var story = story(name);
                  for (var group : last(story, "after").path("targetGroups")) {
                    ((ObjectNode) group).put("port", 1);
                  }
                  assertTrue(new StoryCase(story).difference().isPresent());
                }));
  }

  @Test
  void aFinalizerThatNobodyHasIsADifference() throws IOException {
    var story = story("groups/member-moves");
    for (var ingress : last(story, "kubernetes").path("ingresses")) {
      ((ArrayNode) ingress.path("finalizers")).add("group.ingress.k8s.aws/editors");
    }
    var difference = new StoryCase(story).difference().orElseThrow();
    assertTrue(
        difference.startsWith("step two groups: ingresses/library/desk/finalizers"), difference);
  }

  @Test
  void aWriteThatLbcDoesNotMakeIsADifference() throws IOException {
    var story = story("drift/rule-deleted-by-hand");
    ((ObjectNode) story.path("expect").path("steps").get(1)).remove("runs");
    assertEquals(
        Optional.of("step deleted by hand: writes/CreateRule: 1 too many of 1"),
        new StoryCase(story).difference());
  }

  @Test
  void aStoryOfAServiceFollowsLater() {
    var service =
        "{kind: Service, metadata: {namespace: n, name: s}, spec: {type: %s, loadBalancerClass:"
            + " %s}}";
    var story = "{steps: [{objects: [" + service + "]}], expect: {steps: [{}]}}";
    var ours = Rows.yaml(story.formatted("LoadBalancer", "service.k8s.aws/nlb"));
    assertEquals(
        Optional.of("Service n/s: only Ingresses and bindings are decided yet"),
        new StoryCase(ours).difference());
    assertTrue(StoryCase.isOfServices(ours));
    var others = Rows.yaml(story.formatted("LoadBalancer", "example.org/other"));
    assertTrue(!StoryCase.isOfServices(others));
    var plain = Rows.yaml(story.formatted("NodePort", "service.k8s.aws/nlb"));
    assertTrue(!StoryCase.isOfServices(plain));
  }
}
