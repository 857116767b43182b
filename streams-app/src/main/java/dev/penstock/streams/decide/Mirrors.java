package dev.penstock.streams.decide;

import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.plan.binding.Mirror;
import dev.penstock.plan.targets.OwnTargets;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The TargetGroupBinding objects that show a stack's target groups in the cluster: output alone.
 * One that somebody deletes is made again.
 */
final class Mirrors {
  private static final Predicate<KubernetesWrite> ALL = _ -> true;

  private Mirrors() {}

  /** Writes what differs; the answer names the objects that this depends on. */
  static Set<String> write(Turn turn, StackId stack, Cause cause) {
    var looked = new TreeSet<String>();
    for (var entry : turn.scan(Table.BINDINGS, stack + "|")) {
      var object = object(entry.row().binding());
      looked.add(Lookups.object(object));
      if (entry.row().binding().multiCluster()) {
        looked.add(Lookups.object(OwnTargets.list(entry.row().binding())));
      }
      var group = ResourceKey.parse(entry.key());
      if (Modes.ofTargets(turn, group).isPresent() || !listed(turn, stack.cluster())) {
        continue;
      }
      if (entry.row().wanted()) {
        show(turn, entry.row(), object, cause);
      } else {
        hide(turn, entry.row(), object, cause);
      }
    }
    return looked;
  }

  /** Without the CRD, or without the right to list it, there is nobody to show them to. */
  private static boolean listed(Turn turn, String cluster) {
    return turn.get(Table.CLUSTERS, cluster)
        .filter(row -> !row.unlistedKinds().contains(ObjectKind.TARGET_GROUP_BINDING.text()))
        .isPresent();
  }

  private static ObjectKey object(TargetBinding binding) {
    return new ObjectKey(
        binding.cluster(), ObjectKind.TARGET_GROUP_BINDING, binding.namespace(), binding.name());
  }

  private static void show(Turn turn, BindingRow row, ObjectKey object, Cause cause) {
    var desired = turn.get(Table.DESIRED, row.binding().targetGroup().toString());
    if (desired.isEmpty() || !(desired.get().spec() instanceof TargetGroupSpec spec)) {
      return;
    }
    var group = row.binding().targetGroup();
    var accesses =
        row.accesses().stream().map(a -> new BackendAccess(group, a.source(), a.ports())).toList();
    var mirror = Mirror.of(row.binding(), spec, accesses, k -> Knowledge.of(turn, k).presence());
    var found = turn.get(Table.OBJECTS, object.toString()).map(r -> r.object());
    if (mirror.isEmpty()) {
      return;
    }
    var writes = new ArrayList<KubernetesWrite>();
    if (!(found.orElse(null) instanceof TargetGroupBinding shown)
        || shown.metadata().deleted().isPresent()
        || !mirror.get().isShownBy(shown)) {
      writes.add(
          new KubernetesWrite.ApplyTargetGroupBinding(mirror.get().labels(), mirror.get().spec()));
    }
    var uid = found.map(f -> f.metadata().uid()).orElse("");
    ObjectWrites.ask(turn, new ObjectWrites.Subject(object, uid), ALL, writes, cause);
  }

  /** Whether something that shows a group of ours is in its cluster. */
  static boolean stands(Turn turn, BindingRow row) {
    var stack = row.binding().targetGroup().stack();
    return stack.kind() != StackKind.BINDING
        && listed(turn, stack.cluster())
        && (isShown(turn, row.binding()) || TargetLists.stands(turn, row.binding()));
  }

  /** Whether there is an object of the binding's name. */
  static boolean isShown(Turn turn, TargetBinding binding) {
    return turn.get(Table.OBJECTS, object(binding).toString()).isPresent();
  }

  private static void hide(Turn turn, BindingRow row, ObjectKey object, Cause cause) {
    var group = row.binding().targetGroup();
    if (!TargetLists.goes(turn, row.binding(), cause)
        && turn.get(Table.OBJECTS, object.toString()).isEmpty()
        && turn.get(Table.DESIRED, group.toString()).isEmpty()) {
      Bindings.gone(turn, group);
      return;
    }
    ObjectWrites.subject(turn, object)
        .ifPresent(subject ->
            ObjectWrites.ask(
                turn,
                subject,
                ALL,
                List.of(new KubernetesWrite.DeleteTargetGroupBinding()),
                cause));
  }
}
