package dev.penstock.watchers.aws;

import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tracking tags of LBC and of the controller before it (LBC 4.4): whose a resource is. */
final class Marks {
  private static final String CLUSTER = "elbv2.k8s.aws/cluster";
  private static final String LEGACY_CLUSTER = "ingress.k8s.aws/cluster";

  /** Tags whose value is the name of a cluster. */
  static final List<String> CLUSTERS = List.of(CLUSTER, LEGACY_CLUSTER);

  private static final String SHARED_RESOURCE = "elbv2.k8s.aws/resource";

  private static final String OF_CONTROLLERS = ".k8s.aws/";

  private Marks() {}

  /** The cluster that the tags name; LBC's own tag outranks that of the controller before it. */
  static Optional<String> cluster(Map<String, String> tags) {
    return CLUSTERS.stream().flatMap(key -> Stream.ofNullable(tags.get(key))).findFirst();
  }

  /** The resource id inside the stack, if the tags name one of these clusters and this stack. */
  static Optional<String> resource(Map<String, String> tags, List<String> clusters, StackId stack) {
    if (cluster(tags).filter(clusters::contains).isEmpty()) {
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
