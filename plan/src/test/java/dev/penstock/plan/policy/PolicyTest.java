package dev.penstock.plan.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Cases;
import dev.penstock.plan.Specs;
import dev.penstock.plan.Verdict;
import dev.penstock.plan.policy.Circumstances.Inferred;
import dev.penstock.plan.policy.Circumstances.Leaving;
import dev.penstock.plan.policy.Circumstances.Requested;
import dev.penstock.plan.policy.Circumstances.Unasked;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.HoldRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of plan/policy.yaml is one test. */
final class PolicyTest {
  private static final ResourceKey KEY = Specs.key(ResourceKind.LOAD_BALANCER, "LoadBalancer");

  @TestFactory
  Stream<DynamicTest> decisionTable() {
    return Cases.of("/plan/policy.yaml", PolicyTest::check);
  }

  @Test
  void holdsAreTheSameForTheSameAndOthersForOthers() {
    assertEquals(HoldId.of(HoldRule.DELETE, "a"), HoldId.of(HoldRule.DELETE, "a"));
    assertNotEquals(HoldId.of(HoldRule.DELETE, "a"), HoldId.of(HoldRule.DELETE, "b"));
    assertTrue(HoldId.of(HoldRule.DELETE, "a").matches("delete-[0-9a-f]{16}"));
    for (var rule : HoldRule.values()) {
      for (var other : HoldRule.values()) {
        assertEquals(rule == other, HoldId.isOf(rule, HoldId.of(other, "a")));
      }
    }
  }

  private static void check(JsonNode row) {
    var verdict = new Policy(circumstances(row)).filter(KEY, verdict(row));
    assertEquals(row.get("want").asText(), verdict.getClass().getSimpleName(), verdict::toString);
    if (verdict instanceof Verdict.Held held) {
      assertTrue(held.reason().contains(row.get("says").asText()), held::reason);
      assertTrue(!held.reason().contains("approve") || held.reason().contains(held.holdId()));
    }
  }

  private static Verdict verdict(JsonNode row) {
    LoadBalancerSpec spec =
        Specs.loadBalancer(
            "internal",
            List.of("a"),
            row.path("protected").asBoolean(false)
                ? Map.of("deletion_protection.enabled", "true")
                : Map.of(),
            Specs.tags("LoadBalancer"));
    var live = Specs.live(spec);
    return switch (row.get("verdict").asText()) {
      case "Create" -> new Verdict.Create(spec);
      case "Update" -> new Verdict.Update(live, spec, List.of(Aspect.TAGS));
      case "Replace" -> new Verdict.Replace(live, replacement(row, spec), "the scheme differs");
      case "Delete" -> new Verdict.Delete(live);
      case "Foreign" -> new Verdict.Foreign("other");
      case "InSync" -> new Verdict.InSync();
      default -> throw new IllegalArgumentException(row.toString());
    };
  }

  private static LoadBalancerSpec replacement(JsonNode row, LoadBalancerSpec spec) {
    return row.path("sameName").asBoolean(false) ? spec : Specs.named("k8s-apps-shop-2", spec);
  }

  private static Circumstances circumstances(JsonNode row) {
    return new Circumstances(
        ClusterMode.valueOf(row.path("mode").asText("MANAGE")),
        List.of(),
        PausesTest.pauses(row),
        leaving(row.path("leaving").asText("requested 1")),
        row.path("takenBack").asBoolean(false),
        new StandingHolds(holds(row)),
        ScopeSettings.defaults());
  }

  private static Leaving leaving(String text) {
    var words = text.split(" ");
    int pending = Integer.parseInt(words[1]);
    return switch (words[0]) {
      case "requested" -> new Requested("apps", pending);
      case "inferred" -> new Inferred("Ingress apps/shop vanished", pending);
      case "unasked" -> new Unasked("version 2 decides");
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static List<HoldRow> holds(JsonNode row) {
    var holds = new ArrayList<HoldRow>();
    if (row.has("approve")) {
      var rule = rule(row.get("approve").asText());
      var subjects =
          row.has("approved") ? Cases.texts(row.get("approved")) : List.of(KEY.toString());
      holds.add(hold(HoldId.of(rule, subject(rule)), rule, subjects, true));
    }
    if (row.has("waiting")) {
      holds.add(hold(row.get("waiting").asText(), HoldRule.INFERRED_DELETE, List.of("x"), false));
    }
    return holds;
  }

  private static HoldRow hold(String id, HoldRule rule, List<String> subjects, boolean approved) {
    return new HoldRow(
        id, rule, subject(rule), "", subjects, Instant.EPOCH, approved, approved ? "ada" : "");
  }

  private static HoldRule rule(String text) {
    return Arrays.stream(HoldRule.values())
        .filter(rule -> rule.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  private static String subject(HoldRule rule) {
    return switch (rule) {
      case DELETE, INFERRED_DELETE -> Specs.STACK.toString();
      case REPLACEMENT, PROTECTED, SHADOW, RELEASED, PAUSE, DNS_POLICY, NAME_TAKEN ->
          KEY.toString();
    };
  }
}
