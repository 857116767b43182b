package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Pod;
import java.util.ArrayList;
import java.util.List;

/** {@code v1 Pod}. Sidecars (init containers that restart always) have ports, as containers do. */
final class PodTranslator {
  private PodTranslator() {}

  static Pod read(Metadata metadata, Fields root) throws MalformedField {
    var spec = root.child("spec");
    var status = root.child("status");
    return new Pod(
        metadata,
        spec.word("nodeName"),
        ips(status),
        status.word("hostIP"),
        status.word("phase"),
        ConditionTranslator.read(status),
        spec.list("readinessGates", gate -> gate.word("conditionType")),
        ports(spec));
  }

  private static List<String> ips(Fields status) throws MalformedField {
    var ips = status.list("podIPs", address -> address.text("ip"));
    var single = status.text("podIP");
    return ips.isEmpty() && !single.isEmpty() ? List.of(single) : ips;
  }

  private static List<Pod.ContainerPort> ports(Fields spec) throws MalformedField {
    var ports = new ArrayList<Pod.ContainerPort>();
    for (var container : spec.list("containers", PodTranslator::containerPorts)) {
      ports.addAll(container);
    }
    for (var container : spec.list("initContainers", PodTranslator::sidecarPorts)) {
      ports.addAll(container);
    }
    return List.copyOf(ports);
  }

  private static List<Pod.ContainerPort> sidecarPorts(Fields container) throws MalformedField {
    return container.word("restartPolicy").equals("Always") ? containerPorts(container) : List.of();
  }

  private static List<Pod.ContainerPort> containerPorts(Fields container) throws MalformedField {
    return container.list(
        "ports",
        port ->
            new Pod.ContainerPort(
                port.word("name"), port.portNumber("containerPort"), port.word("protocol", "TCP")));
  }
}
