package dev.penstock.streams.decide;

import dev.penstock.plan.binding.UserBindings;
import dev.penstock.plan.shared.BindingAccess;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * TargetGroupBindings that users made onto existing target groups: their pods are registered there,
 * and leave it with the binding. The group itself is never written.
 */
final class UserGroups {
  private static final String FINALIZER = "elbv2.k8s.aws/resources";

  private UserGroups() {}

  static void read(Turn turn, ObjectKey key) {
    var cluster = Modes.concluding(turn, key.cluster());
    if (cluster.isEmpty()) {
      return;
    }
    var view = new ClusterSight(turn, cluster.get());
    var cloud = new CloudSight(turn);
    var stack = new StackId(key.cluster(), StackKind.BINDING, key.path());
    var group = new ResourceKey(stack, ResourceKind.TARGET_GROUP, stack.id());
    var found = view.find(key).filter(o -> o.metadata().deleted().isEmpty());
    if (found.orElse(null) instanceof TargetGroupBinding object
        && UserBindings.isUserMade(object)) {
      keep(turn, cluster.get(), object, group, cloud);
    } else if (found.isEmpty()) {
      release(turn, group);
    }
    Lookups.replace(
        turn, Dirt.Kind.MEMBER, key.toString(), CloudSight.together(view.looked(), cloud.looked()));
    Dirt.stack(turn, stack, "TargetGroupBinding " + key.path() + " changed");
    Dirt.targets(turn, group, "TargetGroupBinding " + key.path() + " changed");
  }

  private static void keep(
      Turn turn,
      ClusterRow cluster,
      TargetGroupBinding object,
      ResourceKey group,
      CloudSight cloud) {
    cloud.presence(group);
    var live = Knowledge.live(turn, group);
    var spec =
        live.flatMap(l -> l instanceof Live.LiveTargetGroup g ? Optional.of(g.spec()) : noSpec());
    if (live.isEmpty() && Knowledge.of(turn, group).presence() instanceof Unknown) {
      Reads.resource(turn, group, object.spec().targetGroupArn(), object.spec().targetGroupName());
    }
    UserBindings.of(cluster.registration(), object, spec)
        .ifPresent(binding ->
            Bindings.keep(
                turn,
                binding,
                BindingAccess.of(binding).stream()
                    .map(a -> new BindingRow.Access(a.source(), a.ports()))
                    .toList()));
  }

  private static Optional<TargetGroupSpec> noSpec() {
    return Optional.empty();
  }

  private static void release(Turn turn, ResourceKey group) {
    turn.get(Table.BINDINGS, group.toString())
        .filter(BindingRow::wanted)
        .ifPresent(row -> Bindings.release(turn, group, row));
  }

  /** The finalizer while something of ours may be registered. */
  static void writes(Turn turn, StackId stack, Cause cause) {
    var group = new ResourceKey(stack, ResourceKind.TARGET_GROUP, stack.id());
    var binding = turn.get(Table.BINDINGS, group.toString());
    var object = object(stack);
    var found = turn.get(Table.OBJECTS, object.toString());
    if (found.isEmpty() || Modes.standstill(turn, group, true).isPresent()) {
      return;
    }
    var metadata = found.get().object().metadata();
    var has = metadata.finalizers().contains(FINALIZER);
    List<KubernetesWrite> writes =
        binding.filter(BindingRow::wanted).isPresent() && !has
            ? List.of(new KubernetesWrite.AddFinalizer(FINALIZER))
            : binding.isEmpty() && has && metadata.deleted().isPresent()
                ? List.of(new KubernetesWrite.RemoveFinalizer(FINALIZER))
                : List.of();
    var subject = new ObjectWrites.Subject(object, metadata.uid());
    ObjectWrites.ask(turn, subject, _ -> true, writes, cause);
  }

  /** Whether targets may be registered: the binding's own finalizer is there first. */
  static boolean mayRegister(Turn turn, ResourceKey group) {
    return group.stack().kind() != StackKind.BINDING
        || turn.get(Table.OBJECTS, object(group.stack()).toString())
            .filter(row -> row.object().metadata().finalizers().contains(FINALIZER))
            .isPresent();
  }

  private static ObjectKey object(StackId stack) {
    var slash = stack.id().indexOf('/');
    return new ObjectKey(
        stack.cluster(),
        ObjectKind.TARGET_GROUP_BINDING,
        stack.id().substring(0, slash),
        stack.id().substring(slash + 1));
  }
}
