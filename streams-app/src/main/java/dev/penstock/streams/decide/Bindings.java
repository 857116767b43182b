package dev.penstock.streams.decide;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.plan.shared.SharedPlan;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Reason;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The bindings of a stack's target groups. */
final class Bindings {
  /** Changes of endpoints are gathered for so long before the shared rules are computed. */
  private static final Duration GATHER = Duration.ofMillis(200);

  private Bindings() {}

  static void keep(
      Turn turn,
      StackId stack,
      List<TargetBinding> bindings,
      List<BackendAccess> accesses,
      Cause cause) {
    var byGroup =
        accesses.stream()
            .collect(
                groupingBy(
                    BackendAccess::targetGroup,
                    mapping(a -> new BindingRow.Access(a.source(), a.ports()), toList())));
    var wanted = new HashSet<ResourceKey>();
    for (var binding : bindings) {
      wanted.add(binding.targetGroup());
      var own = byGroup.getOrDefault(binding.targetGroup(), List.of());
      if (keep(turn, named(turn, binding), own) && cause.otherCode()) {
        Dirt.stack(turn, SharedPlan.stack(stack.cluster()), Reason.of(cause));
      }
    }
    for (var entry : turn.scan(Table.BINDINGS, stack + "|")) {
      if (entry.row().wanted() && !wanted.contains(ResourceKey.parse(entry.key()))) {
        release(turn, ResourceKey.parse(entry.key()), entry.row());
      }
    }
  }

  /**
   * The object of a group that is there keeps its name: LBC finds it by the group's ARN. One that
   * was made before us has the name that the group had then, which is the group's own.
   */
  private static TargetBinding named(Turn turn, TargetBinding binding) {
    var key = binding.targetGroup();
    var live = Knowledge.live(turn, key);
    if (live.isEmpty()) {
      return binding;
    }
    var kept =
        turn.get(Table.BINDINGS, key.toString())
            .filter(BindingRow::wanted)
            .map(row -> binding.withName(row.binding().name()))
            .orElse(binding);
    return Mirrors.isShown(turn, kept) || !(live.get().spec() instanceof TargetGroupSpec group)
        ? kept
        : Optional.of(binding.withName(group.name()))
            .filter(found -> Mirrors.isShown(turn, found))
            .orElse(kept);
  }

  /** Releases the target groups that nobody wants any more, and keeps all others as they are. */
  static void leave(Turn turn, StackId stack) {
    for (var entry : turn.scan(Table.BINDINGS, stack + "|")) {
      var group = turn.get(Table.DESIRED, entry.key());
      if (entry.row().wanted() && group.isPresent() && !group.get().wanted()) {
        release(turn, ResourceKey.parse(entry.key()), entry.row());
      }
    }
  }

  /** Whether the binding is another than before. */
  static boolean keep(Turn turn, TargetBinding wanted, List<BindingRow.Access> reached) {
    var key = wanted.targetGroup();
    var before = turn.get(Table.BINDINGS, key.toString());
    var outlived = before.filter(_ -> isReplaced(turn, wanted));
    var binding = outlived.map(BindingRow::binding).orElse(wanted);
    var accesses = outlived.map(BindingRow::accesses).orElse(reached);
    var same =
        before
            .filter(row -> row.wanted() && row.departure() == BindingRow.Departure.NONE)
            .filter(row -> row.binding().equals(binding))
            .filter(row -> row.accesses().equals(accesses));
    if (same.isPresent()) {
      return false;
    }
    turn.put(
        Table.BINDINGS,
        key.toString(),
        new BindingRow(
            binding,
            accesses,
            true,
            BindingRow.Departure.NONE,
            before.map(BindingRow::endpointsKnown).orElse(false),
            before
                .filter(b -> sameGroup(b, binding))
                .map(BindingRow::registrationsKnown)
                .orElse(false),
            turn.seq(),
            before.map(BindingRow::problems).orElse(List.of())));
    Dirt.targets(turn, key, "the binding of " + key.id() + " changed");
    shared(turn, key.stack().cluster());
    return true;
  }

  /**
   * The group that stands cannot take such targets. It keeps those that it was made for until a
   * successor takes over, however long an operator lets it wait (I6).
   */
  private static boolean isReplaced(Turn turn, TargetBinding wanted) {
    return Knowledge.live(turn, wanted.targetGroup())
        .map(Live::spec)
        .filter(spec ->
            spec instanceof TargetGroupSpec live
                && !(live.targetType().equals(wanted.targetType())
                    && live.ipAddressType().equals(wanted.ipAddressType())
                    && live.vpcId().equals(wanted.vpcId())))
        .isPresent();
  }

  /** Under one name there may be another group by now, of which nothing is known. */
  private static boolean sameGroup(BindingRow before, TargetBinding binding) {
    return before.binding().existingArn().equals(binding.existingArn());
  }

  /** Its object goes; the first word about how counts. */
  static void departs(Turn turn, ResourceKey key, BindingRow.Departure how) {
    turn.get(Table.BINDINGS, key.toString())
        .filter(row -> row.departure() == BindingRow.Departure.NONE)
        .ifPresent(row -> turn.put(Table.BINDINGS, key.toString(), row.withDeparture(how)));
  }

  /** Its purpose is gone; the row stays until its target group, or its registrations, are gone. */
  static void release(Turn turn, ResourceKey key, BindingRow row) {
    turn.put(Table.BINDINGS, key.toString(), row.releasedAt(turn.seq()));
    Dirt.targets(turn, key, "the binding of " + key.id() + " is gone");
    shared(turn, key.stack().cluster());
  }

  /**
   * The target group is gone, or nothing of ours is registered in it any more. The row of one whose
   * mirror still stands in the cluster stays, so that the mirror goes too.
   */
  static void gone(Turn turn, ResourceKey key) {
    if (key.kind() != ResourceKind.TARGET_GROUP) {
      return;
    }
    var text = key.toString();
    var row = turn.get(Table.BINDINGS, text);
    if (row.filter(BindingRow::wanted).isPresent()) {
      return;
    }
    shared(turn, key.stack().cluster());
    if (row.filter(r -> Mirrors.stands(turn, r)).isEmpty()) {
      turn.delete(Table.BINDINGS, text);
    }
    turn.scan(Table.TARGETS, text + "|").forEach(e -> turn.delete(Table.TARGETS, e.key()));
    Timers.cancel(turn, TimerKind.DECIDE, "targets|" + text);
    Timers.cancel(turn, TimerKind.OBSERVE, text);
    Dirt.targets(turn, key, "its binding is gone");
    Lookups.touched(turn, Lookups.resource(key), "a target group is free again");
  }

  /** What must reach endpoints of the cluster may have changed. */
  static void shared(Turn turn, String cluster) {
    Timers.setBy(
        turn, TimerKind.DECIDE, "stack|" + SharedPlan.stack(cluster), turn.now().plus(GATHER));
  }
}
