package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Web ACLs and Shield: what they cost, that they are healed, and that they go with what they guard.
 */
class GuardsTest {
  private static final String PATCH = "metadata: {annotations: {%s: %s}}";
  private static final String NAME = "alb.ingress.kubernetes.io/wafv2-acl-name";
  private static final String SHIELD = "alb.ingress.kubernetes.io/shield-advanced-protection";
  private static final List<String> CALLS =
      List.of(
          "ListWebACLs",
          "GetWebACLForResource",
          "AssociateWebACL",
          "DescribeProtection",
          "GetSubscriptionState",
          "CreateProtection");

  private static Stage guarded() throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(4));
    annotate(stage, NAME, "edge");
    annotate(stage, SHIELD, "'true'");
    stage.pass(Duration.ofSeconds(30));
    assertEquals("edge", Guards.webAcl(stage, arn(stage)));
    assertEquals("managed by aws-load-balancer-controller", Guards.shield(stage, arn(stage)));
    return stage;
  }

  private static void annotate(Stage stage, String key, String value) {
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", PATCH.formatted(key, value));
  }

  private static String arn(Stage stage) {
    return stage.loadBalancers().getLast().loadBalancerArn();
  }

  private static Map<String, Long> calls(Stage stage, long mark) {
    var calls = new TreeMap<>(stage.counts(mark));
    calls.keySet().retainAll(CALLS);
    return calls;
  }

  @Test
  void aGuardCostsItsWriteAndWhatMustBeKnownBefore() throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(4));
    var mark = stage.mark();
    annotate(stage, NAME, "edge");
    annotate(stage, SHIELD, "'true'");

    stage.pass(Duration.ofSeconds(30));

    assertEquals(
        Map.of(
            "ListWebACLs", 1L,
            "AssociateWebACL", 1L,
            "DescribeProtection", 1L,
            "GetSubscriptionState", 1L,
            "CreateProtection", 1L),
        calls(stage, mark));
  }

  @Test
  void anUnchangedGuardCostsOneReadASweep() throws Exception {
    var stage = guarded();
    stage.pass(Duration.ofMinutes(1));
    var mark = stage.mark();

    stage.pass(Duration.ofHours(1));

    assertEquals(
        Map.of("ListWebACLs", 2L, "GetWebACLForResource", 2L, "DescribeProtection", 2L),
        calls(stage, mark));
  }

  @Test
  void aGuardThatSomebodyTookAwayComesBack() throws Exception {
    var stage = guarded();
    stage.wafv2.disassociateWebACL(r -> r.resourceArn(arn(stage)));

    stage.pass(Duration.ofMinutes(31));

    assertEquals("edge", Guards.webAcl(stage, arn(stage)));
  }

  @Test
  void whatNobodyMentionsAnyMoreStaysAndItsOwnerIsTold() throws Exception {
    var stage = guarded();
    annotate(stage, NAME, "null");

    stage.pass(Duration.ofMinutes(1));

    assertEquals("edge", Guards.webAcl(stage, arn(stage)));
    var told = Stage.events(stage.kubectl, "Ingress", "nginx-ingress", "ProtectionKept");
    assertEquals(1, told.size(), told::toString);
  }

  @Test
  void guardsGoWithTheirLoadBalancer() throws Exception {
    var stage = guarded();
    var mark = stage.mark();
    stage.kubectl.delete(Kinds.INGRESS, "default", "nginx-ingress");

    stage.pass(Duration.ofMinutes(30));

    assertTrue(stage.loadBalancers().isEmpty());
    var left =
        stage.pipeline.tables().scan(Table.OBSERVED, "").stream()
            .map(entry -> entry.key())
            .filter(key -> key.contains("|Protection|"))
            .toList();
    assertEquals(List.of(), left);
    assertEquals(0L, stage.writes(mark).getOrDefault("DisassociateWebACL", 0L));
  }
}
