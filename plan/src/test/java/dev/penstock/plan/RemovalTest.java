package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.plan.Neighbours.Neighbour;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.event.ClaimFact.Pointing;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ClaimRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must be gone before a delete, and how long a host name keeps a load balancer. */
final class RemovalTest {
  private static final Instant NOW = Instant.ofEpochSecond(10_000);
  private static final ResourceSpec BALANCER =
      Specs.loadBalancer("internal", List.of("a"), Map.of(), Specs.tags("LoadBalancer"));
  private static final ResourceSpec LISTENER =
      Specs.listener("HTTP", List.of(), List.of(Specs.forward("arn:tg")));
  private static final ResourceSpec RULE =
      Specs.rule(1, List.of(), List.of(Specs.forward("arn:other")));
  private static final ResourceSpec TARGET_GROUP =
      Specs.targetGroup("ip", "HTTP", "/", "200", Map.of());
  private static final ResourceSpec GROUP = Specs.group(List.of());

  @Test
  void aListenerGoesWithItsLoadBalancerAndAloneOtherwise() {
    assertEquals(List.of(Specs.key(BALANCER)), blockedOn(LISTENER, there(BALANCER, false)));
    assertDeleted(LISTENER, there(BALANCER, true));
    assertDeleted(LISTENER);
  }

  @Test
  void aRuleGoesWithItsListener() {
    assertEquals(List.of(Specs.key(LISTENER)), blockedOn(RULE, there(LISTENER, false)));
    assertDeleted(RULE, there(LISTENER, true));
  }

  @Test
  void aTargetGroupWaitsForTheActionsThatNameIt() {
    assertEquals(List.of(Specs.key(LISTENER)), blockedOn(TARGET_GROUP, there(LISTENER, true)));
    assertDeleted(TARGET_GROUP, there(RULE, true));
  }

  @Test
  void whatStandsBehindATargetGroupWaitsForIt() {
    ResourceSpec behind443 = Specs.leadingTo(Optional.of("arn:lb"), 443);
    assertEquals(List.of(Specs.key(behind443)), blockedOn(BALANCER, there(behind443, false)));
    assertEquals(List.of(Specs.key(behind443)), blockedOn(LISTENER, there(behind443, true)));
    assertDeleted(LISTENER, there(Specs.leadingTo(Optional.of("arn:lb"), 80), true));
    assertDeleted(BALANCER, there(Specs.leadingTo(Optional.of("arn:other"), 443), true));
  }

  @Test
  void aSecurityGroupWaitsForItsLoadBalancer() {
    assertEquals(List.of(Specs.key(BALANCER)), blockedOn(GROUP, there(BALANCER, false)));
    assertDeleted(GROUP, there(LISTENER, false));
  }

  @Test
  void aLoadBalancerWaitsForItsNamesAndNotForEver() {
    assertTrue(wait(NOW, claim("arn:lb", Standing.WITHDRAWN, "lb.example", 0)).isEmpty());
    assertTrue(wait(NOW, claim("arn:lb", Standing.REFUSED, "lb.example", 0)).isEmpty());
    var waiting = wait(NOW, claim("arn:lb", Standing.LIVE, "lb.example", 0));
    assertEquals(NOW.plusSeconds(660), waiting.orElseThrow().until());
    assertTrue(
        wait(NOW.minusSeconds(660), claim("arn:lb", Standing.LIVE, "lb.example", 0)).isEmpty(),
        "the wait has a bound");
  }

  @Test
  void aNameThatIsLiveElsewhereFreesTheLoadBalancerAfterTheTtl() {
    var ours = claim("old", Standing.PENDING, "lb.example", 0);
    assertEquals(
        NOW.plusSeconds(20),
        wait(NOW, ours, claim("new", Standing.LIVE, "new.example", 100)).orElseThrow().until());
    assertTrue(wait(NOW, ours, claim("new", Standing.LIVE, "new.example", 120)).isEmpty());
  }

  @Test
  void aNameThatStillLeadsToWhatIsReplacedKeepsItForEver() {
    var ours = claim("old", Standing.HELD, "lb.example", 0);
    var blocked = assertInstanceOf(Verdict.Blocked.class, claims(Optional.empty(), ours).get());
    assertEquals("app.ex.com still leads here", blocked.reason());
    var moved = claim("new", Standing.LIVE, "new.example", 100);
    assertEquals(
        NOW.plusSeconds(20),
        assertInstanceOf(Verdict.Waiting.class, claims(Optional.empty(), ours, moved).get())
            .until());
  }

  private static Optional<Verdict.Waiting> wait(Instant unwantedSince, ClaimRow... claims) {
    return claims(Optional.of(unwantedSince.plusSeconds(660)), claims)
        .map(Verdict.Waiting.class::cast);
  }

  private static Optional<Verdict> claims(Optional<Instant> bound, ClaimRow... claims) {
    return Removal.claims(
        (LiveLoadBalancer) Specs.live(BALANCER),
        List.of(claims),
        ScopeSettings.defaults(),
        bound,
        NOW);
  }

  private static ClaimRow claim(String member, Standing standing, String target, long liveSeconds) {
    return new ClaimRow(
        "app.ex.com",
        Scope.global("1"),
        new Scope("1", "r"),
        Specs.STACK,
        new ObjectKey("demo", ObjectKind.INGRESS, "ns", member),
        1,
        Optional.of(
            new Pointing(
                Optional.of(new RecordSet.Alias("Z", target, true)),
                false,
                List.of(),
                false,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                "ingress/ns/a")),
        standing,
        "",
        Optional.empty(),
        NOW.minusSeconds(liveSeconds),
        Optional.empty());
  }

  private static Neighbour there(ResourceSpec spec, boolean wanted) {
    return new Neighbour(Specs.key(spec), Specs.live(spec), wanted);
  }

  private static List<?> blockedOn(ResourceSpec spec, Neighbour... neighbours) {
    return assertInstanceOf(Verdict.Blocked.class, ordered(spec, neighbours)).on();
  }

  private static void assertDeleted(ResourceSpec spec, Neighbour... neighbours) {
    assertInstanceOf(Verdict.Delete.class, ordered(spec, neighbours));
  }

  private static Verdict ordered(ResourceSpec spec, Neighbour... neighbours) {
    return Removal.ordered(
        Specs.key(spec), new Verdict.Delete(Specs.live(spec)), new Neighbours(List.of(neighbours)));
  }
}
