package dev.penstock.plan.targets;

import dev.penstock.schemas.kubernetes.Node;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a node runs on, told by its provider id and labels. */
public final class NodeKind {
  private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-z]+");

  private NodeKind() {}

  /** The id of the node's EC2 instance; empty for a node that is none of this account. */
  public static Optional<String> instance(Node node) {
    var id = node.providerId().substring(node.providerId().lastIndexOf('/') + 1);
    return node.providerId().startsWith("aws:") && INSTANCE.matcher(id).matches()
        ? Optional.of(id)
        : Optional.empty();
  }

  /** Whether the node stands outside AWS: its pods have no network interface (LBC 10.35). */
  public static boolean isHybrid(Node node) {
    return "hybrid".equals(node.metadata().labels().get("eks.amazonaws.com/compute-type"));
  }
}
