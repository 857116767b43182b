package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Patch;
import dev.penstock.sandbox.kubernetes.rules.Patches;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.stream.Collectors;

/**
 * The scale subresource: an {@code autoscaling/v1 Scale} that stands for the replicas of a
 * workload.
 */
final class Scale {
  private Scale() {}

  static ObjectNode of(Kind kind, ObjectNode workload) {
    var scale = Tree.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    var metadata = scale.putObject("metadata");
    for (var field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      metadata.set(field, workload.path("metadata").path(field));
    }
    scale.putObject("spec").put("replicas", Tree.at(workload, "spec", "replicas").asInt());
    var selector =
        Tree.texts(workload, "spec", "selector", "matchLabels").entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
    scale
        .putObject("status")
        .put("replicas", Tree.at(workload, "status", "replicas").asInt())
        .put("selector", selector);
    return scale;
  }

  static ObjectNode patched(ObjectNode scale, Patch patch) {
    return Patches.apply(scale, patch, "Scale");
  }

  static ObjectNode applied(ObjectNode workload, ObjectNode scale) {
    var scaled = workload.deepCopy();
    Tree.child(scaled, "spec").put("replicas", Tree.at(scale, "spec", "replicas").asInt());
    var revision = Tree.text(scale, "metadata", "resourceVersion");
    if (!revision.isEmpty()) {
      Tree.child(scaled, "metadata").put("resourceVersion", revision);
    }
    return scaled;
  }
}
