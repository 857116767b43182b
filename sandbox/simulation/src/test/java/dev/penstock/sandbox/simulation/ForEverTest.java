package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** What LBC tries for ever, or gets done with harm (LBC 10): here it is done once, then silent. */
final class ForEverTest {
  private static void annotate(Stage stage, String annotations) {
    stage.kubectl.patch(
        Kinds.INGRESS, "default", "nginx-ingress", "metadata: {annotations: " + annotations + "}");
  }

  /** AWS keeps the range without them. */
  @Test
  void hostBitsOfAnAddressRangeAreNoDifference() throws Exception {
    var stage = Stage.withNginx();
    annotate(stage, "{alb.ingress.kubernetes.io/inbound-cidrs: 10.1.2.3/8}");
    stage.until(
        "the range may come in",
        () -> stage.securityGroups().toString().contains("10.0.0.0/8") && stage.idle());
    stage.silent();
    var mark = stage.mark();

    annotate(stage, "{alb.ingress.kubernetes.io/healthcheck-path: /other}");
    stage.pass(Duration.ofMinutes(5));
    assertEquals(Map.of("ModifyTargetGroup", 1L), stage.writes(mark));
  }

  @Test
  void aCopyThatCarriesOurTagsIsLeftAlone() throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(6));
    var ours = stage.loadBalancers().getFirst();
    var tags =
        stage
            .elb
            .describeTags(r -> r.resourceArns(ours.loadBalancerArn()))
            .tagDescriptions()
            .getFirst()
            .tags();
    var mark = stage.mark();
    var copy =
        stage
            .elb
            .createLoadBalancer(
                r -> r.name("a-copy").subnets("subnet-public-a", "subnet-public-b").tags(tags))
            .loadBalancers()
            .getFirst();

    stage.pass(Duration.ofHours(2));

    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(
        List.of("a-copy", ours.loadBalancerName()),
        stage.loadBalancers().stream().map(LoadBalancer::loadBalancerName).sorted().toList());
    // After each test everything in AWS is compared with what the clusters want.
    stage.elb.deleteLoadBalancer(r -> r.loadBalancerArn(copy.loadBalancerArn()));
  }
}
