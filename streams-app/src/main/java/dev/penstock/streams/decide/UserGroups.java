package dev.penstock.streams.decide;

import dev.penstock.plan.binding.UserBinding;
import dev.penstock.plan.binding.UserBindings;
import dev.penstock.plan.shared.BindingAccess;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.BindingRow.Departure;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.TargetRegistrations;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * TargetGroupBindings that users made onto existing target groups: their pods are registered there,
 * and leave it with the binding. The group itself is never written.
 */
final class UserGroups {
  static final String FINALIZER = "elbv2.k8s.aws/resources";

  /** The subject of a sweep that goes on, before the binding that was the last one. */
  static final String BINDINGS = "bindings|";

  private static final int PAGE = 256;

  private UserGroups() {}

  static void read(Turn turn, ObjectKey key) {
    var cluster = Modes.concluding(turn, key.cluster());
    if (cluster.isEmpty()) {
      return;
    }
    var view = new ClusterSight(turn, cluster.get());
    var cloud = new CloudSight(turn);
    var group = group(key);
    var found = view.find(key);
    var looked = new TreeSet<>(view.looked());
    if (found.orElse(null) instanceof TargetGroupBinding object) {
      looked.addAll(read(turn, cluster.get().registration(), object, group, cloud));
    } else if (found.isEmpty()) {
      Bindings.departs(turn, group, Departure.INFERRED);
    }
    Lookups.replace(
        turn, Dirt.Kind.MEMBER, key.toString(), CloudSight.together(looked, cloud.looked()));
    Dirt.stack(turn, group.stack(), "TargetGroupBinding " + key.path() + " changed");
    Dirt.targets(turn, group, "TargetGroupBinding " + key.path() + " changed");
  }

  private static Set<String> read(
      Turn turn,
      ClusterRegistration cluster,
      TargetGroupBinding object,
      ResourceKey group,
      CloudSight cloud) {
    if (!UserBindings.isUserMade(object)) {
      return Set.of();
    }
    if (object.metadata().deleted().isPresent()) {
      Bindings.departs(turn, group, Departure.REQUESTED);
      return Set.of();
    }
    var presence = cloud.presence(group);
    await(turn, group, presence);
    if (UserBindings.read(cluster, object, presence) instanceof UserBinding.Made(var binding)) {
      var other = holder(turn, binding);
      if (other.isPresent()) {
        return Set.of(Lookups.resource(other.get()));
      }
      keep(turn, binding);
    }
    return Set.of();
  }

  private static void keep(Turn turn, TargetBinding binding) {
    var accesses =
        BindingAccess.of(binding).stream()
            .map(a -> new BindingRow.Access(a.source(), a.ports()))
            .toList();
    Bindings.keep(turn, binding, accesses);
  }

  /** What the binding comes to, as its owner is told. */
  static UserBinding reading(
      Turn turn, ClusterRegistration cluster, TargetGroupBinding object, ResourceKey group) {
    var reading = UserBindings.read(cluster, object, Knowledge.of(turn, group).presence());
    return reading instanceof UserBinding.Made(var binding)
        ? holder(turn, binding).map(UserGroups::taken).orElse(reading)
        : reading;
  }

  private static UserBinding taken(ResourceKey other) {
    var words = "its target group is filled by " + other.stack().id() + " already";
    return new UserBinding.Refused(new Problem(UserBindings.REFUSED, words));
  }

  /** Another binding that fills the group; who stands, stays, unless they share it (LBC 3.2). */
  private static Optional<ResourceKey> holder(Turn turn, TargetBinding binding) {
    var own = turn.get(Table.BINDINGS, binding.targetGroup().toString());
    if (own.filter(row -> row.binding().existingArn().equals(binding.existingArn())).isPresent()) {
      return Optional.empty();
    }
    return turn.scan(Table.BINDINGS, "").stream()
        .filter(e -> !(e.row().binding().multiCluster() && binding.multiCluster()))
        .map(e -> ResourceKey.parse(e.key()))
        .filter(key -> !key.equals(binding.targetGroup()))
        .filter(key -> TargetGroups.arn(turn, key).equals(binding.existingArn()))
        .findFirst();
  }

  /** A group that AWS does not show is looked for again; its targets are anybody's guess. */
  private static void await(Turn turn, ResourceKey group, Presence presence) {
    switch (presence) {
      case Present _ -> {}
      case Unknown _ -> look(turn, group, Urgency.STRUCTURE);
      case Missing _ -> {
        turn.get(Table.BINDINGS, group.toString())
            .filter(BindingRow::registrationsKnown)
            .ifPresent(_ -> TargetRegistrations.unknown(turn, group));
        later(turn, group);
      }
    }
  }

  private static void later(Turn turn, ResourceKey group) {
    var due = turn.now().plusMillis(turn.settings().maxRetryMillis());
    Timers.setBy(turn, TimerKind.DECIDE, "stack|" + group.stack(), due);
  }

  /** A missing group is looked for again when it is time. */
  static void again(Turn turn, ResourceKey group) {
    var due = Timers.due(turn, TimerKind.DECIDE, "stack|" + group.stack());
    if (due.isEmpty() && Knowledge.of(turn, group).presence() instanceof Missing) {
      look(turn, group, Urgency.STRUCTURE);
      later(turn, group);
    }
  }

  /** Reads the group by what its binding calls it. */
  static void look(Turn turn, ResourceKey group, Urgency urgency) {
    if (turn.get(Table.OBJECTS, object(group.stack()).toString())
            .map(row -> row.object())
            .orElse(null)
        instanceof TargetGroupBinding object) {
      var spec = object.spec();
      Reads.group(turn, group, spec.targetGroupArn(), spec.targetGroupName(), urgency);
    }
  }

  /** A group that is bound by its name may be another one by now: a page a record. */
  static void sweep(Turn turn, String after) {
    var cluster = after.substring(0, after.indexOf('|'));
    var page = turn.after(Table.OBJECTS, bindings(cluster), after, PAGE);
    for (var entry : page) {
      if (entry.row().object() instanceof TargetGroupBinding object
          && UserBindings.isUserMade(object)
          && object.spec().targetGroupArn().isEmpty()) {
        look(turn, UserBindings.targetGroup(cluster, object), Urgency.SWEEP);
      }
    }
    if (page.size() == PAGE) {
      Timers.set(turn, TimerKind.SWEEP, BINDINGS + page.getLast().key(), turn.now());
    }
  }

  /** What the keys of all bindings of a cluster begin with. */
  static String bindings(String cluster) {
    return cluster + "|" + ObjectKind.TARGET_GROUP_BINDING.text() + "|";
  }

  /** Whether targets may be registered: the binding's own finalizer is there first. */
  static boolean mayRegister(Turn turn, ResourceKey group, BindingRow row) {
    return group.stack().kind() != StackKind.BINDING
        || row.departure() != Departure.NONE
        || turn.get(Table.OBJECTS, object(group.stack()).toString())
            .filter(r -> r.object().metadata().finalizers().contains(FINALIZER))
            .isPresent();
  }

  static ResourceKey group(ObjectKey binding) {
    var stack = new StackId(binding.cluster(), StackKind.BINDING, binding.path());
    return new ResourceKey(stack, ResourceKind.TARGET_GROUP, stack.id());
  }

  static ObjectKey object(StackId stack) {
    var slash = stack.id().indexOf('/');
    return new ObjectKey(
        stack.cluster(),
        ObjectKind.TARGET_GROUP_BINDING,
        stack.id().substring(0, slash),
        stack.id().substring(slash + 1));
  }
}
