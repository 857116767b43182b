package dev.penstock.watchers.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.edges.aws.types.Tags;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** What a stack is found by. */
final class StackReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final StackId STACK = new StackId("blue", StackKind.INGRESS, "web");

  private final AwsSimulator aws =
      AwsSimulator.create(
          WorldSpec.sandbox("blue"), Settings.easy(), TargetProbe.alwaysHealthy(), () -> NOW, 7);
  private final Caller caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "test");
  private final ElasticLoadBalancingV2Client elb =
      aws.client(ElasticLoadBalancingV2Client.class, caller);

  private void targetGroup(String cluster, String resource) {
    var marks =
        Map.of(
            "elbv2.k8s.aws/cluster", cluster,
            "ingress.k8s.aws/stack", "web",
            "ingress.k8s.aws/resource", resource);
    elb.createTargetGroup(r ->
        r.name(resource)
            .protocol("HTTP")
            .port(80)
            .vpcId(SandboxWorld.VPC)
            .targetType("ip")
            .tags(Tags.elb(marks)));
  }

  private List<String> found(String cluster, List<String> formerNames) throws Exception {
    var reading = new Reading.ReadStack(cluster, STACK, Map.of(), true, List.of(), formerNames);
    var key = new ResourceKey(STACK, ResourceKind.INVENTORY, "stack");
    return new Readers()
        .read(key, reading, new InProcessCalls(aws, caller)).stream()
            .flatMap(it ->
                it instanceof ResourcePresent(var of, _, _) ? Stream.of(of.id()) : Stream.empty())
            .sorted()
            .toList();
  }

  @Test
  void whatCarriesAFormerNameOfTheClusterIsFound() throws Exception {
    targetGroup("blue", "new");
    targetGroup("azure", "old");
    targetGroup("green", "other");
    assertEquals(List.of("new"), found("blue", List.of()));
    assertEquals(List.of("new", "old"), found("blue", List.of("azure")));
  }
}
