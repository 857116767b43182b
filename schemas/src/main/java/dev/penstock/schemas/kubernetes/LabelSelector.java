package dev.penstock.schemas.kubernetes;

import java.util.List;
import java.util.Map;

/** {@code metav1.LabelSelector}. */
public record LabelSelector(Map<String, String> matchLabels, List<Expression> matchExpressions) {
  public record Expression(String key, String operator, List<String> values) {}
}
