package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.Observed;
import dev.penstock.streams.fold.ZoneRecords;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names and tags are anybody's: what no key can hold stops no scope (I7). */
final class StrangeKeysTest {
  private static final String ZONE = "Z1";
  private static final String PLAIN = "plain.example.com.";
  private static final String BARRED = "a|b.example.com.";

  private final World world = new World();

  @BeforeEach
  void begin() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster());
  }

  private void written(Scope scope, Consumer<Turn> work) {
    var before = Step.chain(world.tables, scope);
    var turn = new Turn(world.tables, scope, before, before.position(), world.now());
    work.accept(turn);
    turn.write();
  }

  private static RecordSet txt(String name) {
    return new RecordSet(
        name,
        "TXT",
        Optional.empty(),
        Optional.of(300L),
        List.of("\"somebody's\""),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /** A read of what strangers name answers this, among the rest. */
  private void read(Scope scope, Observation... seen) {
    world.live(120_000, 60_000);
    written(scope, turn -> Timers.set(turn, TimerKind.SWEEP, Timing.of(scope), turn.now()));
    world.append(scope, new Tick(world.now()));
    var command =
        world.open.values().stream()
            .filter(c -> c.scope().equals(scope))
            .filter(c -> c.key().resource().kind() == ResourceKind.INVENTORY)
            .filter(c -> Timing.is(c.key().resource().id(), scope))
            .findFirst()
            .orElseThrow(() -> new AssertionError("not read"));
    world.append(scope, new CloudFact.ReadStarted(command.id(), command.key(), Answers.TENURE));
    world.append(
        scope,
        new CloudFact.PartRead(command.id(), command.key(), Answers.TENURE, Arrays.asList(seen)));
    world.settle(_ -> true);
  }

  /** Which rotation of a scope reads what strangers name. */
  private static final class Timing {
    static String of(Scope scope) {
      return scope.equals(Facts.DNS) ? "records" : Facts.CLUSTER;
    }

    static boolean is(String part, Scope scope) {
      return part.startsWith(scope.equals(Facts.DNS) ? "records/" : "owned");
    }
  }

  private void zone(String... names) {
    var sets = Arrays.stream(names).map(StrangeKeysTest::txt).toList();
    read(Facts.DNS, new Observation.RecordsSeen(ZONE, Optional.empty(), sets, true));
  }

  private List<String> alarms(Scope scope) {
    return world.effects.stream()
        .flatMap(e -> e.audit().stream())
        .filter(a -> a.scope().equals(scope))
        .flatMap(a ->
            a.entry() instanceof AuditEntry.Alarm(var subject, var sentence)
                ? List.of(subject + ": " + sentence).stream()
                : List.<String>of().stream())
        .toList();
  }

  private boolean isKnown(String name) {
    var key = Facts.DNS + "|" + ZoneRecords.key(ZONE, name);
    return world
        .tables
        .get(Table.OBSERVED, key)
        .filter(row -> row.presence() instanceof Present)
        .isPresent();
  }

  @Test
  void aRecordOfAZoneWithABarInItsNameIsLeftAlone() {
    zone(PLAIN, BARRED);
    assertTrue(isKnown(PLAIN));
    zone(PLAIN, BARRED);
    assertTrue(isKnown(PLAIN));
    for (var entry : world.tables.scan(Table.OBSERVED, Facts.DNS + "|")) {
      var key = entry.key().substring((Facts.DNS + "|").length());
      assertEquals(key, ResourceKey.parse(key).toString());
    }
    assertEquals(List.of(), alarms(Facts.DNS));
  }

  @Test
  void aRowOfAPageThatCannotBeReadLeavesTheOthersOfThePageAsTheyWouldBe() {
    zone(PLAIN);
    var key = ZoneRecords.key(ZONE, BARRED);
    var spec = new RecordNameSpec(ZONE, BARRED, List.of(txt(BARRED)));
    var row = new Present(new Live.LiveRecordName(key.id(), spec));
    written(Facts.DNS, turn -> Observed.put(turn, key, row, 0, Instant.EPOCH));
    zone();
    assertEquals(false, isKnown(PLAIN));
    assertTrue(alarms(Facts.DNS).getFirst().contains("a|b.example.com."));
  }

  @Test
  void aTagWithABarIsLeftAloneAndToldOfOnce() {
    var spec = new SecurityGroupSpec("k8s-x", "", Facts.VPC, List.of(), Map.of());
    var tags =
        Map.of(
            "elbv2.k8s.aws/cluster", Facts.CLUSTER,
            "ingress.k8s.aws/stack", "x|y",
            "ingress.k8s.aws/resource", "ManagedLBSecurityGroup");
    var live = new Live.LiveSecurityGroup("sg-strange", spec);
    var found = new Observation.ResourceFound(live, tags, List.of(Aspect.values()));
    read(Facts.REGION, found);
    read(Facts.REGION, found);
    var told = alarms(Facts.REGION);
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.getFirst().startsWith("sg-strange: its tags name no stack"));
  }

  @Test
  void aSecondOneWithTheSameTagsIsLeftAloneAndToldOfOnce() {
    var key =
        ResourceKey.parse(Facts.CLUSTER + "|ingress|web|SecurityGroup|ManagedLBSecurityGroup");
    var spec = new SecurityGroupSpec("k8s-x", "", Facts.VPC, List.of(), Map.of());
    var ours = new Present(new Live.LiveSecurityGroup("sg-ours", spec));
    written(Facts.REGION, turn -> Observed.put(turn, key, ours, 0, Instant.EPOCH));
    var tags =
        Map.of(
            "elbv2.k8s.aws/cluster", Facts.CLUSTER,
            "ingress.k8s.aws/stack", "web",
            "ingress.k8s.aws/resource", "ManagedLBSecurityGroup");
    var copy = new Live.LiveSecurityGroup("sg-copy", spec);
    var found = new Observation.ResourceFound(copy, tags, List.of(Aspect.values()));
    var same =
        new Observation.ResourceFound(
            new Live.LiveSecurityGroup("sg-ours", spec), tags, List.of(Aspect.values()));
    read(Facts.REGION, same, found);
    read(Facts.REGION, found, same);
    var told = alarms(Facts.REGION);
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.getFirst().startsWith("sg-copy: its tags are those of sg-ours"));
  }

  @Test
  void aGroupIsKnownByItsIdAsWhatItIsAlsoWhereTheRulesOnItAreKnown() {
    var group =
        ResourceKey.parse(Facts.CLUSTER + "|ingress|web|SecurityGroup|ManagedLBSecurityGroup");
    var rules = ResourceKey.parse(Facts.CLUSTER + "|shared||SecurityGroupRules|sg-v1");
    var spec = new SecurityGroupSpec("v1", "", Facts.VPC, List.of(), Map.of());
    var ours = new Present(new Live.LiveSecurityGroup("sg-v1", spec));
    var onIt =
        new Present(
            new Live.LiveSecurityGroupRules(
                "sg-v1", new SecurityGroupRulesSpec("sg-v1", List.of())));
    written(
        Facts.REGION,
        turn -> {
          Observed.put(turn, group, ours, 0, Instant.EPOCH);
          Observed.put(turn, rules, onIt, 0, Instant.EPOCH);
          Observed.put(turn, rules, new ObservedRow.Missing(), 0, Instant.EPOCH);
          assertEquals(Optional.of(group), Observed.byId(turn, "sg-v1"));
        });
  }

  @Test
  void aTimerThatMeetsADefectStopsNeitherTheScopeNorItsRotation() {
    var spec = new SecurityGroupSpec("k8s-x", "", Facts.VPC, List.of(), Map.of());
    var cause = new Cause(1, "c1|shared|", "a test", false);
    var wanted = new DesiredRow(spec, List.of(), Optional.empty(), cause, 1);
    written(
        Facts.REGION,
        turn -> {
          turn.put(Table.DESIRED, "c1|shared||NoSuchKind|x", wanted);
          Timers.set(turn, TimerKind.OBSERVE, "c1|ingress|x|y|SecurityGroup|z", turn.now());
          Timers.set(turn, TimerKind.SWEEP, Facts.CLUSTER, turn.now());
        });
    world.append(Facts.REGION, new Tick(world.now()));
    assertEquals(2, alarms(Facts.REGION).size(), alarms(Facts.REGION).toString());
    written(
        Facts.REGION,
        turn -> {
          var next = Timers.due(turn, TimerKind.SWEEP, Facts.CLUSTER).orElseThrow();
          assertTrue(next.isAfter(world.now()));
        });
  }

  @Test
  void readsThatHaveNothingToAskAnyMoreGiveTheirTurnToTheOthers() {
    written(
        Facts.REGION,
        turn -> {
          turn.put(Table.REFERENCES, "waiting-read x", new ReferenceRow("no key"));
          for (var n = 10; n < 30; n++) {
            var lane = "gone-" + n + "|shared||Inventory|owned|OBSERVE";
            turn.put(Table.REFERENCES, "waiting-read " + lane, new ReferenceRow(lane));
          }
        });
    world.append(Facts.REGION, new Tick(world.now()));
    assertEquals(List.of(), world.tables.scan(Table.REFERENCES, Facts.REGION + "|waiting-read "));
    assertEquals(1, alarms(Facts.REGION).size());
  }
}
