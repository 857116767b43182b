package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.event.PersonFact.Paused;
import dev.penstock.schemas.event.PersonFact.Resumed;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stands still while it is paused, what goes on beside it, and that everything is made up for
 * once it is resumed.
 */
class StandstillTest {
  private static final String STACK = "sandbox|ingress|default/nginx-ingress";
  private static final String GROUP = STACK + "|TargetGroup|default/nginx-ingress-nginx-service:80";
  private static final String RULE = "CreateRule";
  private static final String CHECK = "ModifyTargetGroup";
  private static final String NAMES = "ChangeResourceRecordSets";
  private static final String TARGETS = "RegisterTargets";

  private static final String EDITED =
      """
      metadata:
        annotations:
          alb.ingress.kubernetes.io/healthcheck-path: /ready
          external-dns.alpha.kubernetes.io/hostname: nginx.example.com,web.example.com
      spec:
        rules:
          - host: nginx.example.com
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: nginx-service, port: {number: 80}}}
          - host: web.example.com
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: nginx-service, port: {number: 80}}}
      """;

  /**
   * What is paused, in which scopes, and what AWS is still asked to write meanwhile: names are
   * decided in a scope of their own.
   */
  private record Pause(
      PauseKind kind, String name, List<Scope> scopes, boolean all, String... writes) {
    @Override
    public String toString() {
      return kind.text() + " " + name + (all ? " --all" : "");
    }
  }

  private static Stream<Pause> pauses() {
    var home = List.of(Fleet.HOME);
    var both = List.of(Fleet.HOME, Fleet.DNS);
    var name = "nginx.example.com";
    return Stream.of(
        new Pause(PauseKind.CLUSTER, "sandbox", both, false, TARGETS),
        new Pause(PauseKind.CLUSTER, "sandbox", both, true),
        new Pause(PauseKind.STACK, STACK, both, false, TARGETS),
        new Pause(PauseKind.STACK, STACK, both, true),
        new Pause(PauseKind.SCOPE, Fleet.HOME.toString(), home, false, TARGETS, NAMES),
        new Pause(PauseKind.SCOPE, Fleet.HOME.toString(), home, true, NAMES),
        new Pause(PauseKind.TARGET_GROUP, GROUP, home, false, TARGETS, RULE, NAMES),
        new Pause(PauseKind.TARGET_GROUP, GROUP, home, true, RULE, NAMES),
        new Pause(PauseKind.NAME, name, List.of(Fleet.DNS), false, TARGETS, RULE, CHECK, NAMES),
        new Pause(
            PauseKind.SCOPE,
            Fleet.DNS.toString(),
            List.of(Fleet.DNS),
            false,
            TARGETS,
            RULE,
            CHECK));
  }

  private static SortedMap<String, String> undisturbed;

  @BeforeAll
  static void playWithoutPause() throws Exception {
    var stage = Stage.withNginx();
    edit(stage);
    stage.pass(Duration.ofMinutes(40));
    undisturbed = EndState.of(stage);
  }

  @ParameterizedTest
  @MethodSource("pauses")
  void whatIsPausedStandsStillAndIsMadeUpForAfterwards(Pause pause) throws Exception {
    var stage = Stage.withNginx();
    var target = new PauseTarget(pause.kind(), pause.name());
    say(stage, pause, new Paused(Stage.TESTER, target, pause.all()));
    stage.pass(Duration.ofMinutes(1));
    var mark = stage.mark();

    edit(stage);
    stage.pass(Duration.ofMinutes(10));

    assertEquals(new TreeSet<>(List.of(pause.writes())), stage.writes(mark).keySet());
    assertTrue(stage.nameLeadsToPods());

    say(stage, pause, new Resumed(Stage.TESTER, target));
    stage.pass(Duration.ofMinutes(30));
    EndState.requireSame(undisturbed, EndState.of(stage));
    assertTrue(stage.idle(), stage::picture);
    var quiet = stage.mark();
    stage.pass(Duration.ofMinutes(35));
    assertEquals(Set.of(), stage.writes(quiet).keySet());
  }

  /** In every scope that the pause concerns, as the API appends it. */
  private static void say(Stage stage, Pause pause, PersonFact word) throws Exception {
    for (var scope : pause.scopes()) {
      stage.pipeline.append(scope, word);
    }
  }

  /** Another name, another health check, and more pods. */
  private static void edit(Stage stage) {
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", EDITED);
    stage.kubectl.scale("default", "nginx-app", 5);
  }
}
