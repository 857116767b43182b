package dev.penstock.plan.targets;

import dev.penstock.plan.ClusterView;
import dev.penstock.plan.targets.TargetsIntent.Selected;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Nodes behind a node port (LBC 5.3): those that match the selectors, are not about to be removed
 * and are ready; if none is ready, those that are not heard of (gate EndpointsFailOpen). A node
 * that is no EC2 instance is left out and named, and stops no other node.
 */
final class InstanceTargets {
  private InstanceTargets() {}

  static TargetsIntent of(
      TargetBinding binding, Service service, Service.Port port, ClusterView cluster) {
    if (!service.type().equals("NodePort") && !service.type().equals("LoadBalancer")) {
      return Targets.none(
          "BackendNotFound",
          "instance targets need a Service of type NodePort or LoadBalancer, %s/%s is of type %s"
              .formatted(binding.namespace(), binding.serviceName(), service.type()));
    }
    var nodes = new ArrayList<Node>();
    for (var object : cluster.list(ObjectKind.NODE)) {
      if (!(object instanceof Node node)) {
        return new TargetsIntent.Unresolved(
            "Node " + object.metadata().name() + " cannot be read: " + Targets.reason(object));
      }
      nodes.add(node);
    }
    boolean failOpen = cluster.registration().controller().gate("EndpointsFailOpen", true);
    return of(binding, nodes, port.nodePort(), failOpen);
  }

  private static TargetsIntent of(
      TargetBinding binding, List<Node> nodes, int nodePort, boolean failOpen) {
    var suitable = nodes.stream().filter(node -> isSelected(binding, node)).toList();
    boolean unknownCounts =
        failOpen && suitable.stream().noneMatch(node -> node.ready().equals("True") && stays(node));
    var endpoints = new ArrayList<Selected>();
    var strange = new ArrayList<String>();
    for (var node : suitable) {
      var instance = NodeKind.instance(node);
      if (instance.isPresent()) {
        endpoints.add(
            new Selected(
                new Target(instance.get(), nodePort, Optional.empty()),
                endpoint(node, unknownCounts)));
      } else {
        strange.add(node.metadata().name());
      }
    }
    endpoints.sort(Comparator.comparing(Selected::target));
    return new TargetsIntent.Resolved(
        List.copyOf(endpoints),
        strange.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Problem(
                    "NodeWithoutInstance",
                    "no EC2 instance id in the provider id of: " + String.join(", ", strange))));
  }

  private static Endpoint endpoint(Node node, boolean unknownCounts) {
    boolean ready = node.ready().equals("True");
    boolean counts = ready || unknownCounts && node.ready().equals("Unknown");
    boolean stays = stays(node);
    return new Endpoint(
        "",
        node.metadata().name(),
        node.metadata().uid(),
        node.metadata().name(),
        ready,
        !stays,
        ready,
        !stays ? Standing.TERMINATING : counts ? Standing.WANTED : Standing.UNREADY);
  }

  /** Labels alone: LBC's default selector and the binding's own. */
  private static boolean isSelected(TargetBinding binding, Node node) {
    var labels = node.metadata().labels();
    return !labels.containsKey("node-role.kubernetes.io/master")
        && !labels.containsKey("node.kubernetes.io/exclude-from-external-load-balancers")
        && !labels.containsKey("alpha.service-controller.kubernetes.io/exclude-balancer")
        && !"fargate".equals(labels.get("eks.amazonaws.com/compute-type"))
        && binding.nodeSelector().map(s -> Selectors.matches(s, labels)).orElse(true);
  }

  /** Taints say that the node is about to be removed. */
  private static boolean stays(Node node) {
    return node.taints().stream()
        .noneMatch(taint ->
            taint.key().equals("ToBeDeletedByClusterAutoscaler")
                || taint.key().equals("karpenter.sh/disrupted")
                    && taint.effect().equals("NoSchedule"));
  }
}
