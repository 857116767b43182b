package dev.penstock.edges.kubernetes.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.kubernetes.LabelSelector;
import java.util.Optional;

/** {@code metav1.LabelSelector}, both ways. */
final class SelectorTranslator {
  private SelectorTranslator() {}

  static Optional<LabelSelector> read(Fields fields, String name) throws MalformedField {
    var selector = fields.object(name);
    if (selector.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LabelSelector(
            selector.get().wordMap("matchLabels"),
            selector.get().list("matchExpressions", SelectorTranslator::expression)));
  }

  static void write(LabelSelector selector, ObjectNode into) {
    if (!selector.matchLabels().isEmpty()) {
      var labels = into.putObject("matchLabels");
      selector.matchLabels().forEach(labels::put);
    }
    if (!selector.matchExpressions().isEmpty()) {
      var expressions = into.putArray("matchExpressions");
      for (var expression : selector.matchExpressions()) {
        var entry = expressions.addObject();
        entry.put("key", expression.key()).put("operator", expression.operator());
        if (!expression.values().isEmpty()) {
          var values = entry.putArray("values");
          expression.values().forEach(values::add);
        }
      }
    }
  }

  private static LabelSelector.Expression expression(Fields expression) throws MalformedField {
    return new LabelSelector.Expression(
        expression.word("key"), expression.word("operator"), expression.words("values"));
  }
}
