package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.CaseSettings;
import java.util.Optional;

/** A step in which the cluster gets another name, and nobody wants anything else. */
final class ClusterName {
  private static final String TAG = "elbv2.k8s.aws/cluster";

  private ClusterName() {}

  /**
   * What stands where all stays and only carries the new name: as before, where LBC left each load
   * balancer alone and made it a second time. Empty for a step that is none of these.
   *
   * @param before what LBC left a step earlier
   * @param after what it left then
   */
  static Optional<ObjectNode> kept(JsonNode content, int n, ObjectNode before, ObjectNode after) {
    var former = name(content, n - 1);
    var name = name(content, n);
    var balancers = before.path("loadBalancers");
    boolean twice =
        balancers.properties().stream()
            .allMatch(e ->
                after.path("loadBalancers").path(e.getKey()).equals(e.getValue())
                    && after.path("loadBalancers").size() == 2 * balancers.size());
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

  private static String name(JsonNode content, int n) {
    return CaseSettings.registration(Left.config(content, n)).lbcName();
  }
}
