package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.streams.tables.Table;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A name moves to another load balancer of its stack when that one can serve. */
final class NameMovesTest {
  private static final String STACK = Facts.REGION + "|of|DECIDE|stack|c1|ingress|";

  private static final String FRONT = "alb.ingress.kubernetes.io/frontend-nlb-";

  private final Serving serving =
      Serving.of(
          Facts.cluster(
              Facts.ingress(
                  "web", "web.example.com", Map.of(FRONT + "scheme", "internet-facing"))));
  private final World world = serving.world;

  private String leadsTo() {
    return world.tables.scan(Table.CLAIMS, Facts.REGION + "|out|").stream()
        .map(e -> e.row())
        .flatMap(claim -> claim.pointing().flatMap(ClaimFact.Pointing::alias).stream())
        .map(alias -> alias.dnsName())
        .findFirst()
        .orElse("");
  }

  @Test
  void nothingIsDecidedAgainWhileNoTargetChangesAndTheNameMovesOnceOneServes() {
    var before = leadsTo();
    world.answers().health = "initial";
    world.live(10 * 60_000, 10_000);
    world.annotate("web", "alb.ingress.kubernetes.io/enable-frontend-nlb", "true");
    world.live(60_000, 1_000);
    assertEquals(before, leadsTo());
    assertEquals(0, world.tables.scan(Table.TIMERS, STACK).size(), "nobody looks again and again");
    world.answers().health = "healthy";
    world.live(60_000, 1_000);
    assertTrue(!leadsTo().equals(before) && !leadsTo().isEmpty(), leadsTo());
  }
}
