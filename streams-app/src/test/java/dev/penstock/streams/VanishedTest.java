package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.PersonFact.HoldApproved;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClass;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.streams.fold.Projections;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Members whose removal is concluded: what of it is held, from which on, and for how long. */
final class VanishedTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final Map<String, String> GROUP = Map.of(PREFIX + "group.name", "shop");

  private final World world = new World();

  private void serving(KubernetesObject... ingresses) {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(ingresses));
    world.live(20_000, 500);
    world.commands.clear();
  }

  private static Ingress member(String name, Map<String, String> annotations) {
    return Facts.ingress(name, name + ".example.com", annotations);
  }

  /** The object is not in the cluster's next list. */
  private void vanish(String name) {
    var left =
        world.tables.scan(Table.OBJECTS, Facts.REGION + "|").stream()
            .map(e -> e.row().object())
            .filter(o -> !(o instanceof Ingress) || !o.metadata().name().equals(name))
            .toList();
    world.list("watch-2", left);
  }

  private List<Command> writes() {
    return world.commands.stream()
        .filter(c -> !(c.operation() instanceof Operation.Observe))
        .toList();
  }

  private List<HoldRow> holds() {
    return world.tables.scan(Table.HOLDS, Facts.REGION + "|").stream().map(e -> e.row()).toList();
  }

  private boolean hasIntent(String name) {
    return world.tables.scan(Table.INTENTS, "").stream()
        .anyMatch(e -> e.row().current().member().name().equals(name));
  }

  @Test
  void theOnlyOneThatVanishedIsHeldAlreadyAndNothingIsWritten() {
    serving(member("a", GROUP), member("b", GROUP), member("c", GROUP));
    vanish("b");
    world.live(600_000, 30_000);
    assertEquals(List.of(), writes());
    assertEquals(
        List.of(List.of("c1|Ingress|default/b")), holds().stream().map(HoldRow::subjects).toList());
    world.append(Facts.REGION, new HoldApproved("ann", holds().getFirst().id()));
    world.live(600_000, 30_000);
    assertFalse(writes().isEmpty());
    assertFalse(hasIntent("b"));
    assertEquals(List.of(), holds());
  }

  @Test
  void whoHasNothingOfItsOwnStaysAMemberToo() {
    var says = Map.of(PREFIX + "group.name", "shop", PREFIX + "tags", "team=blue");
    serving(member("a", GROUP), without(member("b", says)));
    vanish("b");
    world.live(600_000, 30_000);
    assertEquals(List.of(), writes());
    assertTrue(hasIntent("b"));
  }

  private static Ingress without(Ingress ingress) {
    return new Ingress(
        ingress.metadata(),
        ingress.className(),
        ingress.defaultBackend(),
        List.of(),
        ingress.tls(),
        ingress.status());
  }

  @Test
  void aMemberThatWasNeverMarkedIsOneOfAFewThatGo() {
    serving(member("a", GROUP), member("b", GROUP));
    world.upsert("watch-1", member("b", GROUP));
    var key = new ObjectKey(Facts.CLUSTER, ObjectKind.INGRESS, "default", "b");
    world.append(
        Facts.REGION, new ClusterFact.ObjectRemoved(Facts.CLUSTER, "watch-1", key, "", false));
    world.live(600_000, 30_000);
    assertFalse(hasIntent("b"));
    assertEquals(List.of(), holds());
  }

  @Test
  void anInvalidOneKeepsWhatItStillNamed() {
    var two = member("b", GROUP);
    var rules = new ArrayList<>(two.rules());
    rules.addAll(Facts.ingress("b", "second.example.com", GROUP).rules());
    serving(member("a", GROUP), with(two, rules));
    var broken = Map.of(PREFIX + "group.name", "shop", PREFIX + "ip-address-type", "ipv5");
    world.upsert("watch-1", marked(member("b", broken)));
    world.live(600_000, 30_000);
    assertFalse(writes().isEmpty(), "the second host went");
    world.commands.clear();
    vanish("b");
    world.live(600_000, 30_000);
    assertEquals(List.of(), writes());
    assertEquals(1, holds().size());
  }

  private static Ingress with(Ingress ingress, List<Ingress.Rule> rules) {
    return new Ingress(
        ingress.metadata(),
        ingress.className(),
        ingress.defaultBackend(),
        rules,
        ingress.tls(),
        ingress.status());
  }

  /** As it is in the cluster: with what we wrote on it. */
  private Ingress marked(Ingress ingress) {
    var there = world.object(ObjectKind.INGRESS, ingress.metadata().name()).metadata();
    return (Ingress)
        Projections.with(ingress, World.edited(there, ingress.metadata().annotations()));
  }

  @Test
  void moreThanAFewThatAClassTakesAwayKeepTheirPart() {
    world.begin(ClusterMode.MANAGE);
    var objects =
        new ArrayList<>(Facts.cluster(member("stays", GROUP), moved("ingress.k8s.aws/alb")));
    List.of("a", "b", "c", "d").forEach(name -> objects.add(ofClassMoved(member(name, GROUP))));
    world.list("watch-1", objects);
    world.live(20_000, 500);
    world.commands.clear();
    world.upsert("watch-1", moved("example.com/another"));
    world.live(600_000, 30_000);
    assertEquals(List.of(), writes());
    assertEquals(1, holds().size());
    assertEquals(4, holds().getFirst().subjects().size());
    assertTrue(told("a").contains("penstock approve " + holds().getFirst().id()), told("a"));
    world.append(Facts.REGION, new HoldApproved("ann", holds().getFirst().id()));
    world.live(600_000, 30_000);
    assertFalse(hasIntent("a") || hasIntent("b") || hasIntent("c") || hasIntent("d"));
    assertTrue(hasIntent("stays"));
    assertEquals(List.of(), holds());
  }

  private static IngressClass moved(String controller) {
    var it = Facts.albClass();
    return new IngressClass(Facts.metadata("", "moved", Map.of()), controller, it.parameters());
  }

  private static Ingress ofClassMoved(Ingress ingress) {
    return new Ingress(
        ingress.metadata(),
        Optional.of("moved"),
        ingress.defaultBackend(),
        ingress.rules(),
        ingress.tls(),
        ingress.status());
  }

  /** The warnings on a member's object. */
  private String told(String name) {
    return world.kubernetesCommands.stream()
        .filter(c -> c.object().name().equals(name))
        .flatMap(c -> c.writes().stream())
        .filter(w -> w instanceof KubernetesWrite.RecordEvent)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
