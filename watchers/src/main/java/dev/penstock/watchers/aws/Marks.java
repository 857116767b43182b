package dev.penstock.watchers.aws;

import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** LBC's tracking tags (LBC 4.4): what a resource belongs to. */
final class Marks {
  static final String CLUSTER = "elbv2.k8s.aws/cluster";
  private static final String SHARED_RESOURCE = "elbv2.k8s.aws/resource";

  private static final String OF_CONTROLLERS = ".k8s.aws/";

  private Marks() {}

  /** The resource id inside the stack, if the tags name this cluster and this stack. */
  static Optional<String> resource(Map<String, String> tags, String cluster, StackId stack) {
    if (!cluster.equals(tags.get(CLUSTER))) {
      return Optional.empty();
    }
    if (stack.kind() == StackKind.SHARED) {
      return Optional.ofNullable(tags.get(SHARED_RESOURCE));
    }
    var prefix = prefix(stack.kind());
    return Optional.ofNullable(tags.get(prefix + "/resource"))
        .filter(_ -> stack.id().equals(tags.get(prefix + "/stack")));
  }

  /** The tags that say what a resource belongs to, without those that people give. */
  static Map<String, String> among(Map<String, String> tags) {
    var marks = new TreeMap<>(tags);
    marks.keySet().removeIf(key -> !key.contains(OF_CONTROLLERS));
    return marks;
  }

  private static String prefix(StackKind kind) {
    return switch (kind) {
      case INGRESS -> "ingress.k8s.aws";
      case SERVICE -> "service.k8s.aws";
      case BINDING, SHARED, NAME -> "";
    };
  }
}
