package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.AwsFaults;
import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.conformance.Canonical;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;

/** The calls of a step that AWS refuses, as a story tells. */
final class StoryFaults {
  private static final int ALWAYS = -1;
  private static final int BAD_REQUEST = 400;

  /** What the SDK calls otherwise than a story. */
  private static final Map<String, String> SDK =
      Map.of(
          "securityGroup", "groupId",
          "resource", "resourceArns",
          "keys", "tagKeys",
          "priorities", "rulePriorities",
          "rules", "ipPermissions",
          "webACL", "webACLArn");

  private final AwsFaults faults;
  private final StoryNames names;

  StoryFaults(AwsFaults faults, StoryNames names) {
    this.faults = faults;
    this.names = names;
  }

  /** From now on these calls fail, each as often as it says, and no others. */
  void begin(JsonNode failures) {
    faults.clear();
    for (var failure : failures) {
      var rule =
          new AwsFaults.Rule(
              text(failure, "operation").replace(' ', ':'),
              "",
              effect(failure),
              failure.path("times").asInt(ALWAYS),
              1);
      faults.add(rule, request -> isMeant(failure.path("where"), request));
    }
  }

  /** No call fails any more. */
  void end() {
    faults.clear();
  }

  private static Effect effect(JsonNode failure) {
    var code = text(failure, "code");
    return code.equals("Throttling")
        ? new Effect.Throttle()
        : new Effect.Fail(code, BAD_REQUEST, optional(failure, "message").orElse(code));
  }

  private boolean isMeant(JsonNode where, SdkRequest request) {
    names.look();
    var call = SdkTrees.tree(request, id -> id);
    return where.properties().stream()
        .allMatch(wanted ->
            field(call, wanted.getKey())
                .filter(got -> plain(wanted.getValue(), names::id).equals(plain(got, id -> id)))
                .isPresent());
  }

  private static Optional<JsonNode> field(ObjectNode call, String name) {
    return Stream.of(name, name + "Arn", SDK.getOrDefault(name, name))
        .filter(call::has)
        .findFirst()
        .map(call::get);
  }

  /** As text: a list as a set, and what has but one part as that part. */
  private static String plain(JsonNode node, UnaryOperator<String> ids) {
    if (node.isContainerNode() && node.size() == 1) {
      return plain(node.elements().next(), ids);
    }
    if (node instanceof ArrayNode list) {
      var set = new TreeSet<String>();
      list.forEach(item -> set.add(plain(item, ids)));
      return String.join(",", set);
    }
    return node.isValueNode() ? ids.apply(node.asText()) : Canonical.text(node);
  }
}
