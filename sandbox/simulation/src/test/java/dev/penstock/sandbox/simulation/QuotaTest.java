package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.event.PersonFact.ScopeSettingsChanged;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A quota that is used up: what is live stays, and nothing is asked for that AWS would refuse. */
class QuotaTest {
  private static final List<String> HOSTS =
      List.of("red.example.com", "green.example.com", "blue.example.com");
  private static final String SECOND = Issued.NAMED.replace("your-cert", "abc123");
  private static final String SECOND_PATH =
      """
                - path: /second
                  pathType: Prefix
                  backend: {service: {name: web, port: {number: 80}}}
      """;

  @Test
  void aRuleThatDoesNotFitWaitsWithoutACallUntilThereIsRoom() throws Exception {
    var stage = GroupTest.withGroup(new Stage(rules(3)));
    var mark = stage.mark();

    stage.kubectl.apply(GroupTest.INGRESS.formatted("red", 10) + SECOND_PATH);
    stage.until("red is told", () -> told(stage, "red").size() == 1);
    stage.pass(Duration.ofMinutes(2));

    assertTrue(told(stage, "red").getFirst().contains("may have 3 rules"));
    assertEquals(List.of(), told(stage, "blue"));
    assertEquals(HOSTS, GroupTest.hosts(stage));
    assertEquals(Map.of(), stage.writes(mark));

    stage.kubectl.delete(Kinds.INGRESS, "green", "web");
    stage.until(
        "red has the room that green left",
        () ->
            GroupTest.hosts(stage)
                    .equals(List.of("red.example.com", "red.example.com", "blue.example.com"))
                && stage.idle());
  }

  @Test
  void aRaisedQuotaLetsInWhoWaited() throws Exception {
    var stage = GroupTest.withGroup(new Stage(rules(3)));
    stage.kubectl.apply(GroupTest.INGRESS.formatted("red", 10) + SECOND_PATH);
    stage.until("red is told", () -> told(stage, "red").size() == 1);

    stage.pipeline.append(Fleet.HOME, new ScopeSettingsChanged(Stage.TESTER, rules(4)));

    stage.until("red has its rule", () -> GroupTest.hosts(stage).size() == 4 && stage.idle());
  }

  @Test
  void aCertificateThatDoesNotFitIsNamedAndTheOthersServe() throws Exception {
    var stage = new Stage(ScopeSettings.defaults().withQuotas(new Quotas(100, 0, 100, 1000, 60)));
    stage.pass(Duration.ofSeconds(30));
    stage.kubectl.apply(Stage.example("nginx-complete.yaml"));
    stage.until("nginx serves", stage::nginxServes);
    var mark = stage.mark();

    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        "metadata: {annotations: {alb.ingress.kubernetes.io/certificate-arn: '%s,%s'}}"
            .formatted(Issued.NAMED, SECOND));
    stage.until("nginx is told", () -> told(stage, "default").size() == 1);
    stage.pass(Duration.ofMinutes(1));

    assertTrue(told(stage, "default").getFirst().contains(SECOND));
    assertEquals(Map.of(), stage.writes(mark));
    assertTrue(stage.nginxServes());
  }

  @Test
  void aTargetGroupTakesAsManyAsItMayAndSaysHowManyWait() throws Exception {
    var stage = new Stage(ScopeSettings.defaults().withQuotas(new Quotas(100, 25, 100, 3, 60)));
    stage.pass(Duration.ofSeconds(30));
    stage.kubectl.apply(Stage.example("nginx-complete.yaml"));
    stage.until("nginx serves", stage::nginxServes);
    var mark = stage.mark();

    stage.kubectl.scale("default", "nginx-app", 5);
    stage.pass(Duration.ofMinutes(3));

    assertEquals(3, stage.healthy().size());
    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(
        List.of("a target group may have 3 targets: 2 more wait"),
        stage.pipeline.changes().stream()
            .filter(c -> c.body() instanceof ChangeBody.Announced)
            .map(c -> ((ChangeBody.Announced) c.body()).sentence())
            .filter(sentence -> sentence.contains("targets:"))
            .distinct()
            .toList());

    stage.kubectl.scale("default", "nginx-app", 3);
    stage.until("all are healthy", () -> stage.healthy().equals(stage.readyPods("default")));
  }

  private static ScopeSettings rules(int most) {
    return ScopeSettings.defaults().withQuotas(new Quotas(most, 25, 100, 1000, 60));
  }

  private static List<String> told(Stage stage, String namespace) {
    return stage.kubectl.all(Kinds.EVENT, namespace).stream()
        .filter(e -> Tree.text(e, "reason").equals("QuotaExceeded"))
        .map(e -> Tree.text(e, "message"))
        .toList();
  }
}
