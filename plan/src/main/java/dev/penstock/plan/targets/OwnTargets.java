package dev.penstock.plan.targets;

import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.ConfigMap;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which targets of a group that several clusters share are this cluster's (LBC 5.6, I1): those that
 * an endpoint of it is or was behind, and those that its list names, whoever registered them. The
 * list is a ConfigMap beside the binding, so that it outlives our log and can be handed over.
 */
public final class OwnTargets {
  private static final String PREFIX = "aws-lbc-targets-";

  private OwnTargets() {}

  /** The ConfigMap with the binding's list. */
  public static ObjectKey list(TargetBinding binding) {
    return new ObjectKey(
        binding.cluster(), ObjectKind.CONFIG_MAP, binding.namespace(), PREFIX + binding.name());
  }

  /** The addresses that the binding's list names; none while it is not there or not readable. */
  public static Set<String> listed(TargetBinding binding, ClusterView cluster) {
    return binding.multiCluster()
            && cluster.find(list(binding)).orElse(null) instanceof ConfigMap found
        ? new TreeSet<>(found.targets())
        : Set.of();
  }

  /** What the list shall name: all that may be registered by us, now or soon. */
  public static List<String> of(List<TargetRow> rows, Set<String> listed) {
    var own = new TreeSet<String>();
    for (var row : rows) {
      boolean wanted = row.endpoint().filter(e -> e.standing() == Standing.WANTED).isPresent();
      boolean ours = row.endpoint().isPresent() || listed.contains(row.target().address());
      if (wanted || ours && TargetRule.isRegistered(row)) {
        own.add(row.target().address());
      }
    }
    return List.copyOf(own);
  }
}
