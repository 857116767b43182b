package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.aws.AwsFaults.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.route53.Route53Client;

/** What the simulator remembers: over restarts, of a moment ago, and nothing of what it refused. */
final class MemoryTest {
  private static final Caller HERE = Caller.of("111122223333", "us-west-2", "test");

  private final TickingClock clock = new TickingClock();

  private AwsSimulator open(Path directory) {
    return AwsSimulator.open(
        directory,
        WorldSpec.sandbox("demo"),
        Settings.easy(),
        TargetProbe.alwaysHealthy(),
        clock,
        1);
  }

  private AwsSimulator create(long seed) {
    return AwsSimulator.create(
        WorldSpec.sandbox("demo"), Settings.easy(), TargetProbe.alwaysHealthy(), clock, seed);
  }

  private static String loadBalancer(AwsSimulator aws, String name) {
    return elb(aws)
        .createLoadBalancer(r -> r.name(name).subnets("subnet-public-a", "subnet-public-b"))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private static ElasticLoadBalancingV2Client elb(AwsSimulator aws) {
    return aws.client(ElasticLoadBalancingV2Client.class, HERE);
  }

  private static List<String> rows(AwsSimulator aws) {
    var rows = new ArrayList<String>();
    aws.inspect((table, key, row) -> rows.add(table + " " + key + " " + row));
    return rows;
  }

  private static void build(AwsSimulator aws) {
    var elb = elb(aws);
    var arn = loadBalancer(aws, "web");
    var group =
        elb.createTargetGroup(r ->
                r.name("tg").protocol("HTTP").port(80).vpcId(SandboxWorld.VPC).targetType("ip"))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elb.createListener(r ->
        r.loadBalancerArn(arn)
            .protocol("HTTP")
            .port(80)
            .tags(t -> t.key("k").value("v"))
            .defaultActions(a -> a.type("forward").targetGroupArn(group)));
    elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20")));
    elb.describeTargetHealth(r -> r.targetGroupArn(group));
    aws.client(Route53Client.class, HERE)
        .changeResourceRecordSets(r ->
            r.hostedZoneId(SandboxWorld.ZONE_ID)
                .changeBatch(b ->
                    b.changes(c ->
                        c.action("CREATE")
                            .resourceRecordSet(s ->
                                s.name("a.example.com")
                                    .type("A")
                                    .ttl(60L)
                                    .resourceRecords(v -> v.value("192.0.2.1"))))));
  }

  @Test
  void aRestartFindsEverythingAndRepeatsNoId(@TempDir Path directory) {
    var before = open(directory);
    build(before);
    var after = open(directory);
    assertEquals(rows(before), rows(after));
    assertNotEquals(loadBalancer(before, "one"), loadBalancer(after, "two"));
  }

  @Test
  void aTornLastLineIsACallThatWasNeverAnswered(@TempDir Path directory) throws IOException {
    var before = open(directory);
    build(before);
    var file = directory.resolve("aws.journal");
    Files.writeString(file, "{\"ids\":99,\"changes\":[{\"table\":\"1", StandardOpenOption.APPEND);
    var after = open(directory);
    assertEquals(rows(before), rows(after));
    loadBalancer(after, "more");
    assertEquals(rows(after), rows(open(directory)));
  }

  @Test
  void theSameSeedGivesTheSameWorld() {
    var first = create(3);
    var second = create(3);
    build(first);
    build(second);
    assertEquals(rows(first), rows(second));
    var third = create(4);
    build(third);
    assertNotEquals(rows(first), rows(third));
  }

  @Test
  void aStaleReadAnswersFromAMomentAgo() {
    var aws = create(1);
    clock.pass(Duration.ofSeconds(1));
    loadBalancer(aws, "old");
    clock.pass(Duration.ofSeconds(1));
    loadBalancer(aws, "new");
    aws.faults().add(Rule.next("DescribeLoadBalancers", new Effect.Stale(Duration.ofMillis(500))));
    assertEquals(1, elb(aws).describeLoadBalancers().loadBalancers().size());
    assertEquals(2, elb(aws).describeLoadBalancers().loadBalancers().size());
  }

  @Test
  void aWriteOnALaggingReplicaIsRefusedAndLaterDone() {
    var aws = create(1);
    clock.pass(Duration.ofSeconds(1));
    var arn = loadBalancer(aws, "web");
    aws.faults().add(Rule.next("AddTags", new Effect.Stale(Duration.ofMillis(500))));
    assertThrows(
        LoadBalancerNotFoundException.class,
        () -> elb(aws).addTags(r -> r.resourceArns(arn).tags(t -> t.key("a").value("b"))));
    clock.pass(Duration.ofSeconds(1));
    aws.faults().add(Rule.next("AddTags", new Effect.Stale(Duration.ofMillis(500))));
    elb(aws).addTags(r -> r.resourceArns(arn).tags(t -> t.key("a").value("b")));
    var tags = elb(aws).describeTags(r -> r.resourceArns(arn)).tagDescriptions().getFirst().tags();
    assertEquals("b", tags.getFirst().value());
  }

  @Test
  void aRefusedCallLeavesNoTrace() {
    var aws = create(1);
    build(aws);
    var before = rows(aws);
    var arn = elb(aws).describeLoadBalancers().loadBalancers().getFirst().loadBalancerArn();
    var listener =
        elb(aws)
            .describeListeners(r -> r.loadBalancerArn(arn))
            .listeners()
            .getFirst()
            .listenerArn();
    // Refused after the priorities were moved, when the final order turns out to clash.
    var group = elb(aws).describeTargetGroups().targetGroups().getFirst().targetGroupArn();
    var first = rule(aws, listener, 1, group);
    rule(aws, listener, 2, group);
    var ruled = rows(aws);
    assertThrows(
        software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException.class,
        () -> elb(aws).setRulePriorities(r -> r.rulePriorities(p -> p.ruleArn(first).priority(2))));
    assertEquals(ruled, rows(aws));
    assertTrue(ruled.size() > before.size());
  }

  private static String rule(AwsSimulator aws, String listener, int priority, String group) {
    return elb(aws)
        .createRule(r ->
            r.listenerArn(listener)
                .priority(priority)
                .conditions(c -> c.field("path-pattern").values("/" + priority))
                .actions(a -> a.type("forward").targetGroupArn(group)))
        .rules()
        .getFirst()
        .ruleArn();
  }
}
