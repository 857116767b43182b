package dev.penstock.edges.aws.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.Stickiness;
import dev.penstock.schemas.aws.Action.WeightedTargetGroup;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.RuleCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** What is written is read back the same, and what AWS says differently gets one form. */
class TypesTest {
  private static final Link WEB = new Link.Known("arn:web");
  private static final Link API = new Link.Known("arn:api");

  private static Action forward(WeightedTargetGroup... groups) {
    return new Action.Forward(List.of(groups), Optional.empty());
  }

  @Test
  void actionsComeBackInNormalForm() {
    var session = new Action.AuthenticationSession("authenticate", "openid", "c", 60, Map.of());
    var actions =
        List.<Action>of(
            new Action.AuthenticateCognito("arn:pool", "client", "domain", session),
            new Action.JwtValidation(
                "https://keys",
                "https://issuer",
                List.of(new Action.JwtClaim("single-string", "scope", List.of("read")))),
            new Action.Redirect("HTTPS", "", "443", "", "", "HTTP_301"),
            new Action.FixedResponse("503", "text/plain", "no"),
            new Action.Forward(
                List.of(
                    new WeightedTargetGroup(WEB, Optional.of(2)),
                    new WeightedTargetGroup(API, Optional.empty())),
                Optional.of(new Stickiness(true, Optional.of(60)))));
    assertEquals(Actions.normal(actions), Actions.read(Actions.write(actions)));
  }

  @Test
  void aSingleTargetGroupHasNoWeightAndDisabledStickinessIsNone() {
    var given =
        new Action.Forward(
            List.of(new WeightedTargetGroup(WEB, Optional.of(1))),
            Optional.of(new Stickiness(false, Optional.empty())));
    assertEquals(
        List.of(forward(new WeightedTargetGroup(WEB, Optional.empty()))),
        Actions.read(Actions.write(List.of(given))));
  }

  @Test
  void theNthAddressBelongsToTheNthSubnet() {
    var spec =
        new LoadBalancerSpec(
            "web-nlb",
            "network",
            "internet-facing",
            "ipv4",
            List.of("subnet-b", "subnet-a"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            List.of("eipalloc-1", "eipalloc-2"));
    var request = LoadBalancers.create(spec);
    assertEquals(
        List.of("subnet-b eipalloc-1", "subnet-a eipalloc-2"),
        request.subnetMappings().stream().map(m -> m.subnetId() + " " + m.allocationId()).toList());
    assertEquals(List.of(), request.subnets(), "AWS takes only one of the two");
  }

  @Test
  void conditionsComeBackAndTheirOrderDoesNotMatter() {
    var conditions =
        List.<RuleCondition>of(
            new RuleCondition.HostHeader(List.of("a.example.com", "b.example.com"), List.of()),
            new RuleCondition.PathPattern(List.of(), List.of("^/v[0-9]+")),
            new RuleCondition.HttpHeader("X-A", List.of("1"), List.of()),
            new RuleCondition.HttpRequestMethod(List.of("GET")),
            new RuleCondition.QueryString(List.of(new RuleCondition.Pair("", "v"))),
            new RuleCondition.SourceIp(List.of("10.0.0.0/8")));
    assertEquals(conditions, Conditions.read(Conditions.write(conditions)));
    assertTrue(ListenerRules.sameConditions(conditions, conditions.reversed()));
    assertFalse(ListenerRules.sameConditions(conditions, conditions.subList(1, 6)));
  }

  @Test
  void permissionsComeBackSorted() {
    var rules =
        List.of(
            new Permission("-1", -1, -1, new Permission.PrefixList("pl-1"), ""),
            new Permission("tcp", 80, 80, new Permission.CidrV6("2001:db8::/32"), ""),
            new Permission("tcp", 80, 80, new Permission.Cidr("10.0.0.0/8"), "web"),
            new Permission("tcp", 80, 80, new Permission.Group(new Link.Known("sg-1")), "x"));
    assertEquals(rules, Permissions.read(Permissions.write(rules)));
  }

  @Test
  void rulesThatAwsTakesForOneAreOne() {
    var wide = new Permission("tcp", 1, 2, new Permission.Cidr("100.68.0.18/18"), "a");
    var kept = new Permission("tcp", 1, 2, new Permission.Cidr("100.68.0.0/18"), "b");
    assertTrue(Permissions.minus(List.of(wide), List.of(kept)).isEmpty());
    assertEquals("2001:db8::/32", Cidrs.canonical("2001:db8:0:0:1::1/32"));
    assertEquals("0.0.0.0/0", Cidrs.canonical("1.2.3.4/0"));
    assertEquals("::/0", Cidrs.canonical("::/0"));
    assertEquals("pl-1", Cidrs.canonical("pl-1"));
  }

  @Test
  void namesAreUnescapedLowerCaseAndEndWithADot() {
    assertEquals("*.example.com.", RecordSets.name("\\052.Example.com."));
    assertEquals("a_b.example.com.", RecordSets.name("a_b.example.com"));
    assertEquals("a b.example.com.", RecordSets.name("a\\040b.example.com."));
  }

  @Test
  void recordSetsComeBackRaw() {
    var routing = new TreeMap<String, String>();
    routing.put("geoproximity-bias", "-5");
    routing.put("geoproximity-coordinates", "1.5,-2");
    var sets =
        List.of(
            set("TXT", Optional.of(300L), List.of("\"heritage=x\""), Map.of()),
            set("A", Optional.of(60L), List.of("10.0.0.2", "10.0.0.1"), Map.of("weight", "5")),
            set("A", Optional.of(60L), List.of("10.0.0.2"), Map.of("multi-value-answer", "")),
            set("A", Optional.of(60L), List.of("10.0.0.2"), routing),
            set("A", Optional.of(60L), List.of("1.1.1.1"), Map.of("geolocation-country-code", "*")),
            new RecordSet(
                "*.example.com.",
                "A",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(new RecordSet.Alias("Z1", "lb.elb.amazonaws.com", true)),
                Map.of(),
                Optional.of("check")));
    for (var set : sets) {
      assertEquals(set, RecordSets.read(RecordSets.write(set)));
    }
  }

  @Test
  void valuesAreASetAndAliasesEndWithADotOrNot() {
    var one = set("A", Optional.of(60L), List.of("10.0.0.2", "10.0.0.1"), Map.of());
    var other = set("A", Optional.of(60L), List.of("10.0.0.1", "10.0.0.2"), Map.of());
    assertTrue(RecordSets.contains(List.of(one), other));
    assertEquals(
        "x.", RecordSets.read(ResourceRecordSet.builder().name("x").type("A").build()).name());
  }

  private static RecordSet set(
      String type, Optional<Long> ttl, List<String> values, Map<String, String> routing) {
    return new RecordSet(
        "*.example.com.",
        type,
        routing.isEmpty() ? Optional.empty() : Optional.of("blue"),
        ttl,
        values,
        Optional.empty(),
        routing,
        Optional.empty());
  }
}
