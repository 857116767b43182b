package dev.penstock.plan.ingress;

import dev.penstock.schemas.kubernetes.LabelSelector;
import java.util.Map;

/** Kubernetes' label selector: all labels and all expressions must hold. */
final class LabelMatch {
  private LabelMatch() {}

  static boolean matches(LabelSelector selector, Map<String, String> labels) {
    return selector.matchLabels().entrySet().stream()
            .allMatch(e -> e.getValue().equals(labels.get(e.getKey())))
        && selector.matchExpressions().stream().allMatch(e -> holds(e, labels));
  }

  private static boolean holds(LabelSelector.Expression expression, Map<String, String> labels) {
    var value = labels.get(expression.key());
    boolean listed = value != null && expression.values().contains(value);
    return switch (expression.operator()) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
