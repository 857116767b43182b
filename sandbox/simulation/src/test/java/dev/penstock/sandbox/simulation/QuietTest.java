package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a stack costs in calls, and what an unchanged world costs. */
class QuietTest {
  /** Asked until what was begun is done: Route 53 spreads, AWS provisions, health checks run. */
  private static final List<String> WAITING =
      List.of("GetChange", "DescribeLoadBalancers", "DescribeTargetHealth");

  private static final long STACKS = 20;

  /** Of an hour: the sweep comes every 30 minutes, a look at steady health every five. */
  private static final long SWEEPS = 2;

  private static final long LOOKS_AT_HEALTH = 12;

  /** What one sweep reads of the cluster, its network and its zones. */
  private static final List<String> SWEPT =
      List.of(
          "DescribeLoadBalancers",
          "DescribeTargetGroups",
          "DescribeTags",
          "DescribeTags",
          "DescribeSecurityGroups",
          "DescribeSecurityGroups",
          "DescribeSecurityGroups",
          "DescribeVpcs",
          "DescribeSubnets",
          "DescribeRouteTables",
          "DescribeAvailabilityZones",
          "DescribeNetworkInterfaces",
          "ListCertificates",
          "ListHostedZones",
          "ListTagsForResources",
          "ListResourceRecordSets");

  /** What one sweep reads of a stack with two listeners and one target group. */
  private static final List<String> SWEPT_PER_STACK =
      List.of(
          "DescribeLoadBalancers",
          "DescribeLoadBalancerAttributes",
          "DescribeListeners",
          "DescribeListenerAttributes",
          "DescribeListenerAttributes",
          "DescribeListenerCertificates",
          "DescribeListenerCertificates",
          "DescribeRules",
          "DescribeRules",
          "DescribeTargetGroups",
          "DescribeTargetGroupAttributes",
          "DescribeSecurityGroups",
          "DescribeTags",
          "DescribeTags",
          "DescribeTags",
          "DescribeTags");

  @Test
  void oneIngressCostsTwelveWritesAndReadsNothingThatTheLogHolds() throws Exception {
    var stage = new Stage();
    stage.pass(Duration.ofMinutes(1));
    var mark = stage.mark();

    stage.kubectl.apply(Stage.example("nginx-complete.yaml"));
    stage.until("nginx serves", stage::nginxServes);
    stage.until("it is provisioned", () -> state(stage).equals("active"));
    stage.pass(Duration.ofMinutes(4));

    assertEquals(11, sum(stage.writes(mark)), stage.writes(mark).toString());
    var reads = stage.reads(mark);
    WAITING.forEach(reads::remove);
    assertEquals(Map.of("DescribeTags", 2L), reads, "whose the target group and load balancer are");
  }

  @Test
  void aSecondIngressReadsNothingButProofsOfOwnership() throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(4));
    var mark = stage.mark();

    stage.kubectl.apply(
        Stage.example("nginx-complete.yaml")
            .replace("nginx-ingress", "second-ingress")
            .replace("nginx.example.com", "second.example.com"));
    stage.until(
        "the address is there", () -> !stage.address("default", "second-ingress").isEmpty());
    stage.pass(Duration.ofMinutes(4));

    var reads = stage.reads(mark);
    WAITING.forEach(reads::remove);
    assertEquals(Map.of("DescribeTags", 2L), reads);
  }

  @Test
  void anUnchangedFleetCostsOnlyTheSweep() throws Exception {
    var stage = new Stage();
    for (var i = 1; i <= STACKS; i++) {
      stage.kubectl.apply(Stage.example("nginx-complete.yaml").replace("nginx", "web" + i));
    }
    stage.pass(Duration.ofMinutes(20));
    assertEquals(STACKS, stage.loadBalancers().size());
    assertEquals(4 * STACKS, stage.records().size());
    var mark = stage.mark();

    stage.pass(Duration.ofHours(1));

    assertEquals(Map.of(), stage.writes(mark));
    var expected = new TreeMap<String, Long>();
    SWEPT.forEach(call -> expected.merge(call, SWEEPS, Long::sum));
    SWEPT_PER_STACK.forEach(call -> expected.merge(call, SWEEPS * STACKS, Long::sum));
    expected.put("DescribeTargetHealth", LOOKS_AT_HEALTH * STACKS);
    assertEquals(expected, stage.counts(mark));
  }

  @Test
  void aTouchThatChangesNothingCostsNothing() throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(4));
    var mark = stage.mark();

    stage.kubectl.patch(
        Kinds.INGRESS, "default", "nginx-ingress", "metadata: {labels: {touched: 'yes'}}");
    stage.pass(Duration.ofSeconds(30));

    assertEquals(Map.of(), stage.counts(mark));
  }

  private static String state(Stage stage) {
    return stage.loadBalancers().getFirst().state().codeAsString();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(n -> n).sum();
  }
}
