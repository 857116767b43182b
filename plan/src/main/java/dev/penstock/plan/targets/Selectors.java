package dev.penstock.plan.targets;

import dev.penstock.schemas.kubernetes.LabelSelector;
import java.util.Map;

/** Kubernetes label selectors. An operator that Kubernetes does not know matches nothing. */
final class Selectors {
  private Selectors() {}

  static boolean matches(LabelSelector selector, Map<String, String> labels) {
    return selector.matchLabels().entrySet().stream()
            .allMatch(e -> e.getValue().equals(labels.get(e.getKey())))
        && selector.matchExpressions().stream().allMatch(e -> matches(e, labels));
  }

  private static boolean matches(LabelSelector.Expression expression, Map<String, String> labels) {
    boolean there = labels.containsKey(expression.key());
    var value = labels.getOrDefault(expression.key(), "");
    return switch (expression.operator()) {
      case "In" -> there && expression.values().contains(value);
      case "NotIn" -> !there || !expression.values().contains(value);
      case "Exists" -> there;
      case "DoesNotExist" -> !there;
      default -> false;
    };
  }
}
