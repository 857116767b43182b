package dev.penstock.watchers.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.types.Tags;
import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.aws.AwsFaults.Rule;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.Quotas;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.OwnedScanned;
import dev.penstock.schemas.event.Observation.RecordsSeen;
import dev.penstock.schemas.event.Observation.ResourceFound;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Observation.TargetsSeen;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;

/** What readers make of the answers of the simulated AWS, in pages of two. */
class ReadersTest {
  private static final StackId STACK = new StackId("blue", StackKind.INGRESS, "web");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AwsSimulator aws =
      AwsSimulator.create(
          WorldSpec.sandbox("blue"),
          Settings.easy()
              .withQuotas(
                  Quotas.defaults()
                      .with(Quota.ELB_PAGE, 2)
                      .with(Quota.EC2_PAGE, 2)
                      .with(Quota.ROUTE53_PAGE, 2)),
          TargetProbe.alwaysHealthy(),
          () -> NOW,
          7);
  private final Caller caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "test");
  private final ElasticLoadBalancingV2Client elb =
      aws.client(ElasticLoadBalancingV2Client.class, caller);
  private final Ec2Client ec2 = aws.client(Ec2Client.class, caller);
  private final Route53Client route53 = aws.client(Route53Client.class, caller);
  private final InProcessCalls calls = new InProcessCalls(aws, caller);

  private static ResourceKey key(ResourceKind kind) {
    return new ResourceKey(STACK, kind, "x");
  }

  private List<Observation> read(ResourceKind kind, Reading reading) throws Exception {
    return new Readers().read(key(kind), reading, calls);
  }

  private static Map<String, String> marks(String cluster, String resource) {
    var tags = new TreeMap<String, String>();
    tags.put("elbv2.k8s.aws/cluster", cluster);
    tags.put("ingress.k8s.aws/stack", "web");
    tags.put("ingress.k8s.aws/resource", resource);
    return tags;
  }

  private String targetGroup(String name, Map<String, String> tags) {
    return elb.createTargetGroup(r ->
            r.name(name)
                .protocol("HTTP")
                .port(80)
                .vpcId(SandboxWorld.VPC)
                .targetType("ip")
                .tags(Tags.elb(tags)))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  private static Reading byId(String id) {
    return new Reading.ReadResource(Optional.of(id), Optional.empty(), List.of());
  }

  private static Reading byName(String name) {
    return new Reading.ReadResource(Optional.empty(), Optional.of(name), List.of());
  }

  @Test
  void theSweepFindsWhatIsOursOnEveryPageAndNothingElse() throws Exception {
    var ours =
        IntStream.range(0, 5)
            .mapToObj(i -> targetGroup("ours" + i, marks("blue", "r" + i)))
            .toList();
    targetGroup("theirs", marks("green", "r"));
    targetGroup("plain", Map.of());
    var seen = read(ResourceKind.INVENTORY, new Reading.ReadOwned(List.of("blue"), false));
    var found =
        seen.stream()
            .filter(ResourceFound.class::isInstance)
            .map(o -> ((ResourceFound) o).live())
            .filter(LiveTargetGroup.class::isInstance)
            .map(live -> live.id())
            .sorted()
            .toList();
    assertEquals(ours.stream().sorted().toList(), found);
    var scanned = assertInstanceOf(OwnedScanned.class, seen.getLast());
    assertTrue(scanned.ids().containsAll(ours));
    assertEquals(4, Collections.frequency(calls.operations(), "DescribeTargetGroups"));
  }

  @Test
  void whatTheControllerBeforeLbcMadeIsFoundByItsTags() throws Exception {
    var tags = new TreeMap<>(marks("blue", "r"));
    tags.put("ingress.k8s.aws/cluster", tags.remove("elbv2.k8s.aws/cluster"));
    var group = targetGroup("before", tags);
    var both = new TreeMap<>(tags);
    both.put("elbv2.k8s.aws/cluster", "green");
    targetGroup("taken", both);
    var frontend =
        ec2.createSecurityGroup(r ->
                r.groupName("before")
                    .description("x")
                    .vpcId(SandboxWorld.VPC)
                    .tagSpecifications(t -> t.resourceType("security-group").tags(Tags.ec2(tags))))
            .groupId();
    var sweep = read(ResourceKind.INVENTORY, new Reading.ReadOwned(List.of("blue"), false));
    assertTrue(
        assertInstanceOf(OwnedScanned.class, sweep.getLast())
            .ids()
            .containsAll(List.of(group, frontend)));
    var seen = new TreeMap<String, String>();
    var stack = new Reading.ReadStack("blue", STACK, Map.of(), true, List.of(), List.of());
    for (var it : read(ResourceKind.INVENTORY, stack)) {
      if (it instanceof ResourcePresent(var key, var live, _)) {
        seen.put(live.id(), key.id());
      }
    }
    assertEquals(Map.of(group, "r", frontend, "r"), seen);
  }

  @Test
  void aGroupThatIsDeletedBetweenListAndTagsIsLeftOutAndTheOthersAreFound() throws Exception {
    var arns =
        IntStream.range(0, 6).mapToObj(i -> targetGroup("g" + i, marks("blue", "r" + i))).toList();
    elb.deleteTargetGroup(r -> r.targetGroupArn(arns.get(3)));
    var tags = new Balancing(calls).tags(arns);
    assertEquals(5, tags.size());
    assertTrue(!tags.containsKey(arns.get(3)));
    assertEquals("r4", tags.get(arns.get(4)).get("ingress.k8s.aws/resource"));
  }

  @Test
  void tagsOfManyAreAskedTwentyACall() throws Exception {
    var arns = IntStream.range(0, 45).mapToObj(i -> targetGroup("g" + i, Map.of())).toList();
    assertEquals(45, new Balancing(calls).tags(arns).size());
    assertEquals(List.of("DescribeTags", "DescribeTags", "DescribeTags"), calls.operations());
  }

  @Test
  void whatIsGoneIsMissingByIdAndByName() throws Exception {
    var arn = targetGroup("web", marks("blue", "r"));
    elb.deleteTargetGroup(r -> r.targetGroupArn(arn));
    var missing = List.<Observation>of(new ResourceMissing(key(ResourceKind.TARGET_GROUP)));
    assertEquals(missing, read(ResourceKind.TARGET_GROUP, byId(arn)));
    assertEquals(missing, read(ResourceKind.TARGET_GROUP, byName("web")));
    var health = new Reading.ReadTargetHealth(arn, List.of());
    assertEquals(missing, read(ResourceKind.TARGET_GROUP, health));
    var groups = List.<Observation>of(new ResourceMissing(key(ResourceKind.SECURITY_GROUP)));
    assertEquals(groups, read(ResourceKind.SECURITY_GROUP, byId("sg-0123456789abcdef0")));
    assertEquals(groups, read(ResourceKind.SECURITY_GROUP, byName(SandboxWorld.VPC + "/none")));
    var balancers = List.<Observation>of(new ResourceMissing(key(ResourceKind.LOAD_BALANCER)));
    assertEquals(balancers, read(ResourceKind.LOAD_BALANCER, byName("none")));
  }

  @Test
  void aSecurityGroupIsFoundByNameInItsOwnVpcOnly() throws Exception {
    var theirs =
        ec2.createSecurityGroup(
            r -> r.groupName("web").description("theirs").vpcId(SandboxWorld.VPC));
    assertEquals(
        List.of(new ResourceMissing(key(ResourceKind.SECURITY_GROUP))),
        read(ResourceKind.SECURITY_GROUP, byName("vpc-of-ours/web")));
    var seen = read(ResourceKind.SECURITY_GROUP, byName(SandboxWorld.VPC + "/web"));
    var present = assertInstanceOf(ResourcePresent.class, seen.getFirst());
    assertEquals(theirs.groupId(), assertInstanceOf(LiveSecurityGroup.class, present.live()).id());
  }

  @Test
  void aZoneIsReadToItsLastPageAndANameNoFurtherThanItself() throws Exception {
    for (var name : List.of("a", "b", "c", "d", "e")) {
      route53.changeResourceRecordSets(r ->
          r.hostedZoneId(SandboxWorld.ZONE_ID)
              .changeBatch(batch ->
                  batch.changes(change ->
                      change
                          .action(ChangeAction.CREATE)
                          .resourceRecordSet(set ->
                              set.name(name + ".example.com")
                                  .type("A")
                                  .ttl(60L)
                                  .resourceRecords(value -> value.value("192.0.2.1"))))));
    }
    var all = new Reading.ReadRecords(SandboxWorld.ZONE_ID, Optional.empty());
    var zone = assertInstanceOf(RecordsSeen.class, read(ResourceKind.INVENTORY, all).getFirst());
    assertEquals(7, zone.recordSets().size(), "NS, SOA and five");
    var one = new Reading.ReadRecords(SandboxWorld.ZONE_ID, Optional.of("c.example.com"));
    var name = assertInstanceOf(RecordsSeen.class, read(ResourceKind.INVENTORY, one).getFirst());
    assertEquals(
        List.of("c.example.com."), name.recordSets().stream().map(set -> set.name()).toList());
  }

  @Test
  void aLongZoneIsToldInPartsEachNameWholeOwnershipFirst() throws Exception {
    for (var n = 0; n < 70; n++) {
      for (var value : List.of("A 192.0.2.1", "AAAA 2001:db8::1", "TXT \"of-" + n + "\"")) {
        var type = value.substring(0, value.indexOf(' '));
        var name = (type.equals("TXT") ? "txt-" : "web-") + n + ".example.com";
        route53.changeResourceRecordSets(r ->
            r.hostedZoneId(SandboxWorld.ZONE_ID)
                .changeBatch(batch ->
                    batch.changes(change ->
                        change
                            .action(ChangeAction.CREATE)
                            .resourceRecordSet(set ->
                                set.name(name)
                                    .type(type)
                                    .ttl(60L)
                                    .resourceRecords(
                                        v -> v.value(value.substring(type.length() + 1)))))));
      }
    }
    var all = new Reading.ReadRecords(SandboxWorld.ZONE_ID, Optional.empty());
    var parts = read(ResourceKind.INVENTORY, all).stream().map(RecordsSeen.class::cast).toList();
    assertEquals(List.of(false, false, true), parts.stream().map(RecordsSeen::complete).toList());
    var types =
        parts.stream().flatMap(p -> p.recordSets().stream()).map(set -> set.type()).toList();
    assertEquals(69, types.lastIndexOf("TXT"));
    assertEquals(212, types.size(), "NS, SOA and 210");
    for (var part : parts) {
      var names = part.recordSets().stream().filter(s -> s.name().startsWith("web-")).count();
      assertEquals(0, names % 2, "A and AAAA of a name come together");
    }
  }

  @Test
  void healthOfAllTargetsIsCompleteAndHealthOfSomeIsNot() throws Exception {
    var arn = targetGroup("web", Map.of());
    elb.registerTargets(r ->
        r.targetGroupArn(arn)
            .targets(t -> t.id("10.0.72.5").port(80), t -> t.id("10.0.72.6").port(80)));
    var all =
        assertInstanceOf(
            TargetsSeen.class,
            read(ResourceKind.TARGET_GROUP, new Reading.ReadTargetHealth(arn, List.of()))
                .getFirst());
    assertTrue(all.complete());
    assertEquals(2, all.targets().size());
    var first = List.of(all.targets().getFirst().target());
    var some =
        assertInstanceOf(
            TargetsSeen.class,
            read(ResourceKind.TARGET_GROUP, new Reading.ReadTargetHealth(arn, first)).getFirst());
    assertTrue(!some.complete());
    assertEquals(1, some.targets().size());
  }

  @Test
  void whatTheLogKnowsOfAStackIsReadWhateverItsTagsSay() throws Exception {
    var lost = targetGroup("lost", Map.of());
    var ours = targetGroup("ours", marks("blue", "other"));
    targetGroup("theirs", marks("green", "r"));
    var known = Map.of(lost, "lost", ours, "ours", "arn:gone", "gone");
    var seen = new TreeMap<String, String>();
    for (var byTags : List.of(true, false)) {
      seen.clear();
      var reading = new Reading.ReadStack("blue", STACK, known, byTags, List.of(), List.of());
      for (var it : read(ResourceKind.INVENTORY, reading)) {
        if (it instanceof ResourcePresent(var key, var live, _)) {
          seen.put(live.id(), key.id());
        }
      }
      assertEquals(Map.of(lost, "lost", ours, "ours"), seen, "by tags: " + byTags);
    }
  }

  /** What a stack's sweep costs does not grow with the account. */
  @Test
  void aStackThatIsKnownIsReadByItsIdsAlone() throws Exception {
    var ours = targetGroup("ours", marks("blue", "ours"));
    var known = new TreeMap<>(Map.of(ours, "ours"));
    var reading = new Reading.ReadStack("blue", STACK, known, false, List.of(), List.of());
    var alone = calls(reading);
    for (int i = 0; i < 60; i++) {
      targetGroup("other-" + i, marks("blue", "other-" + i));
    }

    assertEquals(alone, calls(reading));
  }

  private long calls(Reading reading) throws Exception {
    var before = aws.requests().last();
    read(ResourceKind.INVENTORY, reading);
    return aws.requests().last() - before;
  }

  /** It costs a call of its own for each load balancer, and few have any. */
  @Test
  void theMinimumCapacityIsReadOnlyWhereItIsAskedFor() throws Exception {
    var arn =
        elb.createLoadBalancer(r ->
                r.name("web")
                    .subnets("subnet-public-a", "subnet-public-b")
                    .tags(Tags.elb(marks("blue", "LoadBalancer"))))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    assertEquals(Optional.empty(), capacity(List.of()));
    assertEquals(Optional.of(0), capacity(List.of(arn)));
  }

  private Optional<Integer> capacity(List<String> reserved) throws Exception {
    var reading = new Reading.ReadStack("blue", STACK, Map.of(), true, reserved, List.of());
    for (var it : read(ResourceKind.INVENTORY, reading)) {
      if (it instanceof ResourcePresent(_, LiveLoadBalancer live, var aspects)) {
        assertEquals(!reserved.isEmpty(), aspects.contains(Aspect.CAPACITY));
        return live.spec().minimumCapacityUnits();
      }
    }
    throw new AssertionError("the load balancer was not read");
  }

  /** A failure is no observation: nobody may take what could not be read for missing. */
  @TestFactory
  Stream<DynamicTest> whatMayNotBeReadIsNotMissing() {
    var arn = targetGroup("web", marks("blue", "r"));
    return Stream.of(
            byId(arn),
            new Reading.ReadStack("blue", STACK, Map.of(arn, "r"), false, List.of(), List.of()),
            byName("web"),
            new Reading.ReadTargetHealth(arn, List.of()),
            new Reading.ReadStack("blue", STACK, Map.of(), true, List.of(), List.of()),
            new Reading.ReadOwned(List.of("blue"), false),
            new Reading.ReadNetwork(SandboxWorld.VPC),
            new Reading.ReadCertificates(false),
            new Reading.ReadHostedZones(),
            new Reading.ReadRecords(SandboxWorld.ZONE_ID, Optional.empty()))
        .map(reading ->
            DynamicTest.dynamicTest(
                reading.toString().replace(arn, "an ARN"),
                () -> {
                  aws.faults().clear();
                  aws.faults().add(Rule.always("*", new Effect.Deny()));
                  var failed =
                      assertThrows(
                          CallFailed.class, () -> read(ResourceKind.TARGET_GROUP, reading));
                  assertEquals(Fault.DENIED, failed.fault());
                }));
  }

  @Test
  void aSweepThatIsRefusedInTheMiddleSaysNothing() {
    IntStream.range(0, 5).forEach(i -> targetGroup("ours" + i, marks("blue", "r" + i)));
    aws.faults().add(Rule.always("DescribeTags", new Effect.Deny()));
    assertThrows(
        CallFailed.class,
        () -> read(ResourceKind.INVENTORY, new Reading.ReadOwned(List.of("blue"), false)));
  }
}
