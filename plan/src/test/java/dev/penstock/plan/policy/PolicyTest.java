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
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.PauseRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    assertEquals(HoldId.of("delete", "a"), HoldId.of("delete", "a"));
    assertNotEquals(HoldId.of("delete", "a"), HoldId.of("delete", "b"));
    assertTrue(HoldId.of("delete", "a").matches("delete-[0-9a-f]{8}"));
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
      case "Replace" -> new Verdict.Replace(live, spec, "the scheme differs");
      case "Delete" -> new Verdict.Delete(live);
      case "Foreign" -> new Verdict.Foreign("other");
      case "InSync" -> new Verdict.InSync();
      default -> throw new IllegalArgumentException(row.toString());
    };
  }

  private static Circumstances circumstances(JsonNode row) {
    var pause = row.path("pause");
    return new Circumstances(
        ClusterMode.valueOf(row.path("mode").asText("MANAGE")),
        Optional.ofNullable(row.get("frozen")).map(JsonNode::asText),
        pause.isMissingNode()
            ? List.of()
            : List.of(
                new PauseRow(
                    pause.get(0).asText(), pause.get(1).asText(), false, "ada", Instant.EPOCH)),
        leaving(row.path("leaving").asText("requested 1")),
        approved(row.path("approve").asText("")),
        ScopeSettings.defaults());
  }

  private static Leaving leaving(String text) {
    var words = text.split(" ");
    int pending = Integer.parseInt(words[1]);
    return words[0].equals("requested")
        ? new Requested("apps", pending)
        : new Inferred("Ingress apps/shop vanished", pending);
  }

  private static List<String> approved(String what) {
    return switch (what) {
      case "" -> List.of();
      case "stack" -> List.of(HoldId.of("inferred-delete", Specs.STACK.toString()));
      default -> List.of(HoldId.of(what, KEY.toString()));
    };
  }
}
