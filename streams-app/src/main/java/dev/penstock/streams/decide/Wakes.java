package dev.penstock.streams.decide;

import dev.penstock.plan.shared.SharedPlan;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.TimerRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.Attempts;
import dev.penstock.streams.fold.Inventories;
import dev.penstock.streams.fold.Snapshots;
import dev.penstock.streams.fold.ZoneRecords;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Defects;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happens when a timer rings. */
final class Wakes {
  private static final String OBJECT = "object|";
  private static final String STACK = "stack|";
  private static final String NETWORK = "network|";
  private static final String CHANGE = "change|";

  /** The subject of a sweep that goes on, before the stack that was the last one. */
  private static final String STACKS = "stacks|";

  private static final int PAGE = 256;

  private Wakes() {}

  /** A rotation goes on although one turn of it met a defect. */
  static void ring(Turn turn, TimerRow timer) {
    var done = Defects.guarded(turn, timer.subject(), () -> rung(turn, timer));
    if (!done && timer.kind() == TimerKind.SWEEP) {
      Timers.set(turn, TimerKind.SWEEP, timer.subject(), nextSweep(turn));
    }
  }

  private static Instant nextSweep(Turn turn) {
    return turn.now().plusMillis(turn.settings().sweepIntervalMillis());
  }

  private static void rung(Turn turn, TimerRow timer) {
    switch (timer.kind()) {
      case RETRY -> retry(turn, timer.subject());
      case OBSERVE -> observe(turn, timer.subject());
      case DECIDE -> decide(turn, timer.subject());
      case SWEEP -> sweep(turn, timer.subject());
      case CHECKPOINT -> Checkpoints.write(turn, timer.subject());
    }
  }

  private static void retry(Turn turn, String subject) {
    if (subject.startsWith(Snapshots.WANTED)) {
      Snapshots.ask(turn, subject.substring(Snapshots.WANTED.length()));
      return;
    }
    var sentence = "the pause after a failure is over";
    if (subject.startsWith(OBJECT)) {
      var object = ObjectKey.parse(subject.substring(OBJECT.length()));
      Intents.of(turn, object).forEach(row -> Dirt.stack(turn, row.current().stack(), sentence));
      Lookups.touched(turn, Lookups.object(object), sentence);
      return;
    }
    var key = CommandKey.parse(subject);
    switch (key.lane()) {
      case WRITE -> Dirt.stack(turn, key.resource().stack(), sentence);
      case REGISTER, DEREGISTER -> Dirt.targets(turn, key.resource(), sentence);
      case OBSERVE -> again(turn, key.resource());
    }
  }

  /** Asks for the reads that waited and have room now. */
  static void reads(Turn turn) {
    for (var lane : Commands.readsWithRoom(turn)) {
      Defects.guarded(turn, lane, () -> again(turn, CommandKey.parse(lane).resource()));
    }
  }

  /** A read that failed or found no room. */
  private static void again(Turn turn, ResourceKey key) {
    if (key.kind() != ResourceKind.INVENTORY) {
      observe(turn, key.toString());
      return;
    }
    var slash = key.id().indexOf('/');
    var part = slash < 0 ? key.id() : key.id().substring(0, slash);
    var name = key.id().substring(slash + 1);
    switch (part) {
      case "owned" -> owned(turn, key.stack().cluster());
      case "network" -> network(turn, key.stack().cluster(), name);
      case "named" -> Lookouts.again(turn, name);
      case "certificates" -> certificates(turn);
      case "zones" -> zones(turn);
      case "records" -> records(turn, name);
      case "stack" -> Reads.stack(turn, key.stack(), Urgency.SWEEP);
      case "change" -> Reads.change(turn, name);
      default -> throw new IllegalStateException("no such part of the inventory: " + part);
    }
  }

  private static void observe(Turn turn, String subject) {
    if (subject.startsWith(Attempts.LATE)) {
      Attempts.silent(turn, subject);
      return;
    }
    if (subject.startsWith(CHANGE)) {
      Reads.change(turn, subject.substring(CHANGE.length()));
      return;
    }
    if (subject.startsWith(STACK)) {
      var stack = StackId.parse(subject.substring(STACK.length()));
      Reads.stack(turn, stack, Urgency.STRUCTURE);
      return;
    }
    if (subject.startsWith(NETWORK)) {
      var cluster = subject.substring(NETWORK.length());
      turn.get(Table.CLUSTERS, cluster)
          .ifPresent(row -> network(turn, cluster, row.registration().vpcId()));
      return;
    }
    var key = ResourceKey.parse(subject);
    if (!observeTargets(turn, key)) {
      observeResource(turn, key);
    }
  }

  /** Reads a target group for its targets, if it is bound or somebody else's; else false. */
  private static boolean observeTargets(Turn turn, ResourceKey key) {
    var binding = turn.get(Table.BINDINGS, key.toString());
    if (key.stack().kind() == StackKind.BINDING
        && (binding.isEmpty() || Knowledge.of(turn, key).presence() instanceof Missing)) {
      UserGroups.look(turn, key, Urgency.STRUCTURE);
      return true;
    }
    var arn = binding.flatMap(_ -> TargetGroups.arn(turn, key));
    if (binding.isEmpty() || arn.isEmpty()) {
      return false;
    }
    Reads.health(turn, key, arn.get(), Polls.urgent(turn, key, binding.get()));
    Polls.again(turn, key);
    return true;
  }

  private static void observeResource(Turn turn, ResourceKey key) {
    var id = Identities.id(key, Knowledge.of(turn, key));
    switch (key.kind()) {
      case RECORD_NAME ->
          Reads.records(turn, key.id().substring(0, key.id().indexOf('/')), Urgency.STRUCTURE);
      case LISTENER, LISTENER_RULE -> {
        if (id.isPresent()) {
          Reads.resource(turn, key, id, Optional.empty());
        } else {
          Reads.stack(turn, key.stack(), Urgency.STRUCTURE);
        }
      }
      case LOAD_BALANCER, TARGET_GROUP, SECURITY_GROUP, SECURITY_GROUP_RULES ->
          Reads.resource(turn, key, id, Identities.name(turn, key));
      case CERTIFICATE -> Reads.certificate(turn, key, id);
      case PROTECTION -> Lookouts.protection(turn, key);
      case INVENTORY -> again(turn, key);
    }
  }

  private static void decide(Turn turn, String subject) {
    var bar = subject.indexOf('|');
    var rest = subject.substring(bar + 1);
    var sentence = "a wait is over";
    switch (subject.substring(0, bar)) {
      case "targets" -> Dirt.targets(turn, ResourceKey.parse(rest), sentence);
      case "stack" -> Dirt.stack(turn, StackId.parse(rest), sentence);
      case "name" -> Dirt.name(turn, rest, sentence);
      case "asked" -> Asks.over(turn, rest);
      default -> throw new IllegalStateException("nobody waits as " + subject);
    }
  }

  /** The slow rotation: of a cluster, of the zones, of their records, or of one stack. */
  private static void sweep(Turn turn, String subject) {
    if (subject.startsWith(STACKS)) {
      stacks(turn, subject.substring(STACKS.length()));
      return;
    }
    if (subject.startsWith(Inventories.NAMED)) {
      Lookouts.sweep(turn, subject);
      return;
    }
    if (subject.startsWith(UserGroups.BINDINGS)) {
      UserGroups.sweep(turn, subject.substring(UserGroups.BINDINGS.length()));
      return;
    }
    Timers.set(turn, TimerKind.SWEEP, subject, nextSweep(turn));
    switch (subject) {
      case Inventories.ZONES -> zones(turn);
      case Inventories.RECORDS -> records(turn);
      default -> cluster(turn, subject);
    }
  }

  private static void cluster(Turn turn, String cluster) {
    var row = turn.get(Table.CLUSTERS, cluster);
    if (row.isEmpty() || !row.get().registration().home().equals(turn.scope())) {
      // Scopes that only get a cluster's claims have nothing of it to read.
      Timers.cancel(turn, TimerKind.SWEEP, cluster);
      return;
    }
    owned(turn, cluster);
    network(turn, cluster, row.get().registration().vpcId());
    certificates(turn);
    Lookouts.sweep(turn, "");
    for (var entry : turn.scan(Table.DESIRED, SharedPlan.stack(cluster) + "|")) {
      Reads.rules(turn, ResourceKey.parse(entry.key()));
    }
    stacks(turn, cluster + "|");
    UserGroups.sweep(turn, UserGroups.bindings(cluster));
  }

  /** The stacks of a cluster behind one of them, a page a record. */
  private static void stacks(Turn turn, String after) {
    var prefix = after.substring(0, after.indexOf('|') + 1);
    var page = turn.after(Table.STACKS, prefix, after, PAGE);
    for (var entry : page) {
      Reads.stackLater(turn, entry.row().stack());
      Lookouts.sweep(turn, entry.row().stack());
    }
    if (page.size() == PAGE) {
      Timers.set(turn, TimerKind.SWEEP, STACKS + page.getLast().key(), turn.now());
    }
  }

  private static void owned(Turn turn, String cluster) {
    var first = turn.get(Table.SCANS, "cluster|" + cluster).isEmpty();
    turn.get(Table.CLUSTERS, cluster)
        .ifPresent(row -> Reads.owned(turn, cluster, row.registration().lbcName(), first));
  }

  private static void network(Turn turn, String cluster, String vpcId) {
    var first = turn.get(Table.INVENTORY, Inventories.networkOf(vpcId)).isEmpty();
    Reads.network(turn, cluster, vpcId, first);
  }

  private static void certificates(Turn turn) {
    var first = turn.get(Table.INVENTORY, Inventories.CERTIFICATES).isEmpty();
    Reads.certificates(turn, first);
  }

  private static void zones(Turn turn) {
    Reads.zones(turn, turn.get(Table.INVENTORY, Inventories.ZONES).isEmpty());
  }

  private static void records(Turn turn) {
    knownZones(turn).forEach(zone -> records(turn, zone.id()));
  }

  private static void records(Turn turn, String zoneId) {
    var first = turn.get(Table.SCANS, ZoneRecords.scanKey(zoneId)).isEmpty();
    Reads.records(turn, zoneId, first ? Urgency.CREATION : Urgency.SWEEP);
  }

  private static List<HostedZone> knownZones(Turn turn) {
    return new CloudSight(turn).hostedZones().orElse(List.of());
  }
}
