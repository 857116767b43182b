package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.CaseSettings;
import java.util.Optional;
import java.util.stream.Stream;

/** A step in which the cluster gets another name, and nobody wants anything else. */
final class ClusterName {
  private static final String TAG = "elbv2.k8s.aws/cluster";

  private ClusterName() {}

  /**
   * What stands where all stays and only carries the new name: as before, where LBC left each load
   * balancer and target group alone and made as many beside them. Empty for a step that is none of
   * these.
   *
   * @param before what LBC left a step earlier
   * @param after what it left then
   */
  static Optional<ObjectNode> kept(JsonNode content, int n, ObjectNode before, ObjectNode after) {
    var former = name(content, n - 1);
    var name = name(content, n);
    boolean twice =
        Stream.of("loadBalancers", "targetGroups")
            .allMatch(section -> isTwice(before.path(section), after.path(section)));
    if (former.equals(name) || !twice) {
      return Optional.empty();
    }
    var kept = before.deepCopy();
    kept.findParents(TAG).stream()
        .map(ObjectNode.class::cast)
        .filter(tags -> text(tags, TAG).equals(former))
        .forEach(tags -> tags.put(TAG, name));
    return Optional.of(kept);
  }

  /** Whether what stood is as it was, and as much is there beside it. */
  private static boolean isTwice(JsonNode before, JsonNode after) {
    return after.size() == 2 * before.size()
        && before.properties().stream().allMatch(e -> after.path(e.getKey()).equals(e.getValue()));
  }

  private static String name(JsonNode content, int n) {
    return CaseSettings.registration(Left.config(content, n)).lbcName();
  }
}
