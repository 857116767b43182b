package dev.penstock.sandbox.conformance.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;

/** What a story says of AWS besides what is there: refusals, quotas, delays. */
final class StoryInputsTest {
  private static final Scope HOME = new Scope("123456789012", "us-west-2");
  private static final String VPC = "vpc-1";
  private static final String WORLD =
      """
      aws:
        vpcs: [{id: vpc-1, cidrs: [10.0.0.0/16]}]
        subnets:
          - {id: subnet-a, az: us-west-2a, cidr: 10.0.0.0/24}
          - {id: subnet-b, az: us-west-2b, cidr: 10.0.1.0/24}
        quotas: {rulesPerSecurityGroup: 2}
        delays: {targetGroupReleaseSeconds: 60}
      steps: []
      """;

  private final JsonNode content = Rows.yaml(WORLD);
  private final AwsSimulator aws =
      AwsSimulator.create(
          new StoryWorld(HOME, VPC, content).spec(),
          new StoryLimits(content).aws().withBuckets(false),
          _ -> new TargetProbe.Reply.ConnectionRefused(),
          () -> Instant.EPOCH,
          1);
  private final ElasticLoadBalancingV2Client elb =
      aws.client(
          ElasticLoadBalancingV2Client.class, Caller.of(HOME.account(), HOME.region(), "tester"));
  private final StoryFaults faults =
      new StoryFaults(aws.faults(), new StoryNames(aws, HOME, List.of()));

  private String loadBalancer(String name) {
    return elb.createLoadBalancer(r -> r.name(name).subnets("subnet-a", "subnet-b"))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private void listener(String loadBalancer, int port) {
    elb.createListener(r ->
        r.loadBalancerArn(loadBalancer)
            .port(port)
            .protocol("HTTP")
            .defaultActions(
                a -> a.type("fixed-response").fixedResponseConfig(f -> f.statusCode("404"))));
  }

  private ElasticLoadBalancingV2Exception refused(String loadBalancer, int port) {
    return assertThrows(ElasticLoadBalancingV2Exception.class, () -> listener(loadBalancer, port));
  }

  @Test
  void aFailureWithoutTimesHitsEveryCallWhoseFieldsAreEqualAndNoOther() {
    var one = loadBalancer("one");
    var other = loadBalancer("other");
    faults.begin(
        Rows.yaml(
            """
            [{operation: CreateListener, code: Oops, message: too many, where: {loadBalancer: lb/one, port: 443}}]
            """));
    var details = refused(one, 443).awsErrorDetails();
    assertEquals("Oops", details.errorCode());
    assertEquals("too many", details.errorMessage());
    refused(one, 443);
    listener(one, 4430);
    listener(other, 443);
    faults.begin(Rows.yaml("[]"));
    listener(one, 443);
  }

  @Test
  void aFailureWithTimesHitsNoMoreCallsThanThat() {
    var one = loadBalancer("one");
    faults.begin(Rows.yaml("[{operation: CreateListener, code: Oops, times: 2}]"));
    refused(one, 80);
    refused(one, 80);
    listener(one, 80);
  }

  @Test
  void quotasAndDelaysAreThoseOfTheInventoryAndWhatItDoesNotNameIsNoLimit() {
    var settings = aws.settings();
    assertEquals(2, settings.quotas().of(Quota.RULES_PER_SECURITY_GROUP));
    assertEquals(1_000_000, settings.quotas().of(Quota.RULES_PER_ALB));
    assertEquals(Duration.ofSeconds(60), settings.times().targetGroupRelease());
    assertEquals(Duration.ZERO, settings.times().interfaceRelease());
    assertEquals(Duration.ofSeconds(180), settings.times().provisioning());
    assertEquals(2, new StoryLimits(content).scope().quotas().rulesPerSecurityGroup());
  }
}
