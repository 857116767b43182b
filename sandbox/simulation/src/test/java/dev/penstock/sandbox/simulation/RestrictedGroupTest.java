package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.schemas.change.ChangeBody.ProblemChanged;
import dev.penstock.schemas.event.PersonFact.ScopeSettingsChanged;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A setting of the scope says which namespaces may join a group. */
class RestrictedGroupTest {
  private static final List<String> HOSTS =
      List.of("red.example.com", "green.example.com", "blue.example.com");
  private static final String SECOND_PATH =
      """
                - path: /second
                  pathType: Prefix
                  backend: {service: {name: web, port: {number: 80}}}
      """;

  @Test
  void aNewcomerWhoseNamespaceMayNotJoinIsToldAndComesInWhenItMay() throws Exception {
    var stage = GroupTest.withGroup();
    restrict(stage, "blue", "green", "r*");
    stage.until("the setting is taken", stage::idle);
    var mark = stage.mark();

    stage.kubectl.apply(GroupTest.APP.formatted("gold"));
    stage.kubectl.apply(GroupTest.INGRESS.formatted("gold", 5));
    stage.until("gold is told", () -> told(stage, "gold").size() == 1);
    stage.pass(Duration.ofMinutes(10));

    assertTrue(
        told(stage, "gold")
            .getFirst()
            .startsWith(
                "group \"platform\" is not open to namespace \"gold\" of cluster \"sandbox\","
                    + " only to blue, green, r*;"),
        told(stage, "gold").getFirst());
    assertEquals(List.of("sandbox|Ingress|gold/web"), announced(stage, true));
    assertEquals(Map.of(), stage.writes(mark));
    for (var member : List.of("blue", "green", "red")) {
      assertEquals(List.of(), told(stage, member));
    }

    restrict(stage, "blue", "green", "r*", "gold");
    stage.until("gold is served", () -> GroupTest.hosts(stage).contains("gold.example.com"));
    stage.until(
        "its owner has the address", () -> !stage.address("gold", "web").isEmpty() && stage.idle());
    assertEquals(List.of("sandbox|Ingress|gold/web"), announced(stage, false));
  }

  /** As one that was copied or restored with all that stood in it. */
  @Test
  void aFinalizerOfTheGroupLetsNobodyIn() throws Exception {
    var stage = GroupTest.withGroup();
    restrict(stage, "blue", "green", "r*");
    stage.until("the setting is taken", stage::idle);
    var mark = stage.mark();

    stage.kubectl.apply(GroupTest.APP.formatted("gold"));
    stage.kubectl.apply(
        GroupTest.INGRESS
            .formatted("gold", -1000)
            .replace("  namespace:", "  finalizers: [group.ingress.k8s.aws/platform]\n  namespace:")
            .replace("gold.example.com", "blue.example.com")
            .replace("path: /", "path: /pay"));
    stage.until("gold is told", () -> told(stage, "gold").size() == 1);
    stage.pass(Duration.ofMinutes(10));

    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(HOSTS, GroupTest.hosts(stage));
    open(stage);
    stage.until("gold is served", () -> !stage.address("gold", "web").isEmpty() && stage.idle());
  }

  @Test
  void whoStandsInTheGroupKeepsWhatItHasAndGetsNoMoreUntilItMay() throws Exception {
    var stage = GroupTest.withGroup();
    var address = stage.address("red", "web");
    var mark = stage.mark();

    restrict(stage, "blue", "green");
    stage.until("red is told", () -> told(stage, "red").size() == 1);
    stage.kubectl.apply(GroupTest.INGRESS.formatted("red", 10) + SECOND_PATH);
    stage.pass(Duration.ofMinutes(10));

    assertEquals(HOSTS, GroupTest.hosts(stage));
    assertEquals(address, stage.address("red", "web"));
    assertEquals(Map.of(), stage.writes(mark));

    open(stage);
    stage.until("red has its second path", () -> GroupTest.hosts(stage).size() == 4);
    stage.until("all is quiet", stage::idle);
    assertEquals(List.of("sandbox|Ingress|red/web"), announced(stage, false));
  }

  @Test
  void whoMayNoLongerJoinCanLeave() throws Exception {
    var stage = GroupTest.withGroup();
    restrict(stage, "blue", "green");
    stage.until("red is told", () -> told(stage, "red").size() == 1);

    stage.kubectl.delete(Kinds.INGRESS, "red", "web");

    stage.until(
        "red is gone",
        () -> stage.kubectl.find(Kinds.INGRESS, "red", "web").isEmpty() && stage.idle());
    assertEquals(HOSTS.subList(1, 3), GroupTest.hosts(stage));
  }

  private static void restrict(Stage stage, String... namespaces) throws Exception {
    set(stage, List.of(Map.of("group", "plat*", "namespaces", List.of(namespaces))));
  }

  private static void open(Stage stage) throws Exception {
    set(stage, List.of());
  }

  private static void set(Stage stage, List<Map<String, Object>> entries) throws Exception {
    var changes = Map.of("restrictedGroups", entries);
    var settings = RecordChange.apply(ScopeSettings.defaults(), changes);
    var paths = RecordChange.paths(settings, changes);
    stage.pipeline.append(Fleet.HOME, new ScopeSettingsChanged(Stage.TESTER, settings, paths));
  }

  private static List<String> told(Stage stage, String namespace) {
    return stage.kubectl.all(Kinds.EVENT, namespace).stream()
        .filter(e -> Tree.text(e, "reason").equals("GroupRestricted"))
        .map(e -> Tree.text(e, "message"))
        .toList();
  }

  /** Of whom the change stream said that the problem began or ended. */
  private static List<String> announced(Stage stage, boolean present) {
    return stage.pipeline.changes().stream()
        .filter(c ->
            c.body() instanceof ProblemChanged problem
                && problem.reason().equals("GroupRestricted")
                && problem.present() == present)
        .map(c -> c.subject())
        .toList();
  }
}
