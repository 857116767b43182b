package dev.penstock.streams.fold;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.plan.EndpointRules;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KnownPartTest {
  private static LoadBalancerSpec spec(String scheme, Map<String, String> attributes) {
    return new LoadBalancerSpec(
        "name",
        "application",
        scheme,
        "ipv4",
        List.of("subnet-1"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        attributes,
        Map.of(),
        List.of());
  }

  @Test
  void attributesThatAFirstReadAddsAreNoChange() {
    assertTrue(
        KnownPart.same(
            spec("internal", Map.of()),
            spec("internal", Map.of("idle_timeout.timeout_seconds", "60"))));
  }

  @Test
  void anAttributeThatWasKnownAndIsOtherNowIsAChange() {
    assertFalse(
        KnownPart.same(spec("internal", Map.of("a", "1")), spec("internal", Map.of("a", "2"))));
  }

  @Test
  void anAttributeThatWasKnownAndIsGoneIsAChange() {
    assertFalse(KnownPart.same(spec("internal", Map.of("a", "1")), spec("internal", Map.of())));
  }

  @Test
  void anythingElseThatDiffersIsAChange() {
    assertFalse(KnownPart.same(spec("internal", Map.of()), spec("internet-facing", Map.of())));
  }

  private static RecordNameSpec name(RecordSet... sets) {
    return new RecordNameSpec("Z1", "web.example.com.", List.of(sets));
  }

  private static RecordSet alias(String target) {
    return new RecordSet(
        "web.example.com.",
        "A",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(new RecordSet.Alias("Z2", target, true)),
        Map.of(),
        Optional.empty());
  }

  private static RecordSet text(String value) {
    return new RecordSet(
        "a-web.example.com.",
        "TXT",
        Optional.empty(),
        Optional.of(300L),
        List.of(value),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  @Test
  void recordSetsInAnotherOrderAndSpellingAreNoChange() {
    var ours = name(text("\"owner=me\""), alias("lb-1.elb.amazonaws.com"));
    assertTrue(KnownPart.same(ours, name(alias("LB-1.elb.amazonaws.com."), text("\"owner=me\""))));
    assertFalse(KnownPart.same(ours, name(alias("lb-2.elb.amazonaws.com."), text("\"owner=me\""))));
    assertFalse(KnownPart.same(ours, name(alias("lb-1.elb.amazonaws.com."), text("\"owner=it\""))));
  }

  private static Permission rule(int port, String cidr, String description) {
    return new Permission("tcp", port, port, new Permission.Cidr(cidr), description);
  }

  @Test
  void rulesOfOthersOnTheirGroupAreNoChange() {
    var ours = rule(80, "10.0.0.1/8", EndpointRules.DESCRIPTION);
    var known = new SecurityGroupRulesSpec("sg-1", List.of(ours));
    var stored = rule(80, "10.0.0.0/8", EndpointRules.DESCRIPTION);
    var theirs = rule(22, "0.0.0.0/0", "ssh");
    assertTrue(KnownPart.same(known, new SecurityGroupRulesSpec("sg-1", List.of(theirs, stored))));
    assertFalse(KnownPart.same(known, new SecurityGroupRulesSpec("sg-1", List.of(theirs))));
  }
}
