package dev.penstock.plan;

import static dev.penstock.plan.Specs.OURS;
import static dev.penstock.plan.Specs.STACK;
import static dev.penstock.plan.Specs.tags;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The decision table of Differ, kind by kind. */
final class DifferTest {
  private static final Differ DIFFER = new Differ(OURS);
  private static final LoadBalancerSpec BALANCER =
      Specs.loadBalancer("internal", List.of("a", "b"), Map.of(), tags("LoadBalancer"));

  @Test
  void unknownIsNeverActedOn() {
    assertInstanceOf(Verdict.Undecided.class, diff(BALANCER, new Unknown("not read")));
    assertInstanceOf(
        Verdict.Undecided.class,
        DIFFER.diff(Specs.key(BALANCER), Optional.empty(), row(new Unknown("not read"))));
  }

  @Test
  void missingIsCreatedOnlyWhenWanted() {
    assertEquals(new Verdict.Create(BALANCER), diff(BALANCER, new Missing()));
    assertEquals(
        new Verdict.InSync(),
        DIFFER.diff(Specs.key(BALANCER), Optional.empty(), row(new Missing())));
  }

  @Test
  void aReferenceThatIsNotKnownBlocks() {
    var listener = Specs.listener("HTTP", List.of(), List.of(Specs.forward("arn:tg")));
    var key = Specs.key(ResourceKind.TARGET_GROUP, "web");
    var pending =
        Specs.listener(
            "HTTP",
            List.of(),
            List.of(
                new Action.Forward(
                    List.of(new Action.WeightedTargetGroup(new Link.Ref(key), Optional.of(1))),
                    Optional.empty())));
    assertEquals(List.of(key), ((Verdict.Blocked) diff(pending, new Missing())).on(), "on create");
    assertEquals(
        List.of(key),
        ((Verdict.Blocked) diff(pending, new Present(Specs.live(listener)))).on(),
        "on update");
    var resolved =
        Order.resolve(pending, _ -> new Present(Specs.live(targetGroup("/", "200", Map.of()))));
    assertEquals(new Verdict.InSync(), diff(resolved, new Present(Specs.live(listener))));
  }

  @Test
  void anotherClustersResourceIsForeignWantedOrNot() {
    var theirs =
        Specs.loadBalancer(
            "internal",
            List.of("a", "b"),
            Map.of(),
            tags("LoadBalancer", "elbv2.k8s.aws/cluster", "other"));
    assertEquals(new Verdict.Foreign("cluster other"), diff(BALANCER, live(theirs)));
    assertEquals(
        new Verdict.Foreign("cluster other"),
        DIFFER.diff(Specs.key(BALANCER), Optional.empty(), row(live(theirs))));
  }

  @Test
  void whatCarriesAFormerNameOfTheClusterIsItsOwnAndGetsThePresentOne() {
    var before =
        Specs.loadBalancer(
            "internal",
            List.of("a", "b"),
            Map.of(),
            tags("LoadBalancer", "elbv2.k8s.aws/cluster", "demo-before"));
    var verdict = assertInstanceOf(Verdict.Update.class, diff(BALANCER, live(before)));
    assertEquals(List.of(Aspect.TAGS), verdict.aspects());
  }

  @Test
  void aLoadBalancerWithoutTagsIsOursOnlyIfOurLogWroteIt() {
    var bare = Specs.loadBalancer("internal", List.of("a", "b"), Map.of(), Map.of());
    assertInstanceOf(Verdict.Foreign.class, diff(BALANCER, live(bare)));
    var remembered = Written.remember(List.of(), "arn:lb", BALANCER);
    assertEquals(List.of(Aspect.TAGS), aspects(diff(BALANCER, live(bare), remembered)));
  }

  @Test
  void anotherStackOfOurClusterIsForeignToo() {
    var theirs =
        Specs.loadBalancer(
            "internal",
            List.of("a", "b"),
            Map.of(),
            tags("LoadBalancer", "ingress.k8s.aws/stack", "group"));
    assertEquals(new Verdict.Foreign("stack group of this cluster"), diff(BALANCER, live(theirs)));
  }

  @Test
  void subnetsAndGroupsAreSetsAndOnlyWhatDiffersIsSet() {
    var other = Specs.loadBalancer("internal", List.of("b", "a"), Map.of(), tags("LoadBalancer"));
    assertEquals(new Verdict.InSync(), diff(BALANCER, live(other)));
    var moved =
        Specs.loadBalancer(
            "internal", List.of("b", "c"), Map.of(), tags("LoadBalancer", "team", "x"));
    assertEquals(List.of(Aspect.SUBNETS, Aspect.TAGS), aspects(diff(BALANCER, live(moved))));
  }

  @Test
  void aSchemeCannotChangeInPlace() {
    var other =
        Specs.loadBalancer("internet-facing", List.of("a", "b"), Map.of(), tags("LoadBalancer"));
    var replace = (Verdict.Replace) diff(BALANCER, live(other));
    assertEquals("the scheme is internet-facing and shall be internal", replace.reason());
  }

  @Test
  void anAttributeThatWeSetAndNobodyWantsReturnsToItsDefault() {
    var long60 = Map.of("idle_timeout.timeout_seconds", "120");
    var before = Specs.loadBalancer("internal", List.of("a", "b"), long60, tags("LoadBalancer"));
    assertEquals(new Verdict.InSync(), diff(BALANCER, live(before)), "set by others: it stays");
    var memory = Written.remember(List.of(), "arn:lb", before);
    var update = (Verdict.Update) diff(BALANCER, live(before), memory);
    assertEquals(List.of(Aspect.ATTRIBUTES), update.aspects());
    var written = (LoadBalancerSpec) update.desired();
    assertEquals("60", written.attributes().get("idle_timeout.timeout_seconds"));
    var after = Written.remember(memory, "arn:lb", written);
    assertEquals(List.of("id:arn:lb"), after, "and is forgotten");
  }

  @Test
  void deletionProtectionIsNeverResetBySilence() {
    var guarded =
        Specs.loadBalancer(
            "internal",
            List.of("a", "b"),
            Map.of("deletion_protection.enabled", "true"),
            tags("LoadBalancer"));
    var memory = Written.remember(List.of(), "arn:lb", guarded);
    assertEquals(new Verdict.InSync(), diff(BALANCER, live(guarded), memory));
  }

  @Test
  void externalAndLegacyTagsAreNeverTouched() {
    var tagged =
        Specs.loadBalancer(
            "internal",
            List.of("a", "b"),
            Map.of(),
            tags(
                "LoadBalancer",
                "aws:cloudformation:stack-name",
                "x",
                "managed-elsewhere",
                "y",
                "kubernetes.io/cluster/demo",
                "owned"));
    assertEquals(new Verdict.InSync(), diff(BALANCER, live(tagged)));
  }

  @Test
  void anUpdateOfTagsNeverShowsWhatMustStay() {
    var tagged =
        Specs.loadBalancer(
            "internal",
            List.of("a", "b"),
            Map.of(),
            tags("LoadBalancer", "managed-elsewhere", "y", "stray", "z"));
    var update = (Verdict.Update) diff(BALANCER, live(tagged));
    var shown = ((Live.LiveLoadBalancer) update.observed()).spec().tags().keySet();
    assertEquals(tags("LoadBalancer", "stray", "z").keySet(), shown);
  }

  @Test
  void aHealthCheckChangesInPlaceAndATargetTypeDoesNot() {
    var want = targetGroup("/ready", "200", Map.of());
    assertEquals(
        List.of(Aspect.HEALTH_CHECK), aspects(diff(want, live(targetGroup("/", "200", Map.of())))));
    assertEquals(
        new Verdict.InSync(),
        diff(targetGroup("/", "200,201", Map.of()), live(targetGroup("/", "201, 200", Map.of()))),
        "the order of codes is nothing");
    var instance = Specs.targetGroup("instance", "HTTP", "/ready", "200", Map.of());
    assertInstanceOf(Verdict.Replace.class, diff(want, live(instance)));
  }

  @Test
  void theDefaultCertificateStandsFirstAndTheOthersAreASet() {
    var actions = List.of(Specs.forward("arn:tg"));
    var want = Specs.listener("HTTPS", List.of("c1", "c2", "c3"), actions);
    assertEquals(
        new Verdict.InSync(),
        diff(want, live(Specs.listener("HTTPS", List.of("c1", "c3", "c1", "c2"), actions))));
    assertEquals(
        List.of(Aspect.CERTIFICATES),
        aspects(diff(want, live(Specs.listener("HTTPS", List.of("c2", "c1", "c3"), actions)))));
    assertEquals(
        List.of(Aspect.CORE, Aspect.CERTIFICATES),
        aspects(diff(want, live(Specs.listener("HTTP", List.of(), actions)))));
  }

  @Test
  void whatAwsFillsIntoActionsIsNoDifference() {
    var want =
        Specs.rule(
            1,
            hosts("Shop.example.com", "b.example.com"),
            List.of(new Action.Redirect("HTTPS", "", "443", "", "", "HTTP_301")));
    var answered =
        Specs.rule(
            1,
            hosts("b.example.com", "shop.example.com"),
            List.of(
                new Action.Redirect(
                    "HTTPS", "#{host}", "443", "/#{path}", "#{query}", "HTTP_301")));
    assertEquals(new Verdict.InSync(), diff(want, live(answered)));
    var weighted =
        new Action.Forward(
            List.of(new Action.WeightedTargetGroup(new Link.Known("arn:tg"), Optional.of(1))),
            Optional.of(new Action.Stickiness(false, Optional.empty())));
    assertEquals(
        new Verdict.InSync(),
        diff(
            Specs.rule(1, hosts("a"), List.of(Specs.forward("arn:tg"))),
            live(Specs.rule(1, hosts("a"), List.of(weighted)))));
  }

  @Test
  void theWeightOfASingleTargetGroupMeansNothing() {
    var five =
        new Action.Forward(
            List.of(new Action.WeightedTargetGroup(new Link.Known("arn:tg"), Optional.of(5))),
            Optional.empty());
    assertEquals(
        new Verdict.InSync(),
        diff(
            Specs.rule(1, hosts("a"), List.of(five)),
            live(Specs.rule(1, hosts("a"), List.of(Specs.forward("arn:tg"))))));
  }

  @Test
  void aMovedRuleWithOtherConditionsDiffersInBoth() {
    var want = Specs.rule(1, hosts("a"), List.of(Specs.forward("arn:tg")));
    var have = Specs.rule(7, hosts("c"), List.of(Specs.forward("arn:tg")));
    assertEquals(
        List.of(Aspect.TAGS, Aspect.CONDITIONS, Aspect.PRIORITY), aspects(diff(want, live(have))));
  }

  @Test
  void hostBitsAndDescriptionsOfPermissionsAreNoDifference() {
    var want = Specs.group(List.of(Specs.open("10.1.2.3/8", 80), Specs.open("0.0.0.0/0", 443)));
    var have = Specs.group(List.of(Specs.open("0.0.0.0/0", 443), Specs.open("10.0.0.0/8", 80)));
    assertEquals(new Verdict.InSync(), diff(want, live(have)));
    var stray = Specs.group(List.of(Specs.open("10.0.0.0/8", 80), Specs.open("0.0.0.0/0", 22)));
    assertEquals(List.of(Aspect.INGRESS_RULES), aspects(diff(want, live(stray))));
  }

  @Test
  void onANodeGroupOnlyOurRulesAreSeen() {
    var ssh = Specs.open("0.0.0.0/0", 22);
    var otherClusters = Specs.shared("sg-of-another-cluster", 1, 2);
    var stale = Specs.shared("sg-b", 3, 4);
    var want = new SecurityGroupRulesSpec("sg-node", List.of(Specs.shared("sg-b", 80, 90)));
    var have = new SecurityGroupRulesSpec("sg-node", List.of(ssh, otherClusters, stale));
    var update = (Verdict.Update) diff(want, live(have));
    assertEquals(
        List.of(stale), ((Live.LiveSecurityGroupRules) update.observed()).spec().ingress());
    var unwanted = DIFFER.diff(Specs.key(want), Optional.empty(), row(live(have)));
    assertEquals(
        List.of(stale),
        ((Live.LiveSecurityGroupRules) ((Verdict.Delete) unwanted).observed()).spec().ingress());
  }

  @Test
  void aCidrOnANodeGroupIsOursOnlyIfOurLogAuthorizedIt() {
    var cidr =
        new Permission("tcp", 80, 80, new Permission.Cidr("10.0.0.0/8"), EndpointRules.DESCRIPTION);
    var none = new SecurityGroupRulesSpec("sg-node", List.of());
    var have = new SecurityGroupRulesSpec("sg-node", List.of(cidr));
    assertEquals(new Verdict.InSync(), diff(none, live(have)));
    var memory = Written.remember(List.of(), "sg-node", have);
    assertEquals(List.of(Aspect.INGRESS_RULES), aspects(diff(none, live(have), memory)));
  }

  @Test
  void aWantedRuleUnderAnotherDescriptionCountsAsPresent() {
    var wanted = Specs.shared("sg-b", 80, 90);
    var theirs = new Permission("tcp", 80, 90, wanted.source(), "by hand");
    assertEquals(
        new Verdict.InSync(),
        diff(
            new SecurityGroupRulesSpec("sg-node", List.of(wanted)),
            live(new SecurityGroupRulesSpec("sg-node", List.of(theirs)))));
  }

  @Test
  void aGuardGoesOnlyWhenItIsSwitchedOff() {
    var acl = guard(Guard.WEB_ACL, "arn:acl");
    assertEquals(
        new Verdict.InSync(), DIFFER.diff(Specs.key(acl), Optional.empty(), row(live(acl))));
    assertEquals(List.of(Aspect.CORE), aspects(diff(guard(Guard.WEB_ACL, ""), live(acl))));
    assertEquals(List.of(Aspect.CORE), aspects(diff(guard(Guard.WEB_ACL, "arn:b"), live(acl))));
  }

  @Test
  void aShieldProtectionByAnyNameGuardsAndIsOursOnlyByOurName() {
    var theirs = live(guard(Guard.SHIELD, "by hand"));
    var ours = live(guard(Guard.SHIELD, Guard.SHIELD_NAME));
    assertEquals(new Verdict.InSync(), diff(guard(Guard.SHIELD, Guard.SHIELD_NAME), theirs));
    assertInstanceOf(Verdict.Foreign.class, diff(guard(Guard.SHIELD, ""), theirs));
    assertInstanceOf(Verdict.Update.class, diff(guard(Guard.SHIELD, ""), ours));
  }

  @Test
  void aGuardOfALoadBalancerThatIsGoneIsMadeAnew() {
    var want = new ProtectionSpec(new Link.Known("arn:new"), Guard.WEB_ACL, "arn:acl");
    assertEquals(new Verdict.Create(want), diff(want, live(guard(Guard.WEB_ACL, "arn:acl"))));
  }

  private static ProtectionSpec guard(Guard guard, String value) {
    return new ProtectionSpec(new Link.Known("arn:lb"), guard, value);
  }

  private static List<RuleCondition> hosts(String... hosts) {
    return List.of(new RuleCondition.HostHeader(List.of(hosts), List.of()));
  }

  private static TargetGroupSpec targetGroup(
      String path, String matcher, Map<String, String> attributes) {
    return Specs.targetGroup("ip", "HTTP", path, matcher, attributes);
  }

  private static Verdict diff(ResourceSpec want, Presence presence) {
    return diff(want, presence, List.of());
  }

  private static Verdict diff(ResourceSpec want, Presence presence, List<String> memory) {
    return DIFFER.diff(
        new ResourceKey(STACK, Specs.key(want).kind(), Specs.key(want).id()),
        Optional.of(want),
        new ObservedRow(presence, 1, Instant.EPOCH, 1, memory));
  }

  private static Presence live(ResourceSpec spec) {
    return new Present(Specs.live(spec));
  }

  private static ObservedRow row(Presence presence) {
    return new ObservedRow(presence, 1, Instant.EPOCH, 1, List.of());
  }

  private static List<Aspect> aspects(Verdict verdict) {
    return assertInstanceOf(Verdict.Update.class, verdict).aspects();
  }
}
