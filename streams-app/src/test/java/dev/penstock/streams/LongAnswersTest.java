package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.plan.dns.TxtRegistry;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Network.NetworkInterface;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.fold.Observed;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that grow with the account come in parts, and no record of them is unbounded work. */
final class LongAnswersTest {
  private static final String ZONE = "Z1";

  private final World world = new World();

  /** The sweep's read of that kind; it is open. */
  private Command swept(Scope scope, Predicate<Reading> which) {
    world.pass(ScopeSettings.defaults().sweepIntervalMillis());
    world.append(scope, new ScopeFact.Tick(world.now()));
    for (var round = 0; round < 50; round++) {
      var found = world.open.values().stream().filter(c -> reads(c, which)).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      world.answers().answer(world, world.open.values().iterator().next());
    }
    throw new AssertionError("never read");
  }

  private static boolean reads(Command command, Predicate<Reading> which) {
    return command.operation() instanceof Operation.Observe(var reading) && which.test(reading);
  }

  /** Answers the read with these, a record for each. */
  private void answer(Command read, List<Observation> parts) {
    world.append(read.scope(), new CloudFact.ReadStarted(read.id(), read.key(), Answers.TENURE));
    world.mostRows = 0;
    var horizon = world.log.getLast().position();
    for (var part : parts.subList(0, parts.size() - 1)) {
      world.append(
          read.scope(),
          new CloudFact.PartRead(read.id(), read.key(), Answers.TENURE, List.of(part)));
    }
    world.append(
        read.scope(),
        new CloudFact.CommandSettled(
            read.id(),
            read.key(),
            Answers.TENURE,
            1,
            new Result.Applied(),
            List.of(parts.getLast()),
            Optional.of(horizon),
            List.of()));
  }

  private void zone(List<String> names) {
    var txt = new ArrayList<RecordSet>();
    var own = new ArrayList<RecordSet>();
    for (var name : names) {
      txt.add(set("a-" + name, "TXT", TxtRegistry.value("somebody", "ingress/x/y")));
      own.add(set(name, "A", "192.0.2.1"));
    }
    txt.addAll(own);
    var read = swept(Facts.DNS, Reading.ReadRecords.class::isInstance);
    var parts = new ArrayList<Observation>();
    for (var from = 0; from < txt.size(); from += 50) {
      var to = Math.min(txt.size(), from + 50);
      parts.add(
          new Observation.RecordsSeen(
              ZONE, Optional.empty(), txt.subList(from, to), to == txt.size()));
    }
    answer(read, parts);
  }

  private static RecordSet set(String name, String type, String value) {
    return new RecordSet(
        name,
        type,
        Optional.empty(),
        Optional.of(300L),
        List.of(value),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(n -> "n" + n + ".example.com.").toList();
  }

  private List<String> known(String name) {
    var key = Facts.DNS + "||name|" + ZONE + "/" + name + "|RecordName|" + ZONE + "/" + name;
    return world.tables.get(Table.OBSERVED, key).stream()
        .flatMap(row ->
            row.presence() instanceof Present(Live.LiveRecordName live)
                ? live.spec().recordSets().stream()
                : Stream.<RecordSet>empty())
        .map(set -> set.type() + " " + set.name())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 4_000})
  void aLargeZoneIsReadInPartsOfBoundedWorkWithTheOwnershipOfEachName(int names) {
    world.begin(ClusterMode.MANAGE);
    zone(names(names));
    assertTrue(world.mostRows < 5_000, "rows: " + world.mostRows);
    assertEquals(List.of("TXT a-n7.example.com.", "A n7.example.com."), known("n7.example.com."));
    zone(names(names / 2));
    assertTrue(world.mostRows < 5_000, "rows: " + world.mostRows);
    assertEquals(List.of(), known("n" + (names - 1) + ".example.com."));
    assertEquals(List.of("TXT a-n7.example.com.", "A n7.example.com."), known("n7.example.com."));
  }

  @Test
  void whatALaterReadOfAZoneLacksIsLostByTheNameThatOwnsIt() {
    world.begin(ClusterMode.MANAGE);
    zone(names(60));
    var read = swept(Facts.DNS, Reading.ReadRecords.class::isInstance);
    var sets = names(60).stream().map(name -> set(name, "A", "192.0.2.1")).toList();
    answer(read, List.of(new Observation.RecordsSeen(ZONE, Optional.empty(), sets, true)));
    assertEquals(List.of("A n7.example.com."), known("n7.example.com."));
  }

  private List<Observation> interfaces(int count) {
    var all = new ArrayList<NetworkInterface>();
    for (var n = 0; n < count; n++) {
      var addresses = new ArrayList<String>();
      for (var a = 0; a < 30; a++) {
        addresses.add("10." + (100 + n / 250) + "." + n % 250 + "." + a);
      }
      all.add(
          new NetworkInterface(
              "eni-0" + n, Optional.of("i-" + n), addresses, List.of(), List.of("sg-many")));
    }
    var parts = new ArrayList<Observation>(List.of(new Observation.NetworkSeen(Facts.network())));
    for (var from = 0; from < count; from += 50) {
      parts.add(new Observation.InterfacesSeen(Facts.VPC, all.subList(from, from + 50), false));
    }
    parts.add(new Observation.InterfacesSeen(Facts.VPC, Facts.interfaces(), true));
    return parts;
  }

  @Test
  void fiveThousandInterfacesOfANetworkAreTakenInPartsAndThoseThatAreGoneGo() {
    world.begin(ClusterMode.MANAGE);
    answer(swept(Facts.REGION, Reading.ReadNetwork.class::isInstance), interfaces(5_000));
    assertTrue(world.mostRows < 1_400, "rows: " + world.mostRows);
    assertEquals(5_001, world.tables.scan(Table.INVENTORY, interfaceRows()).size());
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.settle(c -> !reads(c, Reading.ReadNetwork.class::isInstance));
    var rules = Facts.REGION + "|c1|shared||SecurityGroupRules|sg-nodes";
    assertTrue(world.tables.get(Table.DESIRED, rules).isPresent(), "the cluster is planned");
    answer(swept(Facts.REGION, Reading.ReadNetwork.class::isInstance), interfaces(100));
    assertEquals(101, world.tables.scan(Table.INVENTORY, interfaceRows()).size());
  }

  @Test
  void whatALongScanListsNowhereIsLookedForByItsId() {
    world.begin(ClusterMode.MANAGE);
    var before = Step.chain(world.tables, Facts.REGION);
    var turn = new Turn(world.tables, Facts.REGION, before, before.position(), world.now());
    var ids = new ArrayList<String>();
    for (var n = 0; n < 1_000; n++) {
      var id = String.format("sg-%04d", n);
      var stack = new StackId(Facts.CLUSTER, StackKind.INGRESS, "default/web-" + n);
      var key = new ResourceKey(stack, ResourceKind.SECURITY_GROUP, "ManagedLBSecurityGroup");
      var spec = new SecurityGroupSpec(id, "", Facts.VPC, List.of(), Map.of());
      var live = new Live.LiveSecurityGroup(id, spec);
      Observed.put(turn, key, new Present(live), 0, Instant.EPOCH);
      ids.add(id);
    }
    turn.write();
    var read = swept(Facts.REGION, Reading.ReadOwned.class::isInstance);
    ids.remove("sg-0777");
    var parts = new ArrayList<Observation>();
    for (var from = 0; from < ids.size(); from += 100) {
      var to = Math.min(ids.size(), from + 100);
      parts.add(
          new Observation.OwnedScanned(
              List.of(Facts.CLUSTER), ids.subList(from, to), to == ids.size()));
    }
    answer(read, parts);
    assertTrue(world.mostRows < 5_000, "rows: " + world.mostRows);
    var looked =
        world.open.values().stream()
            .filter(c -> reads(c, Reading.ReadStack.class::isInstance))
            .map(c -> c.key().resource().stack().id())
            .toList();
    assertEquals(List.of("default/web-777"), looked);
  }

  private static String interfaceRows() {
    return Facts.REGION + "|interface|" + Facts.VPC + "|";
  }
}
