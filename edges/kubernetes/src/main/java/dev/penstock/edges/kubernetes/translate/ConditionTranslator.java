package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.Condition;
import java.util.List;

/** {@code status.conditions} of any kind, without times. */
final class ConditionTranslator {
  private ConditionTranslator() {}

  static List<Condition> read(Fields status) throws MalformedField {
    return status.list("conditions", ConditionTranslator::condition);
  }

  private static Condition condition(Fields condition) throws MalformedField {
    return new Condition(
        condition.word("type"),
        condition.word("status", "Unknown"),
        condition.word("reason"),
        condition.text("message"));
  }
}
