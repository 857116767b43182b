package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.streams.fold.Projections;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** TargetGroupBindings of people onto groups of people. */
final class UserGroupsTest {
  private static final String FINALIZER = "elbv2.k8s.aws/resources";

  private final Serving serving = Serving.of(Facts.cluster());
  private final World world = serving.world;

  private String group(String name, String type) {
    return group(name, type, "HTTP");
  }

  private String group(String name, String type, String protocol) {
    var check = new TargetGroupSpec.HealthCheck("HTTP", "traffic-port", "/", 15, 5, 2, 2, "200");
    return world
        .answers()
        .stranger(
            new TargetGroupSpec(
                name,
                type,
                protocol,
                "HTTP1",
                80,
                "ipv4",
                Facts.VPC,
                check,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty()));
  }

  private static TargetGroupBinding binding(
      String name, Optional<String> arn, Optional<String> group, Optional<String> type) {
    var spec =
        new TargetGroupBinding.Spec(
            arn,
            group,
            type,
            Optional.empty(),
            "web",
            new PortReference.Numbered(80),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty());
    return new TargetGroupBinding(Facts.metadata("default", name, Map.of()), spec, 0, List.of());
  }

  private static TargetGroupBinding byArn(String name, String arn) {
    return binding(name, Optional.of(arn), Optional.empty(), Optional.empty());
  }

  private static TargetGroupBinding byName(String name, String group) {
    return binding(name, Optional.empty(), Optional.of(group), Optional.empty());
  }

  private Set<String> registered(String arn) {
    return world.answers().registered.get(arn).stream().map(Target::id).collect(Collectors.toSet());
  }

  private List<String> events() {
    return serving.written().stream()
        .flatMap(w ->
            w instanceof KubernetesWrite.RecordEvent(_, _, var words)
                ? Optional.of(words).stream()
                : Optional.<String>empty().stream())
        .toList();
  }

  private KubernetesObject shown(String name) {
    return world.object(ObjectKind.TARGET_GROUP_BINDING, name);
  }

  private static Set<String> both() {
    return Set.of(Facts.address(1), Facts.address(2));
  }

  @Test
  void aBindingWithoutTypeIsFilledOnceItsGroupIsRead() {
    var arn = group("theirs", "ip");
    serving.upsert(byArn("tgb", arn));
    world.live(5_000, 500);
    assertEquals(both(), registered(arn));
    assertTrue(shown("tgb").metadata().finalizers().contains(FINALIZER));
  }

  @Test
  void aBindingByNameIsFilledAndStaysSoThroughSweeps() {
    var arn = group("theirs", "ip");
    serving.upsert(byName("tgb", "theirs"));
    world.live(5_000, 500);
    assertEquals(both(), registered(arn));
    world.live(35 * 60_000, 30_000);
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    world.live(5_000, 500);
    assertEquals(3, registered(arn).size());
    assertFalse(
        world.effects.stream()
            .flatMap(e -> e.audit().stream())
            .anyMatch(a -> a.entry() instanceof AuditEntry.Drifted));
  }

  @Test
  void aGroupMadeAnewUnderTheSameNameIsFilledAfterTheSweep() {
    var old = group("theirs", "ip");
    serving.upsert(byName("tgb", "theirs"));
    world.live(5_000, 500);
    world.answers().removeStranger(old);
    var anew = group("theirs", "ip");
    world.live(40 * 60_000, 10_000);
    assertEquals(both(), registered(anew));
  }

  @Test
  void aGroupThatDoesNotExistIsToldOnceAndFilledWhenItIsThere() {
    serving.upsert(byName("tgb", "theirs"));
    world.live(20 * 60_000, 10_000);
    assertEquals(List.of("a target group named theirs does not exist"), events());
    var arn = group("theirs", "ip");
    world.live(6 * 60_000, 10_000);
    assertEquals(both(), registered(arn));
  }

  @Test
  void aBindingThatContradictsItsGroupIsToldAndRegistersNothing() {
    var arn = group("theirs", "instance");
    serving.upsert(binding("tgb", Optional.of(arn), Optional.empty(), Optional.of("ip")));
    world.settle(c -> c.key().lane() == Lane.OBSERVE);
    assertEquals(List.of("targetType is ip, the target group's is instance"), events());
  }

  @Test
  void aBindingWhoseServiceIsGoneIsToldOnceAndItsGroupIsEmptied() {
    var arn = group("theirs", "ip");
    serving.upsert(byArn("tgb", arn));
    world.live(20_000, 500);
    serving.forget();
    serving.removed(Facts.service(), true);
    serving.removed(Facts.slice(1, 2), true);
    world.live(20 * 60_000, 10_000);
    assertEquals(List.of("Service default/web does not exist"), events());
    assertEquals(Set.of(), registered(arn));
    serving.upsert(Facts.service());
    serving.upsert(Facts.slice(1, 2));
    world.live(20_000, 500);
    assertEquals(both(), registered(arn));
    var stack = Facts.REGION + "|c1|binding|default/tgb";
    assertEquals(List.of(), world.tables.get(Table.STACKS, stack).orElseThrow().problems());
  }

  @Test
  void podsWithoutAServerIdAreToldToTheOwnerOfTheirQuicGroup() {
    var arn = group("theirs", "ip", "QUIC");
    serving.upsert(byArn("tgb", arn));
    world.live(20 * 60_000, 10_000);
    assertEquals(Set.of(), registered(arn));
    assertEquals(1, events().size());
    assertTrue(events().getFirst().contains("AWS_LBC_QUIC_SERVER_ID"), events().getFirst());
  }

  @Test
  void aSecondBindingOntoOneGroupIsToldAndTakesItWhenTheFirstIsGone() {
    var arn = group("theirs", "ip");
    serving.upsert(byArn("first", arn));
    world.live(5_000, 500);
    serving.forget();
    serving.upsert(byArn("second", arn));
    world.live(5_000, 500);
    assertEquals(List.of("its target group is filled by default/first already"), events());
    delete("first");
    world.live(5_000, 500);
    serving.removed(shown("first"), true);
    world.live(60_000, 1_000);
    assertEquals(both(), registered(arn));
    assertTrue(shown("second").metadata().finalizers().contains(FINALIZER));
  }

  @Test
  void aDeletedBindingEmptiesItsGroupAndLosesItsFinalizerLast() {
    var arn = group("theirs", "ip");
    serving.upsert(byArn("tgb", arn));
    world.live(20_000, 500);
    delete("tgb");
    assertTrue(shown("tgb").metadata().finalizers().contains(FINALIZER));
    world.live(5_000, 500);
    assertEquals(Set.of(), registered(arn));
    assertEquals(List.of(), shown("tgb").metadata().finalizers());
    serving.removed(shown("tgb"), true);
    world.live(5_000, 500);
    assertEquals(List.of(), world.tables.scan(Table.BINDINGS, ""));
    assertEquals(List.of(), world.tables.scan(Table.HOLDS, ""));
  }

  @Test
  void aDeletedBindingOfAGroupThatIsGoneIsLetGo() {
    var arn = group("theirs", "ip");
    serving.upsert(byArn("tgb", arn));
    world.live(20_000, 500);
    world.answers().removeStranger(arn);
    world.live(6 * 60_000, 10_000);
    delete("tgb");
    world.live(60_000, 1_000);
    assertEquals(List.of(), shown("tgb").metadata().finalizers());
  }

  @Test
  void aGateOpensWithItsBindingOnAPodThatNeverWasATargetEvenIfTheGroupIsGone() {
    var arn = group("theirs", "ip");
    serving.upsert(byArn("tgb", arn));
    world.live(20_000, 500);
    serving.upsert(Facts.gated(3, "tgb"));
    world.answers().removeStranger(arn);
    world.live(6 * 60_000, 10_000);
    serving.forget();
    delete("tgb");
    world.live(5_000, 500);
    var gate = "target-health.elbv2.k8s.aws/tgb";
    var open = new Condition(gate, "True", "", "Target Group Binding is deleted");
    assertTrue(serving.written().contains(new KubernetesWrite.SetCondition(open)));
  }

  @Test
  void aVanishedBindingKeepsItsTargetsUntilAPersonApproves() {
    var arn = group("theirs", "ip");
    serving.upsert(byArn("tgb", arn));
    world.live(20_000, 500);
    serving.removed(shown("tgb"), false);
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(2, 3));
    serving.removed(Facts.pod(1), true);
    world.live(20 * 60_000, 10_000);
    assertEquals(Set.of(Facts.address(2), Facts.address(3)), registered(arn));
    var holds = holds();
    assertEquals(1, holds.size());
    world.append(Facts.REGION, new PersonFact.HoldApproved("ann", holds.getFirst().id()));
    world.live(60_000, 1_000);
    assertEquals(Set.of(), registered(arn));
    assertEquals(List.of(), holds());
  }

  @Test
  void aVanishedBindingThatComesBackIsNoLongerHeld() {
    var arn = group("theirs", "ip");
    serving.upsert(byArn("tgb", arn));
    world.live(20_000, 500);
    var object = shown("tgb");
    serving.removed(object, false);
    assertEquals(1, holds().size());
    serving.upsert(object);
    world.live(60_000, 1_000);
    assertEquals(List.of(), holds());
    assertEquals(both(), registered(arn));
  }

  @Test
  void aBindingWithoutOurFinalizerWasDeletedNotLost() {
    var arn = group("theirs", "ip");
    world.answers().refuseNext(_ -> true, new Result.Rejected(Fault.DENIED, "403", "no"));
    serving.upsert(byArn("tgb", arn));
    world.settle(_ -> true);
    serving.removed(shown("tgb"), false);
    world.live(60_000, 1_000);
    assertEquals(List.of(), holds());
    assertEquals(List.of(), world.tables.scan(Table.BINDINGS, ""));
  }

  @Test
  void tooManyDeletedBindingsOfANamespaceAreHeldAndTheirOwnersAreTold() {
    var objects = new ArrayList<KubernetesObject>();
    for (int i = 0; i < 51; i++) {
      objects.add(byArn("tgb-" + i, group("theirs-" + i, "ip")));
    }
    for (var object : objects) {
      serving.upsert(object);
      world.settle(_ -> true);
    }
    serving.forget();
    objects.forEach(o -> delete(o.metadata().name()));
    world.settle(c -> c.key().lane() == Lane.OBSERVE);
    assertEquals(1, holds().size());
    assertEquals(50, serving.open(Lane.DEREGISTER).size());
    assertTrue(events().stream().anyMatch(e -> e.contains("penstock approve")), "" + events());
  }

  @Test
  void bindingsThatAreDeletedOneByOneAreHeldFromTheLimitOnThoughEachIsDoneSoon()
      throws ChangeRefused {
    var names = List.of("a", "b", "c");
    var groups = names.stream().collect(Collectors.toMap(n -> n, n -> group("of-" + n, "ip")));
    names.forEach(n -> serving.upsert(byArn(n, groups.getOrDefault(n, ""))));
    world.live(20_000, 500);
    var few = RecordChange.apply(ScopeSettings.defaults(), Map.of("requestedDeletesBeforeHold", 2));
    world.append(Facts.REGION, new PersonFact.ScopeSettingsChanged("ann", few));
    for (var name : names) {
      delete(name);
      world.live(30_000, 1_000);
    }
    assertEquals(Set.of(), registered(groups.getOrDefault("a", "")));
    assertEquals(Set.of(), registered(groups.getOrDefault("b", "")));
    assertEquals(both(), registered(groups.getOrDefault("c", "")));
    assertEquals(1, holds().size());
  }

  @Test
  void aRefusedFinalizerIsTriedAgainAndTheTargetsAreRegisteredThen() {
    var arn = group("theirs", "ip");
    world.answers().refuseNext(_ -> true, new Result.Deferred(Fault.UNREACHABLE, "away"));
    serving.upsert(byArn("tgb", arn));
    world.live(60_000, 1_000);
    assertEquals(both(), registered(arn));
  }

  private List<HoldRow> holds() {
    return world.tables.scan(Table.HOLDS, "").stream().map(e -> e.row()).toList();
  }

  private void delete(String name) {
    serving.upsert(deleted(shown(name)));
  }

  private KubernetesObject deleted(KubernetesObject object) {
    return Projections.with(object, Facts.deleted(object.metadata()));
  }
}
