package dev.penstock.plan.targets;

import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Registered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pod conditions that say whether the pod's target is healthy (LBC 5.5). */
public final class ReadinessGates {
  private static final List<String> PREFIXES =
      List.of("target-health.elbv2.k8s.aws/", "target-health.alb.ingress.k8s.aws/");

  private static final String RELEASED = "Target Group Binding is deleted";

  private ReadinessGates() {}

  /** A condition that the pod shall have and has not. */
  public record Change(ObjectKey pod, String uid, Condition condition) {}

  /** The changes for one target group, by how the target of each pod is. */
  public static List<Change> of(TargetBinding binding, List<TargetRow> rows, ClusterView cluster) {
    var changes = new ArrayList<Change>();
    for (var row : rows) {
      row.endpoint()
          .filter(endpoint -> !endpoint.podNamespace().isEmpty())
          .flatMap(endpoint -> pod(binding, endpoint, cluster))
          .ifPresent(pod -> change(binding, pod, gate -> condition(gate, row), changes));
    }
    return List.copyOf(changes);
  }

  /** The binding goes: its gates open for good, also on pods that are not its targets yet. */
  public static List<Change> released(TargetBinding binding, ClusterView cluster) {
    var changes = new ArrayList<Change>();
    for (var object : cluster.pods(binding.namespace())) {
      if (object instanceof Pod pod) {
        change(binding, pod, gate -> condition(gate, "True", "", RELEASED), changes);
      }
    }
    return List.copyOf(changes);
  }

  private static Optional<Pod> pod(TargetBinding binding, Endpoint endpoint, ClusterView cluster) {
    var key =
        new ObjectKey(
            binding.cluster(), ObjectKind.POD, endpoint.podNamespace(), endpoint.podName());
    return cluster.find(key).orElse(null) instanceof Pod pod
            && pod.metadata().uid().equals(endpoint.podUid())
        ? Optional.of(pod)
        : Optional.empty();
  }

  private static void change(
      TargetBinding binding, Pod pod, Function<String, Condition> wanted, List<Change> changes) {
    for (var prefix : PREFIXES) {
      var gate = prefix + binding.name();
      if (pod.readinessGates().contains(gate) && !pod.conditions().contains(wanted.apply(gate))) {
        changes.add(
            new Change(pod.key(binding.cluster()), pod.metadata().uid(), wanted.apply(gate)));
      }
    }
  }

  private static Condition condition(String gate, TargetRow row) {
    var health = row.registered().map(Registered::health);
    if (health.isEmpty() || !TargetRule.isRegistered(row)) {
      return condition(gate, "Unknown", "", "");
    }
    return switch (health.get().state()) {
      case TargetHealth.HEALTHY -> condition(gate, "True", "", "");
      case TargetHealth.REGISTERED -> condition(gate, "Unknown", "", "");
      default -> unhealthy(gate, health.get());
    };
  }

  private static Condition unhealthy(String gate, TargetHealth health) {
    return condition(gate, "False", health.reason(), health.description());
  }

  private static Condition condition(String gate, String status, String reason, String message) {
    return new Condition(gate, status, reason, message);
  }
}
