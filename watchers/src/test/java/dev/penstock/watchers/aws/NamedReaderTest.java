package dev.penstock.watchers.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.NamedSeen;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/** What is looked up by name, and what guards a load balancer, as the simulator answers. */
class NamedReaderTest {
  private static final StackId STACK = new StackId("blue", StackKind.INGRESS, "web");
  private static final String ACL =
      "arn:aws:wafv2:us-west-2:111122223333:regional/webacl/edge/00000000-0000-4000-8000-000000000000";

  private final AwsSimulator aws =
      AwsSimulator.create(
          WorldSpec.sandbox("blue"),
          Settings.easy(),
          TargetProbe.alwaysHealthy(),
          () -> Instant.parse("2026-01-01T00:00:00Z"),
          7);
  private final Caller caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "test");
  private final InProcessCalls calls = new InProcessCalls(aws, caller);

  private Named named(Named.Kind kind, String name) throws Exception {
    var key = new ResourceKey(STACK, ResourceKind.INVENTORY, "named");
    var seen = new Readers().read(key, new Reading.ReadNamed(kind, name), calls);
    return ((NamedSeen) seen.getFirst()).named();
  }

  @Test
  void aNameLeadsToItsArnOrIsAbsent() throws Exception {
    assertEquals(Named.found(Named.Kind.WEB_ACL, "edge", ACL), named(Named.Kind.WEB_ACL, "edge"));
    assertEquals(Named.absent(Named.Kind.WEB_ACL, "no"), named(Named.Kind.WEB_ACL, "no"));
    assertEquals(
        Optional.of(
            "arn:aws:elasticloadbalancing:us-west-2:111122223333:truststore/clients/0123456789abcdef"),
        named(Named.Kind.TRUST_STORE, "clients").id());
    assertEquals(Named.absent(Named.Kind.TRUST_STORE, "no"), named(Named.Kind.TRUST_STORE, "no"));
    var group =
        aws.client(ElasticLoadBalancingV2Client.class, caller)
            .createTargetGroup(
                r -> r.name("theirs").protocol("HTTP").port(80).vpcId(SandboxWorld.VPC))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    assertEquals(Optional.of(group), named(Named.Kind.TARGET_GROUP, "theirs").id());
    assertEquals(Named.absent(Named.Kind.TARGET_GROUP, "no"), named(Named.Kind.TARGET_GROUP, "no"));
  }

  private Observation guard(Guard guard, String arn) throws Exception {
    var key = new ResourceKey(STACK, ResourceKind.PROTECTION, guard.text());
    var reading = new Reading.ReadResource(Optional.of(arn), Optional.empty(), List.of());
    return new Readers().read(key, reading, calls).getFirst();
  }

  private static ProtectionSpec spec(Observation seen) {
    return (ProtectionSpec) ((ResourcePresent) seen).live().spec();
  }

  @Test
  void aLoadBalancerWithoutGuardsSaysSoAndOneWithThemNamesThem() throws Exception {
    var arn =
        aws.client(ElasticLoadBalancingV2Client.class, caller)
            .createLoadBalancer(r -> r.name("web").subnets("subnet-public-a", "subnet-public-b"))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    for (var guard : Guard.values()) {
      assertEquals(
          new ProtectionSpec(new Link.Known(arn), guard, ""),
          spec(guard(guard, arn)),
          guard.text());
    }
    aws.client(Wafv2Client.class, caller).associateWebACL(r -> r.webACLArn(ACL).resourceArn(arn));
    var id =
        aws.client(ShieldClient.class, caller)
            .createProtection(r -> r.name("by hand").resourceArn(arn))
            .protectionId();

    assertEquals(ACL, spec(guard(Guard.WEB_ACL, arn)).value());
    var shield = (LiveProtection) ((ResourcePresent) guard(Guard.SHIELD, arn)).live();
    assertEquals("by hand", shield.spec().value());
    assertEquals(id, shield.handle());
  }
}
