package dev.penstock.streams.decide;

import dev.penstock.plan.Order;
import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.shared.BindingAccess;
import dev.penstock.plan.shared.SharedBuilder;
import dev.penstock.plan.shared.SharedPlan;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What all stacks of a cluster share: the backend security group, as long as one of them wants it,
 * and our rules on the security groups of endpoints.
 */
final class SharedStack {
  private final Turn turn;
  private final StackId stack;
  private final ClusterRow cluster;

  private SharedStack(Turn turn, StackId stack, ClusterRow cluster) {
    this.turn = turn;
    this.stack = stack;
    this.cluster = cluster;
  }

  static void plan(Turn turn, StackId stack, Cause cause) {
    Modes.concluding(turn, stack.cluster())
        .ifPresent(row -> new SharedStack(turn, stack, row).plan(cause));
  }

  private void plan(Cause cause) {
    var registration = cluster.registration();
    var view = new ClusterSight(turn, cluster);
    var cloud = new CloudSight(turn);
    var network = cloud.network(registration.vpcId());
    var interfaces = cloud.interfaces(registration.vpcId());
    var known = network.isPresent() && interfaces.isPresent();
    var resources = new ArrayList<Desired>();
    if (isWanted(registration)) {
      resources.add(SharedPlan.backendGroup(registration, List.of()));
    }
    if (known) {
      var rules =
          Stacks.guarded(
              turn,
              stack,
              () -> SharedBuilder.rules(view, cloud, network.get(), interfaces.get(), accesses()));
      if (rules.isEmpty()) {
        return;
      }
      resources.addAll(rules.get().resources());
      unreachable(rules.get());
    }
    if (known) {
      Desires.keep(turn, stack, resources, cause);
    } else {
      Desires.add(turn, resources, cause);
    }
    var holds = new Holds(turn, stack);
    var ownership = IngressStack.ownership(turn, registration);
    var under = new Converge.Under(cluster.mode(), ownership, List.of());
    new Converge(turn, stack, under, holds, List.of())
        .act(resources.stream().map(Desired::key).toList(), cause);
    holds.close();
    Lookups.replace(turn, Dirt.Kind.STACK, stack.toString(), new HashSet<>(cloud.looked()));
  }

  /** While the settings have no use for one, the group that was made before is left alone. */
  private boolean isWanted(ClusterRegistration registration) {
    var controller = registration.controller();
    return controller.enableBackendSecurityGroup() && controller.backendSecurityGroup().isEmpty()
        ? isUsed(registration.cluster())
        : stands(SharedPlan.backendGroup(registration.cluster()));
  }

  private boolean isUsed(String name) {
    return Lookups.readers(turn, Dirt.Kind.STACK, Lookups.resource(SharedPlan.backendGroup(name)))
        .stream()
        .anyMatch(reader -> refers(turn, StackId.parse(reader)));
  }

  private boolean stands(ResourceKey group) {
    return turn.get(Table.DESIRED, group.toString()).filter(DesiredRow::wanted).isPresent()
        && !(Knowledge.of(turn, group).presence() instanceof Missing);
  }

  /** Whether a load balancer that the stack wants has the backend security group. */
  static boolean refers(Turn turn, StackId stack) {
    var backend = SharedPlan.backendGroup(stack.cluster());
    return turn.scan(Table.DESIRED, stack + "|" + ResourceKind.LOAD_BALANCER.text() + "|").stream()
        .map(Entry::row)
        .filter(DesiredRow::wanted)
        .anyMatch(row -> Order.references(row.spec()).contains(backend));
  }

  private List<BindingAccess> accesses() {
    var accesses = new ArrayList<BindingAccess>();
    for (var entry : turn.scan(Table.BINDINGS, stack.cluster() + "|")) {
      if (isReached(entry.key(), entry.row())) {
        accesses.add(access(entry.key(), entry.row()));
      }
    }
    return accesses;
  }

  /** A target group serves until it is gone, also while its removal is held. */
  private boolean isReached(String group, BindingRow row) {
    var key = ResourceKey.parse(group);
    return row.wanted()
        || !Strangers.holds(turn, key) && !(Knowledge.of(turn, key).presence() instanceof Missing);
  }

  private BindingAccess access(String key, BindingRow row) {
    var group = row.binding().targetGroup();
    var rows = turn.scan(Table.TARGETS, key + "|").stream().map(e -> e.row()).toList();
    var accesses =
        row.accesses().stream().map(a -> new BackendAccess(group, a.source(), a.ports())).toList();
    return new BindingAccess(row.binding(), accesses, rows, row.endpointsKnown());
  }

  /** Endpoints whose interface nobody has seen yet: the network is read again before long. */
  private void unreachable(SharedPlan plan) {
    for (var problem : plan.problems()) {
      turn.get(Table.BINDINGS, problem.targetGroup().toString())
          .ifPresent(_ ->
              Timers.setBy(
                  turn,
                  TimerKind.OBSERVE,
                  "network|" + stack.cluster(),
                  turn.now().plusMillis(turn.settings().driftPollMillis())));
    }
  }
}
