package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.plan.policy.HoldId;
import dev.penstock.schemas.audit.AuditEntry.HoldChanged;
import dev.penstock.schemas.table.HoldRule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule is seen by what the record says it is, in whatever words. */
final class ProtectingRuleTest {
  private static List<ProtectingRule> seen(HoldRule rule, boolean released) {
    var entry = new HoldChanged(HoldId.of(rule, "a subject"), "a subject", "any words", released);
    return Arrays.stream(ProtectingRule.values()).filter(it -> it.isSeenIn(entry)).toList();
  }

  @Test
  void aHoldIsSeenByItsRule() {
    assertEquals(List.of(ProtectingRule.REQUESTED), seen(HoldRule.DELETE, false));
    assertEquals(List.of(ProtectingRule.INFERRED), seen(HoldRule.INFERRED_DELETE, false));
    assertEquals(List.of(ProtectingRule.MAKE_BEFORE_BREAK), seen(HoldRule.REPLACEMENT, false));
    assertEquals(List.of(ProtectingRule.PROTECTED), seen(HoldRule.PROTECTED, false));
    assertEquals(List.of(), seen(HoldRule.DELETE, true));
  }
}
