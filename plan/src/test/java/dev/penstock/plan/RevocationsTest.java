package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of an update is a removal, and what is left of the update without it. */
final class RevocationsTest {
  private static List<Permission> rules(int... ports) {
    return Arrays.stream(ports)
        .mapToObj(p -> new Permission("tcp", p, p, new Permission.Cidr("10.0.0.0/8"), "ours"))
        .toList();
  }

  private static Verdict.Update update(List<Permission> there, List<Permission> wanted) {
    return new Verdict.Update(
        new Live.LiveSecurityGroupRules("sg-1", new SecurityGroupRulesSpec("sg-1", there)),
        new SecurityGroupRulesSpec("sg-1", wanted),
        List.of(Aspect.INGRESS_RULES));
  }

  @Test
  void theRulesThatTheUpdateLeavesOutAreRevoked() {
    assertEquals(rules(80), Revocations.of(update(rules(80, 443), rules(443, 8080))));
    assertEquals(List.of(), Revocations.of(update(rules(443), rules(443, 8080))));
  }

  @Test
  void withoutItsRevocationsAnUpdateOnlyAdds() {
    var spared = Revocations.spared(update(rules(80, 443), rules(443, 8080)));
    assertEquals(Optional.of(update(rules(80, 443), rules(443, 8080, 80))), spared);
    assertEquals(Optional.empty(), Revocations.spared(update(rules(80, 443), rules(443))));
  }

  @Test
  void whatElseTheUpdateDoesIsDone() {
    var there = new SecurityGroupSpec("web", "", "vpc-1", rules(80, 443), Map.of());
    var wanted = new SecurityGroupSpec("web", "", "vpc-1", rules(443), Map.of("team", "shop"));
    var live = new Live.LiveSecurityGroup("sg-2", there);
    var both = List.of(Aspect.TAGS, Aspect.INGRESS_RULES);
    var kept = new SecurityGroupSpec("web", "", "vpc-1", rules(443, 80), Map.of("team", "shop"));
    assertEquals(
        Optional.of(new Verdict.Update(live, kept, List.of(Aspect.TAGS))),
        Revocations.spared(new Verdict.Update(live, wanted, both)));
  }
}
