package dev.penstock.streams.fold;

import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The observed table: one place writes it, keeps its index by AWS id, and marks who reads it.
 * Groups that are somebody else's are in no index, nor are the rules on a security group, which
 * have its id: the group may be ours under another key.
 */
public final class Observed {
  /** Kinds that scans find by tags of their own; listeners and rules stand below them. */
  public static final List<ResourceKind> TAGGED =
      List.of(ResourceKind.LOAD_BALANCER, ResourceKind.TARGET_GROUP, ResourceKind.SECURITY_GROUP);

  private static final String BY_ID = "id ";

  private Observed() {}

  /** Keeps what is known of a resource since that place and time of the log. */
  public static void put(Turn turn, ResourceKey key, Presence presence, long position, Instant at) {
    var before = turn.get(Table.OBSERVED, key.toString());
    var written = before.map(ObservedRow::lastWritten).orElse(List.of());
    var changed = before.isEmpty() || !before.get().presence().equals(presence);
    var seq = changed ? turn.seq() : before.get().seq();
    turn.put(Table.OBSERVED, key.toString(), new ObservedRow(presence, position, at, seq, written));
    if (!changed) {
      return;
    }
    if (key.stack().kind() != StackKind.BINDING
        && key.kind() != ResourceKind.SECURITY_GROUP_RULES) {
      identify(turn, key, before.flatMap(Observed::live), presence);
    }
    if (before.filter(row -> provisions(row.presence())).isPresent() && !provisions(presence)) {
      // What was waited for is here; the next look would learn nothing.
      Timers.cancel(turn, TimerKind.OBSERVE, key.toString());
    }
    var sentence = "what is known of " + key.kind().text() + " " + key.id() + " changed";
    Dirt.stack(turn, key.stack(), sentence);
    Lookups.touched(turn, Lookups.resource(key), sentence);
  }

  private static void identify(
      Turn turn, ResourceKey key, Optional<Live> before, Presence presence) {
    before.ifPresent(live -> {
      turn.delete(Table.REFERENCES, BY_ID + live.id());
      if (!(presence instanceof Present(var now) && now.id().equals(live.id()))) {
        Shown.forget(turn, live.id());
      }
    });
    if (presence instanceof Present(var live)) {
      turn.put(Table.REFERENCES, BY_ID + live.id(), new ReferenceRow(key.toString()));
    }
  }

  private static boolean provisions(Presence presence) {
    return presence instanceof Present(Live.LiveLoadBalancer balancer)
            && balancer.state().equals("provisioning")
        || presence instanceof Present(Live.LiveCertificate certificate) && certificate.pending();
  }

  /** Nothing is known any more; it is read once AWS must show what was written. */
  public static void unknown(Turn turn, ResourceKey key, String reason) {
    put(turn, key, new Unknown(reason), turn.seq(), turn.now());
    var settled = turn.now().plusMillis(turn.settings().consistencyWindowMillis());
    Timers.set(turn, TimerKind.OBSERVE, key.toString(), settled);
  }

  /** The memory of our own writes (rule "unset") changed. */
  public static void remember(Turn turn, ResourceKey key, List<String> written) {
    turn.get(Table.OBSERVED, key.toString())
        .filter(row -> !row.lastWritten().equals(written))
        .ifPresent(row ->
            turn.put(
                Table.OBSERVED,
                key.toString(),
                new ObservedRow(row.presence(), row.position(), row.at(), row.seq(), written)));
  }

  /** The resource that is known to have this ARN or id. */
  public static Optional<ResourceKey> byId(Turn turn, String id) {
    return turn.get(Table.REFERENCES, BY_ID + id).map(row -> ResourceKey.parse(row.from()));
  }

  static Optional<Live> live(ObservedRow row) {
    return row.presence() instanceof Present(var live) ? Optional.of(live) : Optional.empty();
  }
}
