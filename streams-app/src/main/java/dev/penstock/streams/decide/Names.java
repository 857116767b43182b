package dev.penstock.streams.decide;

import dev.penstock.plan.Ownership;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.dns.NameBuilder;
import dev.penstock.plan.dns.NamePlan;
import dev.penstock.plan.dns.NameStandings;
import dev.penstock.plan.dns.NameStandings.Progress;
import dev.penstock.plan.dns.Zones;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.event.ClaimFact.ClaimStood;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.DnsPolicy;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.fold.Inventories;
import dev.penstock.streams.fold.NameChanges;
import dev.penstock.streams.fold.ZoneRecords;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One host name in the scope that owns it: from all its claims to record sets, and back to
 * standings. A name that nobody ever claimed is never touched.
 */
final class Names {
  private final Turn turn;
  private final String host;
  private final Cause cause;
  private final List<Entry<ClaimRow>> rows;

  private Names(Turn turn, String host, Cause cause) {
    this.turn = turn;
    this.host = host;
    this.cause = cause;
    this.rows = turn.scan(Table.CLAIMS, Claims.receivedPrefix(host));
  }

  static void plan(Turn turn, DirtyRow dirty) {
    var cause = new Cause(dirty.seq(), dirty.subject(), dirty.sentence(), dirty.otherCode());
    new Names(turn, dirty.subject(), cause).plan();
  }

  /** What is known of a name's records changed. */
  static void converge(Turn turn, StackId stack, Cause cause) {
    var name = stack.id().substring(stack.id().indexOf('/') + 1);
    new Names(turn, name.substring(0, name.length() - 1), cause).plan();
  }

  private void plan() {
    var cloud = new CloudSight(turn);
    var dns = turn.settings().dns();
    var zones = cloud.hostedZones().map(all -> Zones.visible(all, dns));
    if (rows.isEmpty() && zones.orElse(List.of()).stream().noneMatch(this::isOurs)) {
      return;
    }
    if (zones.isEmpty() && Timers.due(turn, TimerKind.SWEEP, Inventories.ZONES).isEmpty()) {
      Timers.set(turn, TimerKind.SWEEP, Inventories.ZONES, turn.now());
    }
    var claims = rows.stream().map(Entry::row).toList();
    var planned =
        Stacks.guarded(
            turn,
            new StackId("", StackKind.NAME, host),
            () -> NameBuilder.of(host, claims, zones, this::observed, dns));
    if (planned.isEmpty()) {
      return;
    }
    var plan = planned.get();
    if (plan.blockedOn().isEmpty()) {
      zones.orElse(List.of()).forEach(zone -> zone(zone, plan));
    }
    var gone =
        dns.policy() != DnsPolicy.SYNC || zones.orElse(List.of()).stream().noneMatch(this::isOurs);
    NameStandings.changed(plan, claims, this::progress, gone, turn.now()).forEach(this::answer);
    var looked = new TreeSet<>(cloud.looked());
    zones
        .orElse(List.of())
        .forEach(z -> looked.add(Lookups.inventory(ZoneRecords.scanKey(z.id()))));
    Lookups.replace(turn, Dirt.Kind.NAME, host, rows.isEmpty() ? new TreeSet<>() : looked);
  }

  /** Whether we want, or wanted, something of this name in the zone. */
  private boolean isOurs(HostedZone zone) {
    return turn.get(Table.DESIRED, NamePlan.key(zone.id(), host).toString()).isPresent();
  }

  private List<RecordSet> observed(String zoneId, String name) {
    return Knowledge.live(turn, NamePlan.key(zoneId, name))
        .map(live ->
            live instanceof Live.LiveRecordName known
                ? known.spec().recordSets()
                : List.<RecordSet>of())
        .orElse(List.of());
  }

  private void zone(HostedZone zone, NamePlan plan) {
    var key = NamePlan.key(zone.id(), host);
    var wanted =
        plan.names().stream()
            .filter(n -> n.key().equals(key))
            .map(n -> new Desired(key, n.spec(), members(plan), Optional.empty()))
            .toList();
    if (wanted.isEmpty() && !isOurs(zone)) {
      return;
    }
    Desires.keep(turn, key.stack(), wanted, cause);
    var ownership = new Ownership("", List.of(), turn.settings().dns(), List.of(), List.of());
    var claimants = claimants(plan);
    var under = new Converge.Under(Modes.ofClaimants(turn, claimants), ownership, claimants);
    var holds = new Holds(turn, key.stack());
    new Converge(turn, key.stack(), under, holds, List.of())
        .act(wanted.stream().map(Desired::key).toList(), cause);
    holds.close();
  }

  /** The stacks whose claims stand; of a name that goes, those that had claimed it. */
  private List<StackId> claimants(NamePlan plan) {
    var claims =
        plan.standing().isEmpty() ? rows.stream().map(Entry::row).toList() : plan.standing();
    return claims.stream().map(ClaimRow::stack).distinct().sorted().toList();
  }

  private static List<ObjectKey> members(NamePlan plan) {
    return plan.standing().stream().map(ClaimRow::member).distinct().sorted().toList();
  }

  private Progress progress(ResourceKey key) {
    var verdict = turn.get(Table.VERDICTS, key.toString());
    if (verdict.isEmpty()) {
      return new NameStandings.Underway("not decided yet");
    }
    var sentence = verdict.get().sentence();
    return switch (verdict.get().verdict()) {
      case IN_SYNC ->
          NameChanges.spreading(turn, key)
              ? new NameStandings.Spreading()
              : new NameStandings.InForce();
      case FOREIGN -> new NameStandings.Taken(sentence);
      case HELD -> new NameStandings.Held(sentence, verdict.get().rule());
      case REJECTED, BLOCKED -> new NameStandings.Stuck(sentence);
      case UNDECIDED, CREATE, UPDATE, REPLACE, DELETE, IN_FLIGHT, WAITING, DEFERRED ->
          new NameStandings.Underway(sentence);
    };
  }

  private void answer(ClaimRow row) {
    for (var entry : rows) {
      var old = entry.row();
      if (old.claimant().equals(row.claimant())
          && old.stack().equals(row.stack())
          && old.member().equals(row.member())) {
        keep(entry.key(), row);
      }
    }
    turn.event(
        row.claimant(),
        row.host(),
        new ClaimStood(
            row.host(),
            turn.scope(),
            row.stack(),
            row.member(),
            row.seq(),
            row.standing(),
            row.reason(),
            row.rule()));
  }

  private void keep(String key, ClaimRow row) {
    if (row.standing() == Standing.WITHDRAWN) {
      turn.delete(Table.CLAIMS, key);
    } else {
      turn.put(Table.CLAIMS, key, row);
    }
  }
}
