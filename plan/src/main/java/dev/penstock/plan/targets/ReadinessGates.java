package dev.penstock.plan.targets;

import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Registered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pod conditions that say whether the pod's target is healthy (LBC 5.5). */
public final class ReadinessGates {
  private static final List<String> PREFIXES =
      List.of("target-health.elbv2.k8s.aws/", "target-health.alb.ingress.k8s.aws/");

  private static final String RELEASED = "Target Group Binding is deleted";

  private ReadinessGates() {}

  /** A condition that the pod shall have and has not. */
  public record Change(ObjectKey pod, String uid, Condition condition) {}

  /**
   * The changes for one target group. {@code released}: the binding goes, so its gates open for
   * good.
   */
  public static List<Change> of(
      TargetBinding binding, List<TargetRow> rows, ClusterView cluster, boolean released) {
    var changes = new ArrayList<Change>();
    for (var row : rows) {
      var endpoint = row.endpoint().filter(e -> !e.podNamespace().isEmpty());
      if (endpoint.isEmpty()) {
        continue;
      }
      var key =
          new ObjectKey(
              binding.cluster(),
              ObjectKind.POD,
              endpoint.get().podNamespace(),
              endpoint.get().podName());
      if (cluster.find(key).orElse(null) instanceof Pod pod
          && pod.metadata().uid().equals(endpoint.get().podUid())) {
        for (var prefix : PREFIXES) {
          change(prefix + binding.name(), pod, key, row, released).ifPresent(changes::add);
        }
      }
    }
    return List.copyOf(changes);
  }

  private static Optional<Change> change(
      String gate, Pod pod, ObjectKey key, TargetRow row, boolean released) {
    if (!pod.readinessGates().contains(gate)) {
      return Optional.empty();
    }
    var wanted = released ? condition(gate, "True", "", RELEASED) : condition(gate, row);
    return pod.conditions().contains(wanted)
        ? Optional.empty()
        : Optional.of(new Change(key, pod.metadata().uid(), wanted));
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
