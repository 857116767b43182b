package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name moves to another load balancer of its stack when that one can serve. */
final class NameMovesTest {
  private static final String STACK = Facts.REGION + "|of|DECIDE|stack|c1|ingress|";

  private static final String FRONT = "alb.ingress.kubernetes.io/frontend-nlb-";

  private static final String GROUP = "alb.ingress.kubernetes.io/group.name";

  private static final String HOST = "web.example.com";

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

  private static Ingress below(String path, Ingress ingress) {
    var rule = ingress.rules().getFirst();
    var backend = rule.paths().getFirst().backend();
    return new Ingress(
        ingress.metadata(),
        ingress.className(),
        ingress.defaultBackend(),
        List.of(new Ingress.Rule(rule.host(), List.of(new Ingress.Path(path, "Exact", backend)))),
        ingress.tls(),
        ingress.status());
  }

  /** The paths that rules of the group answer. */
  private static List<String> paths(World world, String group) {
    var prefix = Facts.REGION + "|c1|ingress|" + group + "|ListenerRule|";
    return world.tables.scan(Table.OBSERVED, prefix).stream()
        .flatMap(e ->
            e.row().presence() instanceof Present(Live.LiveListenerRule rule)
                ? rule.spec().conditions().stream()
                : Stream.empty())
        .flatMap(c ->
            c instanceof RuleCondition.PathPattern(var values, _)
                ? values.stream()
                : Stream.empty())
        .sorted()
        .toList();
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

  @Test
  void whoLeavesAGroupIsAnsweredThereAsLongAsAnotherMemberKeepsTheNameThere() {
    var group = Map.of(GROUP, "shared");
    var api = below("/api", Facts.ingress("api", HOST, group));
    var shared = Serving.of(Facts.cluster(api, Facts.ingress("web", HOST, group))).world;
    shared.live(60_000, 1_000);
    shared.annotate("web", GROUP, "other");
    shared.live(30 * 60_000, 10_000);
    assertEquals(List.of("/*", "/api"), paths(shared, "shared"));

    shared.delete("api");
    shared.live(5 * 60_000, 10_000);
    assertEquals(List.of(), paths(shared, "shared"));
    assertEquals(List.of("/*"), paths(shared, "other"));
  }

  @Test
  void whoLeavesAGroupThatNoNameOfOursLeadsToIsLetGoInTimeHoweverOftenItIsEdited() {
    var group = Map.of(GROUP, "shared");
    var api = below("/api", Facts.ingress("api", "api.elsewhere.net", group));
    var shared = Serving.of(Facts.cluster(api, Facts.ingress("web", "", group))).world;
    shared.live(60_000, 1_000);
    shared.annotate("web", GROUP, "other");
    shared.live(60_000, 1_000);
    assertEquals(List.of("/*", "/api"), paths(shared, "shared"));
    assertEquals(List.of("/*"), paths(shared, "other"));

    var keep = ScopeSettings.defaults().replacementKeepMillis();
    for (long at = 0; at < keep; at += keep / 4) {
      shared.annotate("web", "example.com/edited", "at " + at);
      shared.live(keep / 4, 10_000);
    }
    assertEquals(List.of("/api"), paths(shared, "shared"));
  }
}
