package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.appliers.ScriptedCloud.Reply;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** Creates, updates and deletes, and what each finds when something was there before. */
class ExecutorsTest {
  private static final Operation CREATE =
      new Operation.Create(Samples.balancer(Map.of("idle_timeout.timeout_seconds", "30")));

  private final Bench bench = new Bench();

  private void balancerOf(String cluster) {
    bench.cloud.on(
        "CreateLoadBalancer",
        CreateLoadBalancerResponse.builder().loadBalancers(Samples.described()).build());
    bench.cloud.on(
        "DescribeLoadBalancers",
        DescribeLoadBalancersResponse.builder().loadBalancers(Samples.described()).build());
    bench.cloud.on("DescribeTags", Samples.tagged(Samples.BALANCER, Samples.tags(cluster)));
    bench.cloud.on(
        "ModifyLoadBalancerAttributes", ModifyLoadBalancerAttributesResponse.builder().build());
  }

  @Test
  void aCreatedLoadBalancerIsProvenOursBeforeAnyFurtherWrite() {
    balancerOf("blue");
    var settled = bench.write(ResourceKind.LOAD_BALANCER, "LoadBalancer", CREATE);
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(
        List.of("CreateLoadBalancer", "DescribeTags", "ModifyLoadBalancerAttributes"),
        bench.cloud.operations());
    var present = Bench.seen(settled, ResourcePresent.class);
    assertTrue(present.aspects().contains(Aspect.ATTRIBUTES));
    assertEquals(Samples.BALANCER, present.live().id());
  }

  @Test
  void aLoadBalancerOfAnotherClusterIsForeignAndNotWritten() {
    balancerOf("green");
    var settled = bench.write(ResourceKind.LOAD_BALANCER, "LoadBalancer", CREATE);
    assertEquals(Fault.FOREIGN, Bench.rejected(settled).fault());
    assertEquals(List.of("CreateLoadBalancer", "DescribeTags"), bench.cloud.operations());
    assertTrue(settled.observations().isEmpty(), "what is not ours is not observed as ours");
  }

  @Test
  void aDuplicateNameIsRecognisedByItsTags() {
    balancerOf("blue");
    bench.cloud.on("CreateLoadBalancer", ScriptedCloud.refuse("DuplicateLoadBalancerName"));
    var settled = bench.write(ResourceKind.LOAD_BALANCER, "LoadBalancer", CREATE);
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(
        List.of("CreateLoadBalancer", "DescribeLoadBalancers", "DescribeTags"),
        bench.cloud.operations());
  }

  @Test
  void aDuplicateNameOfAnotherClusterIsForeign() {
    balancerOf("green");
    bench.cloud.on("CreateLoadBalancer", ScriptedCloud.refuse("DuplicateLoadBalancerName"));
    var settled = bench.write(ResourceKind.LOAD_BALANCER, "LoadBalancer", CREATE);
    assertEquals(Fault.FOREIGN, Bench.rejected(settled).fault());
  }

  private static LiveLoadBalancer live(Map<String, String> attributes) {
    return new LiveLoadBalancer(
        Samples.BALANCER, Samples.balancer(attributes), "dns", "Z", "vpc-1", "active", "");
  }

  @Test
  void anUpdateWritesOnlyNamedAspectsThatDiffer() {
    bench.cloud.on(
        "ModifyLoadBalancerAttributes", ModifyLoadBalancerAttributesResponse.builder().build());
    bench.cloud.on("AddTags", AddTagsResponse.builder().build());
    var update =
        new Operation.Update(
            live(Map.of("a", "1")),
            Samples.balancer(Map.of("a", "2")),
            List.of(Aspect.SUBNETS, Aspect.ATTRIBUTES, Aspect.TAGS));
    var settled = bench.write(ResourceKind.LOAD_BALANCER, "LoadBalancer", update);
    assertEquals(List.of("ModifyLoadBalancerAttributes"), bench.cloud.operations());
    var now = Bench.seen(settled, ResourcePresent.class).live();
    assertEquals(live(Map.of("a", "2")).spec(), now.spec());
  }

  @Test
  void deletingWhatIsMissingSucceeds() {
    bench.cloud.on(
        "DeleteLoadBalancer",
        ScriptedCloud.refuse("LoadBalancerNotFound"),
        _ -> DeleteLoadBalancerResponse.builder().build());
    var settled =
        bench.write(
            ResourceKind.LOAD_BALANCER, "LoadBalancer", new Operation.Delete(live(Map.of())));
    assertInstanceOf(Result.Applied.class, settled.result());
    Bench.seen(settled, ResourceMissing.class);
    assertEquals(1, bench.cloud.operations().size());
  }

  private static Rule described(String priority, String path) {
    return Rule.builder()
        .ruleArn(Samples.RULE)
        .priority(priority)
        .conditions(c -> c.field("path-pattern").pathPatternConfig(p -> p.values(path)))
        .actions(a -> a.type("forward").order(1).targetGroupArn("arn:tg"))
        .build();
  }

  private void rules(Rule... rules) {
    bench.cloud.on("DescribeRules", DescribeRulesResponse.builder().rules(rules).build());
  }

  @Test
  void aRuleWhoseAnswerWasLostIsFoundByReading() {
    bench.cloud.on("CreateRule", ScriptedCloud.lose());
    rules(described("7", "/a"));
    bench.cloud.on("DescribeTags", Samples.tagged(Samples.RULE, Samples.tags("blue")));
    var settled =
        bench.write(ResourceKind.LISTENER_RULE, "80:x", new Operation.Create(Samples.rule()));
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(List.of("CreateRule", "DescribeRules", "DescribeTags"), bench.cloud.operations());
    assertEquals(Samples.RULE, Bench.seen(settled, ResourcePresent.class).live().id());
  }

  @Test
  void aRuleWhoseRequestWasLostIsCreatedOnceMore() {
    Reply created = _ -> CreateRuleResponse.builder().rules(described("7", "/a")).build();
    bench.cloud.on("CreateRule", ScriptedCloud.lose(), created);
    rules();
    var settled =
        bench.write(ResourceKind.LISTENER_RULE, "80:x", new Operation.Create(Samples.rule()));
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(List.of("CreateRule", "DescribeRules", "CreateRule"), bench.cloud.operations());
  }

  @Test
  void aPriorityThatAnotherRuleHoldsIsRejected() {
    bench.cloud.on("CreateRule", ScriptedCloud.refuse("PriorityInUse"));
    rules(described("7", "/another"));
    bench.cloud.on("DescribeTags", Samples.tagged(Samples.RULE, Samples.tags("blue")));
    var settled =
        bench.write(ResourceKind.LISTENER_RULE, "80:x", new Operation.Create(Samples.rule()));
    assertEquals("PriorityInUse", Bench.rejected(settled).code());
  }

  @Test
  void aListenerThatIsNotVisibleYetIsAwaited() {
    Reply created = _ -> CreateRuleResponse.builder().rules(described("7", "/a")).build();
    bench.cloud.on("CreateRule", ScriptedCloud.refuse("ListenerNotFound"), created);
    var settled =
        bench.write(ResourceKind.LISTENER_RULE, "80:x", new Operation.Create(Samples.rule()));
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(2, settled.attempts());
  }

  private void groupOf(String cluster) {
    var tags =
        Samples.tags(cluster).entrySet().stream()
            .map(t ->
                software.amazon.awssdk.services.ec2.model.Tag.builder()
                    .key(t.getKey())
                    .value(t.getValue())
                    .build())
            .toList();
    var group =
        SecurityGroup.builder()
            .groupId("sg-1")
            .groupName("web")
            .vpcId("vpc-1")
            .tags(tags)
            .ipPermissions(p ->
                p.ipProtocol("tcp").fromPort(80).toPort(80).ipRanges(r -> r.cidrIp("10.0.0.0/8")))
            .build();
    bench.cloud.on(
        "DescribeSecurityGroups",
        DescribeSecurityGroupsResponse.builder().securityGroups(group).build());
    bench.cloud.on(
        "AuthorizeSecurityGroupIngress", AuthorizeSecurityGroupIngressResponse.builder().build());
  }

  private static Operation create(int... ports) {
    var rules = Arrays.stream(ports).mapToObj(Samples::port).toList();
    return new Operation.Create(Samples.group(rules.toArray(Permission[]::new)));
  }

  @Test
  void aSecurityGroupOfOursIsRecognisedAndOnlyWhatItLacksIsAuthorized() {
    groupOf("blue");
    bench.cloud.on("CreateSecurityGroup", ScriptedCloud.refuse("InvalidGroup.Duplicate"));
    var settled = bench.write(ResourceKind.SECURITY_GROUP, "managed", create(80, 443));
    assertInstanceOf(Result.Applied.class, settled.result());
    var sent = bench.cloud.requests(AuthorizeSecurityGroupIngressRequest.class);
    assertEquals(
        List.of(443), sent.getFirst().ipPermissions().stream().map(p -> p.fromPort()).toList());
  }

  @Test
  void aSecurityGroupOfAnotherClusterIsForeignAndNotWritten() {
    groupOf("green");
    bench.cloud.on("CreateSecurityGroup", ScriptedCloud.refuse("InvalidGroup.Duplicate"));
    var settled = bench.write(ResourceKind.SECURITY_GROUP, "managed", create(80));
    assertEquals(Fault.FOREIGN, Bench.rejected(settled).fault());
    assertEquals(
        List.of("CreateSecurityGroup", "DescribeSecurityGroups"), bench.cloud.operations());
  }

  @Test
  void aRuleThatAwsKnowsAlreadyDoesNotKeepTheOthersOut() {
    groupOf("blue");
    bench.cloud.on(
        "CreateSecurityGroup", CreateSecurityGroupResponse.builder().groupId("sg-1").build());
    bench.cloud.on(
        "AuthorizeSecurityGroupIngress",
        ScriptedCloud.refuse("InvalidPermission.Duplicate"),
        _ -> AuthorizeSecurityGroupIngressResponse.builder().build());
    var settled = bench.write(ResourceKind.SECURITY_GROUP, "managed", create(80, 443));
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(
        List.of(
            "CreateSecurityGroup",
            "AuthorizeSecurityGroupIngress",
            "DescribeSecurityGroups",
            "AuthorizeSecurityGroupIngress"),
        bench.cloud.operations());
  }

  @Test
  void whereTheQuotaHasNoRoomForBothTheRulesThatGoLeaveFirst() {
    groupOf("blue");
    bench.cloud.on(
        "AuthorizeSecurityGroupIngress",
        ScriptedCloud.refuse("RulesPerSecurityGroupLimitExceeded"),
        _ -> AuthorizeSecurityGroupIngressResponse.builder().build());
    bench.cloud.on(
        "RevokeSecurityGroupIngress", RevokeSecurityGroupIngressResponse.builder().build());
    var live = new LiveSecurityGroup("sg-1", Samples.group(Samples.port(80)));
    var full = Samples.group(Samples.port(443));
    var settled =
        bench.write(
            ResourceKind.SECURITY_GROUP,
            "managed",
            new Operation.Update(live, full, List.of(Aspect.INGRESS_RULES)));
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(
        List.of(
            "AuthorizeSecurityGroupIngress",
            "RevokeSecurityGroupIngress",
            "AuthorizeSecurityGroupIngress"),
        bench.cloud.operations());
  }

  @Test
  void whatLetsVisitorsInStaysWhereTheQuotaMayHaveNoRoomForWhatComes() {
    groupOf("blue");
    bench.cloud.on(
        "AuthorizeSecurityGroupIngress",
        ScriptedCloud.refuse("RulesPerSecurityGroupLimitExceeded"));
    var live = new LiveSecurityGroup("sg-1", Samples.group(Samples.port(80)));
    var more = Samples.group(Samples.port(443), Samples.port(8443));
    var settled =
        bench.write(
            ResourceKind.SECURITY_GROUP,
            "managed",
            new Operation.Update(live, more, List.of(Aspect.INGRESS_RULES)));
    assertInstanceOf(Result.Rejected.class, settled.result());
    assertEquals(List.of("AuthorizeSecurityGroupIngress"), bench.cloud.operations());
  }

  @Test
  void aGroupThatIsStillUsedIsAskedForOnceAndDeferred() {
    bench.cloud.on("DeleteSecurityGroup", ScriptedCloud.refuse("DependencyViolation"));
    var live = new LiveSecurityGroup("sg-1", Samples.group());
    var settled = bench.write(ResourceKind.SECURITY_GROUP, "managed", new Operation.Delete(live));
    var deferred = assertInstanceOf(Result.Deferred.class, settled.result());
    assertEquals(Fault.DEPENDENCY_PENDING, deferred.fault());
    assertEquals(1, settled.attempts());
    assertEquals(1, settled.calls().size());
  }
}
