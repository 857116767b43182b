package dev.penstock.streams.fold;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.List;

/**
 * What AWS answered, merged row by row and aspect by aspect. An answer counts only where no write
 * is open and where it is younger than what a write taught us, by the service's consistency window
 * (design §4).
 */
final class Observations {
  private Observations() {}

  static void fold(Turn turn, List<Observation> observations, Horizon horizon) {
    observations.forEach(o -> fold(turn, o, horizon));
  }

  private static void fold(Turn turn, Observation observation, Horizon horizon) {
    switch (observation) {
      case Observation.ResourcePresent(var key, var live, var aspects) -> {
        if (horizon.write() || !isAnother(turn, key, live)) {
          present(turn, key, live, aspects, horizon);
        }
      }
      case Observation.ResourceMissing(var key) -> missing(turn, key, horizon);
      case Observation.ResourceUnknown(var key, var reason) -> unknown(turn, key, reason, horizon);
      case Observation.ResourceFound(var live, var tags, var aspects) ->
          Discoveries.found(turn, live, tags, aspects, horizon);
      case Observation.OwnedScanned(var clusters, var ids, var complete) ->
          Discoveries.scanned(turn, clusters, ids, complete, horizon);
      case Observation.TargetsSeen(var group, var targets, var complete) ->
          TargetRegistrations.seen(turn, group, targets, complete, horizon);
      case Observation.NetworkSeen(var network) -> Inventories.network(turn, network, horizon);
      case Observation.InterfacesSeen(var vpc, var interfaces, var complete) ->
          Inventories.interfaces(turn, vpc, interfaces, complete, horizon);
      case Observation.NamedSeen(var named) -> Inventories.named(turn, named, horizon);
      case Observation.CertificatesSeen(var certificates) ->
          Inventories.certificates(turn, certificates, horizon);
      case Observation.HostedZonesSeen(var zones) -> Inventories.zones(turn, zones, horizon);
      case Observation.RecordsSeen(var zone, var name, var sets, var complete) -> {
        ZoneRecords.seen(turn, zone, sets, name.stream().toList(), horizon);
        if (complete && name.isEmpty()) {
          ZoneRecords.whole(turn, zone, horizon);
        }
      }
      case Observation.ChangeSeen(var id, var inSync) -> NameChanges.seen(turn, id, inSync);
    }
  }

  /** The log knows it as another resource: tags that somebody changed do not move it. */
  private static boolean isAnother(Turn turn, ResourceKey key, Live live) {
    return Observed.TAGGED.contains(key.kind())
        && key.stack().kind() != StackKind.BINDING
        && Observed.byId(turn, live.id()).filter(known -> !known.equals(key)).isPresent();
  }

  static void present(
      Turn turn, ResourceKey key, Live live, List<Aspect> aspects, Horizon horizon) {
    var row = turn.get(Table.OBSERVED, key.toString());
    var known = row.flatMap(Observed::live).filter(l -> l.id().equals(live.id()));
    var merged = known.map(k -> Aspects.merge(k, live, aspects)).orElse(live);
    take(turn, key, new Present(merged), horizon);
  }

  static void missing(Turn turn, ResourceKey key, Horizon horizon) {
    take(turn, key, new Missing(), horizon);
  }

  private static void unknown(Turn turn, ResourceKey key, String reason, Horizon horizon) {
    var row = turn.get(Table.OBSERVED, key.toString());
    if (row.isEmpty() || row.get().presence() instanceof Unknown) {
      take(turn, key, new Unknown(reason), horizon);
    }
  }

  private static void take(Turn turn, ResourceKey key, Presence presence, Horizon horizon) {
    if (!horizon.write() && writing(turn, key)) {
      return;
    }
    var row = turn.get(Table.OBSERVED, key.toString());
    if (row.isEmpty()) {
      Observed.put(turn, key, presence, horizon.position(), knownSince(horizon));
      return;
    }
    var known = row.get();
    var window = turn.settings().consistencyWindowMillis();
    var outranks = horizon.outranks(known.position(), known.at(), window);
    var confirms = horizon.follows(known.position()) && agree(known.presence(), presence);
    if (outranks) {
      drifted(turn, key, known, presence, horizon);
      Observed.put(turn, key, presence, horizon.position(), horizon.at());
    } else if (confirms) {
      Observed.put(turn, key, presence, horizon.position(), known.at());
    } else if (horizon.follows(known.position())) {
      Timers.setBy(turn, TimerKind.OBSERVE, key.toString(), known.at().plusMillis(window));
    }
  }

  /** A first read is not the end of a write: it needs no window of its own. */
  private static Instant knownSince(Horizon horizon) {
    return horizon.write() ? horizon.at() : Instant.EPOCH;
  }

  /** Whether this answer may contradict what is known of the resource. */
  static boolean counts(Turn turn, ResourceKey key, Horizon horizon) {
    var window = turn.settings().consistencyWindowMillis();
    return turn.get(Table.OBSERVED, key.toString())
        .filter(known -> horizon.outranks(known.position(), known.at(), window))
        .filter(_ -> !writing(turn, key))
        .isPresent();
  }

  /** Whether a write of ours is under way. */
  static boolean writing(Turn turn, ResourceKey key) {
    return turn.get(Table.OPEN, new CommandKey(key, Lane.WRITE).toString()).isPresent();
  }

  private static boolean agree(Presence known, Presence seen) {
    return switch (seen) {
      case Present(var live) ->
          known instanceof Present(var before)
              && before.id().equals(live.id())
              && KnownPart.same(before.spec(), live.spec());
      case Missing _ -> known instanceof Missing;
      case Unknown _ -> known instanceof Unknown;
    };
  }

  private static void drifted(
      Turn turn, ResourceKey key, ObservedRow known, Presence seen, Horizon horizon) {
    if (horizon.write()
        || key.stack().kind() == StackKind.BINDING
        || !(known.presence() instanceof Present)
        || agree(known.presence(), seen)) {
      return;
    }
    var what = key.kind().text() + " " + key.id();
    var sentence =
        seen instanceof Missing
            ? what + " is gone, and no command of ours deleted it"
            : what + " changed, and no command of ours changed it";
    turn.audit(new AuditEntry.Drifted(key, sentence));
    turn.change(key.toString(), new ChangeBody.Drifted(sentence));
  }
}
