package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.plan.Redirections;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who joins a group with a redirect takes nobody's plain HTTP before HTTPS is served. */
final class RedirectTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final String CERTIFICATE = PREFIX + "certificate-arn";
  private static final String STACK = Facts.REGION + "|c1|ingress|shared|";
  private static final Map<String, String> SHARED = Map.of(PREFIX + "group.name", "shared");
  private static final Map<String, String> REDIRECTING =
      Map.of(
          PREFIX + "group.name",
          "shared",
          PREFIX + "listen-ports",
          "[{\"HTTP\": 80}, {\"HTTPS\": 443}]",
          PREFIX + "ssl-redirect",
          "443",
          CERTIFICATE,
          certificate("gone"));

  private final Serving serving =
      Serving.of(Facts.cluster(Facts.ingress("web", "web.example.com", SHARED)));
  private final World world = serving.world;

  private void joins() {
    serving.upsert(Facts.ingress("secure", "secure.example.com", REDIRECTING));
  }

  /** Another member joins, and AWS refuses its listener. */
  private void joinsInVain() {
    joins();
    world.settle(c -> !makesHttps(c));
    var refused = world.open.values().stream().filter(RedirectTest::makesHttps).findFirst();
    serving.came(
        refused.orElseThrow(),
        new Result.Rejected(Fault.INVALID, "CertificateNotFound", "no such certificate"));
    world.settle(c -> !makesHttps(c));
  }

  private static String certificate(String name) {
    return "arn:aws:acm:us-west-2:111122223333:certificate/" + name;
  }

  private static boolean makesHttps(Command command) {
    return command.operation() instanceof Operation.Create && isListener(command, "443");
  }

  private static boolean redirects(Command command) {
    return command.operation() instanceof Operation.Update && isListener(command, "80");
  }

  private static boolean isListener(Command command, String port) {
    var key = command.key().resource();
    return key.kind() == ResourceKind.LISTENER && key.id().equals(port);
  }

  private Optional<String> redirect() {
    return listener("80").flatMap(live -> Redirections.port(live.spec()));
  }

  private Optional<LiveListener> listener(String port) {
    return world
        .tables
        .get(Table.OBSERVED, STACK + ResourceKind.LISTENER.text() + "|" + port)
        .flatMap(row ->
            row.presence() instanceof Present(LiveListener live)
                ? Optional.of(live)
                : Optional.empty());
  }

  /** How many rules are there on a port. */
  private long rules(String port) {
    return world
        .tables
        .scan(Table.OBSERVED, STACK + ResourceKind.LISTENER_RULE.text() + "|" + port + ":")
        .stream()
        .filter(e -> e.row().presence() instanceof Present)
        .count();
  }

  private void says(ResourceKind kind, String id, String sentence) {
    var row = world.tables.scan(Table.VERDICTS, STACK + kind.text() + "|" + id).getFirst().row();
    assertEquals(VerdictKind.BLOCKED, row.verdict());
    assertEquals(sentence, row.sentence());
  }

  private List<VerdictRow> blocked() {
    return world.tables.scan(Table.VERDICTS, STACK).stream()
        .map(e -> e.row())
        .filter(row -> row.verdict() == VerdictKind.BLOCKED)
        .toList();
  }

  @Test
  void whileHttpsIsRefusedThePlainRulesServeAndSayWhatTheyWaitFor() {
    joinsInVain();
    assertEquals(Optional.empty(), redirect());
    assertEquals(1, rules("80"));
    says(
        ResourceKind.LISTENER,
        "80",
        "redirects to Listener 443 and waits for it to be there and take HTTPS");
    says(ResourceKind.LISTENER_RULE, "80:", "waits until its listener redirects");
  }

  @Test
  void onceHttpsIsThereTheListenerRedirectsAndThenItsRulesGo() {
    joinsInVain();
    world.annotate("secure", CERTIFICATE, certificate("issued"));
    world.settle(c -> !redirects(c));
    assertTrue(listener("443").isPresent());
    assertEquals(1, rules("80"));
    world.settle(_ -> true);
    assertEquals(Optional.of("443"), redirect());
    assertEquals(0, rules("80"));
    assertEquals(List.of(), blocked());
  }

  @Test
  void nothingWaitsAnyMoreWhenTheNewcomerLeaves() {
    joinsInVain();
    world.delete("secure");
    world.live(30_000, 1_000);
    assertEquals(List.of(), blocked());
    assertEquals(Optional.empty(), redirect());
    assertEquals(1, rules("80"));
  }

  @Test
  void theRulesOfAMemberThatLeavesDoNotWaitForTheRedirect() {
    joinsInVain();
    assertEquals(1, rules("80"));
    world.delete("web");
    world.settle(c -> !makesHttps(c));
    assertEquals(0, rules("80"));
    assertEquals(Optional.empty(), redirect());
  }

  @Test
  void aRedirectEndsTogetherWithTheListenerToWhichItLed() {
    joins();
    world.live(30_000, 1_000);
    assertEquals(Optional.of("443"), redirect());
    serving.upsert(Facts.ingress("secure", "secure.example.com", SHARED));
    world.live(30_000, 1_000);
    assertEquals(Optional.empty(), redirect());
    assertFalse(listener("443").isPresent());
    assertEquals(2, rules("80"));
    assertEquals(List.of(), blocked());
  }
}
