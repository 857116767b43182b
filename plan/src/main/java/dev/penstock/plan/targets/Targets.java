package dev.penstock.plan.targets;

import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.Service;
import java.util.List;
import java.util.Optional;

/** Which endpoints of a cluster belong into the target group of a binding (LBC 5.3). */
public final class Targets {
  private Targets() {}

  /**
   * Whether all could be listed that decides who belongs into the binding's group. Otherwise who is
   * not shown may belong there all the same (I2).
   */
  public static boolean isListed(TargetBinding binding, ClusterView cluster) {
    var kinds =
        binding.targetType().equals("ip")
            ? List.of(
                ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE, ObjectKind.POD, ObjectKind.NODE)
            : List.of(ObjectKind.SERVICE, ObjectKind.NODE);
    return kinds.stream().allMatch(cluster::isListed);
  }

  /**
   * The endpoints behind the binding. {@code network} is that of the binding's VPC; without it no
   * address counts as outside the VPC.
   */
  public static TargetsIntent of(
      TargetBinding binding, ClusterView cluster, Optional<Network> network) {
    var found =
        cluster.find(
            new ObjectKey(
                binding.cluster(), ObjectKind.SERVICE, binding.namespace(), binding.serviceName()));
    if (found.isEmpty() && !cluster.isListed(ObjectKind.SERVICE)) {
      return new TargetsIntent.Unresolved(
          "Service %s/%s is not known: Services could not be listed"
              .formatted(binding.namespace(), binding.serviceName()));
    }
    if (found.isEmpty()) {
      return none(
          "BackendNotFound",
          "Service " + binding.namespace() + "/" + binding.serviceName() + " does not exist");
    }
    return found.get() instanceof Service service
        ? ofService(binding, service, cluster, network)
        : new TargetsIntent.Unresolved(
            "Service " + binding.serviceName() + " cannot be read: " + reason(found.get()));
  }

  private static TargetsIntent ofService(
      TargetBinding binding, Service service, ClusterView cluster, Optional<Network> network) {
    var port = service.ports().stream().filter(p -> names(binding.servicePort(), p)).findFirst();
    if (port.isEmpty()) {
      return none(
          "BackendNotFound",
          "Service %s/%s has no port %s"
              .formatted(binding.namespace(), binding.serviceName(), binding.servicePort().text()));
    }
    return binding.targetType().equals("ip")
        ? IpTargets.of(binding, port.get(), cluster, network)
        : InstanceTargets.of(binding, service, port.get(), cluster);
  }

  private static boolean names(PortReference reference, Service.Port port) {
    return switch (reference) {
      case PortReference.Named(var name) -> port.name().equals(name);
      case PortReference.Numbered(var number) -> port.port() == number;
    };
  }

  static TargetsIntent none(String reason, String message) {
    return new TargetsIntent.Resolved(List.of(), Optional.of(new Problem(reason, message)));
  }

  static String reason(KubernetesObject object) {
    return object instanceof Malformed malformed ? malformed.reason() : "it has another kind";
  }
}
