package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a stack costs in calls, and what an unchanged world costs. */
class QuietTest {
  @Test
  void oneIngressCostsNoReadButProofsOfOwnershipAndAtMostTwelveWrites() throws Exception {
    var stage = new Stage();
    stage.pass(Duration.ofMinutes(1));
    var mark = stage.mark();

    stage.kubectl.apply(Stage.example("nginx-complete.yaml"));
    stage.until("the address is there", () -> !stage.address("default", "nginx-ingress").isEmpty());

    var writes = stage.writes(mark).values().stream().mapToLong(n -> n).sum();
    assertTrue(writes <= 12, stage.counts(mark).toString());
    var reads = stage.reads(mark);
    reads.remove("DescribeTags");
    assertEquals(
        Map.of("DescribeSecurityGroups", 1L), reads, "the rules of the nodes' group, once");
  }

  @Test
  void aSecondIngressReadsNothingButProofsOfOwnership() throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(1));
    var mark = stage.mark();

    stage.kubectl.apply(
        Stage.example("nginx-complete.yaml")
            .replace("nginx-ingress", "second-ingress")
            .replace("nginx.example.com", "second.example.com"));
    stage.until(
        "the address is there", () -> !stage.address("default", "second-ingress").isEmpty());

    assertEquals(Set.of("DescribeTags"), stage.reads(mark).keySet());
  }

  @Test
  void anUnchangedWorldCostsOnlyTheSweep() throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(5));
    var mark = stage.mark();

    stage.pass(Duration.ofHours(1));

    assertEquals(Map.of(), stage.writes(mark));
    var counts = stage.counts(mark);
    assertEquals(12L, counts.remove("DescribeTargetHealth"), "one look at health in five minutes");
    assertEquals(2L, counts.get("DescribeRouteTables"), "two sweeps an hour");
    assertTrue(counts.values().stream().mapToLong(n -> n).sum() <= 70, counts.toString());
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
}
