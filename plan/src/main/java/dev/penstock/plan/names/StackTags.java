package dev.penstock.plan.names;

import dev.penstock.schemas.key.StackId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags by which LBC knows its resources, and the labels of its bindings (LBC 4.4). */
public final class StackTags {
  public static final String CLUSTER = "elbv2.k8s.aws/cluster";

  /** What the controller before LBC called the cluster; it knew stack and resource as LBC does. */
  public static final String LEGACY_CLUSTER = "ingress.k8s.aws/cluster";

  public static final String STACK = "ingress.k8s.aws/stack";
  public static final String RESOURCE = "ingress.k8s.aws/resource";
  public static final String SHARED_RESOURCE = "elbv2.k8s.aws/resource";

  /** Keys that nobody else may set: by them we and LBC know what is whose. */
  public static final List<String> TRACKING =
      List.of(
          CLUSTER,
          SHARED_RESOURCE,
          STACK,
          RESOURCE,
          "service.k8s.aws/stack",
          "service.k8s.aws/resource");

  private StackTags() {}

  /** The cluster that tags name; LBC's own tag outranks that of the controller before it. */
  public static Optional<String> cluster(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(CLUSTER))
        .or(() -> Optional.ofNullable(tags.get(LEGACY_CLUSTER)));
  }

  /** Whether the controller before LBC made it, and nobody has adopted it since. */
  public static boolean isToBeAdopted(Map<String, String> tags) {
    return tags.containsKey(LEGACY_CLUSTER) && !tags.containsKey(CLUSTER);
  }

  public static SortedMap<String, String> stack(String lbcCluster, StackId stack) {
    var tags = new TreeMap<String, String>();
    tags.put(CLUSTER, lbcCluster);
    tags.put(STACK, stack.id());
    return tags;
  }

  /** The tags of one resource: tracking tags win over those that users gave. */
  public static SortedMap<String, String> resource(
      String lbcCluster, StackId stack, String resourceId, Map<String, String> given) {
    var tags = new TreeMap<>(given);
    tags.putAll(stack(lbcCluster, stack));
    tags.put(RESOURCE, resourceId);
    return tags;
  }

  public static SortedMap<String, String> backendSecurityGroup(
      String lbcCluster, Map<String, String> defaultTags) {
    var tags = new TreeMap<>(defaultTags);
    tags.put(CLUSTER, lbcCluster);
    tags.put(SHARED_RESOURCE, StackNames.BACKEND_GROUP);
    return tags;
  }

  /** The labels of the TargetGroupBinding objects of a stack. */
  public static SortedMap<String, String> bindingLabels(StackId stack) {
    var labels = new TreeMap<String, String>();
    int slash = stack.id().indexOf('/');
    if (slash < 0) {
      labels.put(STACK, stack.id());
    } else {
      labels.put("ingress.k8s.aws/stack-namespace", stack.id().substring(0, slash));
      labels.put("ingress.k8s.aws/stack-name", stack.id().substring(slash + 1));
    }
    return labels;
  }
}
