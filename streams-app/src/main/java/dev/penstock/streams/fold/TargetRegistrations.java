package dev.penstock.streams.fold;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Registered;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What AWS says of the targets of a group, one row each. A health answer that contradicts our own
 * register or deregister counts only after the consistency window; one that confirms it counts at
 * once.
 */
public final class TargetRegistrations {
  private TargetRegistrations() {}

  /** The key of a target's row. */
  public static String key(ResourceKey group, Target target) {
    return group + "|" + target;
  }

  /** Our own write was answered. */
  static void written(Turn turn, ResourceKey group, List<Target> targets, String state) {
    var horizon = new Horizon(turn.seq(), turn.now(), true);
    targets.forEach(t -> one(turn, group, new TargetHealth(t, state, "", ""), horizon, Set.of()));
    if (state.equals(TargetHealth.DEREGISTERED)) {
      changed(turn, group);
    }
    Dirt.targets(turn, group, "targets of " + group.id() + " were " + state);
  }

  /** Something of the group changed: what was refused may be tried again. */
  public static void changed(Turn turn, ResourceKey group) {
    turn.get(Table.BINDINGS, group.toString())
        .ifPresent(row -> turn.put(Table.BINDINGS, group.toString(), row.changedAt(turn.seq())));
  }

  /** A new group has no targets. */
  static void fresh(Turn turn, ResourceKey group) {
    for (var entry : turn.scan(Table.TARGETS, group + "|")) {
      drop(turn, entry.key(), entry.row());
    }
    known(turn, group);
  }

  /**
   * A load balancer sends to the group: that its targets are unused was true before, and is no
   * proof that nobody misses one of them.
   */
  static void linked(Turn turn, ResourceKey group) {
    var unused =
        turn.scan(Table.TARGETS, group + "|").stream()
            .map(entry -> entry.row())
            .filter(row ->
                row.registered()
                    .filter(r -> r.health().state().equals(TargetHealth.UNUSED))
                    .isPresent())
            .map(TargetRow::target)
            .toList();
    if (!unused.isEmpty()) {
      written(turn, group, unused, TargetHealth.REGISTERED);
    }
  }

  /** Nobody knows what is registered until it is read again. */
  public static void unknown(Turn turn, ResourceKey group) {
    turn.get(Table.BINDINGS, group.toString())
        .ifPresent(
            row -> turn.put(Table.BINDINGS, group.toString(), row.withRegistrationsKnown(false)));
    var settled = turn.now().plusMillis(turn.settings().consistencyWindowMillis());
    Timers.set(turn, TimerKind.OBSERVE, group.toString(), settled);
    Dirt.targets(turn, group, "what is registered is not known");
  }

  static void seen(
      Turn turn, ResourceKey group, List<TargetHealth> targets, boolean complete, Horizon horizon) {
    var busy = horizon.write() ? Set.<Target>of() : busy(turn, group);
    var listed = new HashSet<Target>();
    var changed = false;
    for (var health : targets) {
      listed.add(health.target());
      changed |= one(turn, group, health, horizon, busy);
    }
    if (complete) {
      changed |= absent(turn, group, listed, horizon, busy);
      known(turn, group);
    }
    if (changed) {
      announce(turn, group);
      Dirt.targets(turn, group, "health of targets of " + group.id() + " changed");
    }
  }

  private static Set<Target> busy(Turn turn, ResourceKey group) {
    var busy = new HashSet<Target>();
    for (var lane : List.of(Lane.REGISTER, Lane.DEREGISTER)) {
      turn.get(Table.OPEN, new CommandKey(group, lane).toString())
          .ifPresent(row -> busy.addAll(targets(row.command().operation())));
    }
    return busy;
  }

  private static List<Target> targets(Operation operation) {
    return switch (operation) {
      case Operation.RegisterTargets(_, var targets) -> targets;
      case Operation.DeregisterTargets(_, var targets) -> targets;
      case Operation.Create _,
          Operation.Update _,
          Operation.Delete _,
          Operation.SetRulePriorities _,
          Operation.Observe _ ->
          List.of();
    };
  }

  private static boolean one(
      Turn turn, ResourceKey group, TargetHealth health, Horizon horizon, Set<Target> busy) {
    if (busy.contains(health.target()) || health.state().equals(TargetHealth.REFUSED)) {
      return false;
    }
    var key = key(group, health.target());
    var before = turn.get(Table.TARGETS, key);
    var known = before.flatMap(TargetRow::registered);
    if (known.isPresent() && !counts(turn, known.get(), health, horizon)) {
      return false;
    }
    var since = known.map(Registered::deselectedSinceMillis).orElse(0L);
    var kept = contradicts(known, health) || known.isEmpty();
    var at = kept || horizon.write() ? horizon.at() : known.get().at();
    var endpoint = before.flatMap(TargetRow::endpoint);
    turn.put(
        Table.TARGETS,
        key,
        new TargetRow(
            health.target(),
            endpoint,
            Optional.of(new Registered(health, horizon.position(), at, since))));
    return known.filter(r -> r.health().equals(health)).isEmpty();
  }

  private static boolean counts(Turn turn, Registered known, TargetHealth health, Horizon horizon) {
    if (!contradicts(Optional.of(known), health)) {
      return horizon.follows(known.position());
    }
    var window = turn.settings().consistencyWindowMillis();
    return horizon.outranks(known.position(), known.at(), window);
  }

  /** In against out; the health of a registered target is free to change. */
  private static boolean contradicts(Optional<Registered> known, TargetHealth health) {
    return known.filter(r -> r.health().leaving() != health.leaving()).isPresent();
  }

  private static boolean absent(
      Turn turn, ResourceKey group, Set<Target> listed, Horizon horizon, Set<Target> busy) {
    var changed = false;
    var window = turn.settings().consistencyWindowMillis();
    for (var entry : turn.scan(Table.TARGETS, group + "|")) {
      var row = entry.row();
      if (row.registered().isEmpty()
          || listed.contains(row.target())
          || busy.contains(row.target())) {
        continue;
      }
      var known = row.registered().get();
      var gone =
          known.health().leaving()
              ? horizon.follows(known.position())
              : horizon.outranks(known.position(), known.at(), window);
      if (gone) {
        drop(turn, entry.key(), row);
        changed = true;
      }
    }
    if (changed) {
      changed(turn, group);
    }
    return changed;
  }

  private static void drop(Turn turn, String key, TargetRow row) {
    if (row.endpoint().isPresent()) {
      turn.put(Table.TARGETS, key, new TargetRow(row.target(), row.endpoint(), Optional.empty()));
    } else {
      turn.delete(Table.TARGETS, key);
    }
  }

  private static void known(Turn turn, ResourceKey group) {
    turn.get(Table.BINDINGS, group.toString())
        .filter(row -> !row.registrationsKnown())
        .ifPresent(row -> {
          turn.put(Table.BINDINGS, group.toString(), row.withRegistrationsKnown(true));
          Dirt.targets(turn, group, "what is registered is known");
        });
  }

  private static void announce(Turn turn, ResourceKey group) {
    var states = new TreeMap<String, List<String>>();
    for (var entry : turn.scan(Table.TARGETS, group + "|")) {
      entry
          .row()
          .registered()
          .ifPresent(r ->
              states
                  .computeIfAbsent(r.health().state(), _ -> new ArrayList<>())
                  .add(entry.row().target().toString()));
    }
    turn.change(
        group.toString(),
        new ChangeBody.TargetsChanged(
            states.getOrDefault(TargetHealth.HEALTHY, List.of()),
            states.getOrDefault(TargetHealth.UNHEALTHY, List.of()),
            states.getOrDefault(TargetHealth.INITIAL, List.of()),
            states.getOrDefault(TargetHealth.DRAINING, List.of())));
  }
}
