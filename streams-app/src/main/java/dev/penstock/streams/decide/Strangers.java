package dev.penstock.streams.decide;

import dev.penstock.plan.Differ;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What stands under keys of a stack and is not ours: nothing is made, changed or deleted below it
 * either (I1).
 */
final class Strangers {
  private final Turn turn;
  private final StackId stack;
  private final Differ differ;
  private final Map<String, String> ownersById = new TreeMap<>();

  Strangers(Turn turn, StackId stack, Differ differ) {
    this.turn = turn;
    this.stack = stack;
    this.differ = differ;
  }

  /** Looks at all that AWS has of the stack; a listener belongs to whoever has its balancer. */
  void look() {
    var rows = turn.scan(Table.OBSERVED, stack + "|");
    rows.forEach(entry -> {
      var key = ResourceKey.parse(entry.key());
      var row = entry.row();
      live(row)
          .ifPresent(live ->
              differ.stranger(key, row).ifPresent(owner -> ownersById.put(live.id(), owner)));
    });
    rows.forEach(entry ->
        live(entry.row())
            .ifPresent(
                live -> above(live).ifPresent(owner -> ownersById.putIfAbsent(live.id(), owner))));
  }

  /** What a reference may lead to: something of others counts as not there. */
  Presence presence(ResourceKey key) {
    var seen = Knowledge.of(turn, key);
    return differ.stranger(key, seen).isPresent() ? new Missing() : seen.presence();
  }

  /** Whose the thing is below which this one stands, if that is not ours. */
  Optional<String> above(ObservedRow seen) {
    return live(seen).flatMap(this::above);
  }

  private Optional<String> above(Live live) {
    return switch (live) {
      case Live.LiveListener(_, var spec) -> owner(spec.loadBalancer());
      case Live.LiveListenerRule(_, var spec) -> owner(spec.listener());
      case Live.LiveProtection(_, var spec, _) -> owner(spec.loadBalancer());
      case Live.LiveLoadBalancer _,
          Live.LiveTargetGroup _,
          Live.LiveSecurityGroup _,
          Live.LiveSecurityGroupRules _,
          Live.LiveCertificate _,
          Live.LiveRecordName _ ->
          Optional.empty();
    };
  }

  private Optional<String> owner(Link link) {
    return link instanceof Link.Known(var id)
        ? Optional.ofNullable(ownersById.get(id))
        : Optional.empty();
  }

  private static Optional<Live> live(ObservedRow row) {
    return row.presence() instanceof ObservedRow.Present(var live)
        ? Optional.of(live)
        : Optional.empty();
  }

  /** Whether the last decision found that the resource is somebody else's. */
  static boolean holds(Turn turn, ResourceKey key) {
    return verdict(turn, key).filter(VerdictKind.FOREIGN::equals).isPresent();
  }

  /**
   * Whether nobody can wait for the resource to go: it is somebody else's, or still used where
   * something is. We go on trying to delete what is ours of it.
   *
   * @param any whether there is anything of others in the stack
   */
  static boolean keep(Turn turn, ResourceKey key, BooleanSupplier any) {
    return holds(turn, key)
        || verdict(turn, key).filter(VerdictKind.BLOCKED::equals).isPresent() && any.getAsBoolean();
  }

  /** Whether the last decision found anything of others in the stack. */
  static boolean any(Turn turn, StackId stack) {
    return turn.scan(Table.VERDICTS, stack + "|").stream()
        .anyMatch(entry -> entry.row().verdict() == VerdictKind.FOREIGN);
  }

  private static Optional<VerdictKind> verdict(Turn turn, ResourceKey key) {
    return turn.get(Table.VERDICTS, key.toString()).map(VerdictRow::verdict);
  }
}
