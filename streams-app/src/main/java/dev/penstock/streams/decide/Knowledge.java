package dev.penstock.streams.decide;

import dev.penstock.plan.Written;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.streams.fold.ZoneRecords;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a resource, also of one without a row: it is missing if a completed scan would
 * have shown it, else unknown (I2); a name until all of its zone was read, since its ownership
 * records stand elsewhere. No scan of ours would show a group that is somebody else's.
 */
final class Knowledge {
  private Knowledge() {}

  static ObservedRow of(Turn turn, ResourceKey key) {
    return turn.get(Table.OBSERVED, key.toString())
        .filter(_ -> key.stack().kind() != StackKind.NAME || !unscanned(turn, key))
        .orElseGet(() -> new ObservedRow(unseen(turn, key), -1, Instant.EPOCH, 0, List.of()));
  }

  static Optional<Live> live(Turn turn, ResourceKey key) {
    return of(turn, key).presence() instanceof Present(var live)
        ? Optional.of(live)
        : Optional.empty();
  }

  /** Whether the scan that would show the resource was not made yet. */
  static boolean unscanned(Turn turn, ResourceKey key) {
    var scan =
        key.stack().kind() == StackKind.NAME
            ? ZoneRecords.scanKey(key.id().substring(0, Math.max(0, key.id().indexOf('/'))))
            : "cluster|" + key.stack().cluster();
    return turn.get(Table.SCANS, scan).isEmpty();
  }

  private static Presence unseen(Turn turn, ResourceKey key) {
    if (unscanned(turn, key) || key.stack().kind() == StackKind.BINDING) {
      return new Unknown("AWS was not read yet");
    }
    return switch (key.kind()) {
      case LISTENER, LISTENER_RULE -> belowLoadBalancer(turn, key);
      case PROTECTION -> inFront(turn, key);
      case SECURITY_GROUP_RULES -> new Unknown("the rules of " + key.id() + " were not read yet");
      case SECURITY_GROUP, TARGET_GROUP, LOAD_BALANCER, CERTIFICATE, RECORD_NAME, INVENTORY ->
          new Missing();
    };
  }

  /**
   * A load balancer that we made has no guard that we did not give it; of any other one is read.
   */
  private static Presence inFront(Turn turn, ResourceKey key) {
    var balancers =
        turn.scan(Table.OBSERVED, key.stack() + "|" + ResourceKind.LOAD_BALANCER.text() + "|");
    for (var entry : balancers) {
      if (entry.row().presence() instanceof Present(var live)
          && !Written.holdsMade(entry.row().lastWritten(), live.id())) {
        return new Unknown("what guards the load balancer was not read yet");
      }
    }
    return belowLoadBalancer(turn, key);
  }

  /** Listeners and rules are read with their load balancer; nothing stands below a missing one. */
  private static Presence belowLoadBalancer(Turn turn, ResourceKey key) {
    var balancers =
        turn.scan(Table.OBSERVED, key.stack() + "|" + ResourceKind.LOAD_BALANCER.text() + "|");
    for (var entry : balancers) {
      if (entry.row().presence() instanceof Unknown(var reason)) {
        return new Unknown(reason);
      }
    }
    return new Missing();
  }
}
