package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Pod;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * {@code v1 Pod}. Sidecars (init containers that restart always) have ports, as containers do. Of a
 * container's environment only the id of its QUIC server is looked at.
 */
final class PodTranslator {
  private final String serverIdVariable;

  /**
   * @param serverIdVariable the variable with the id of a container's QUIC server
   */
  PodTranslator(String serverIdVariable) {
    this.serverIdVariable = serverIdVariable;
  }

  Pod read(Metadata metadata, Fields root) throws MalformedField {
    var spec = root.child("spec");
    var status = root.child("status");
    var quic = root.child("metadata").wordMap("annotations", Pod.QUIC_CONTAINERS::equals);
    return new Pod(
        metadata,
        spec.word("nodeName"),
        ips(status),
        status.word("hostIP"),
        status.word("phase"),
        ConditionTranslator.read(status),
        spec.list("readinessGates", gate -> gate.word("conditionType")),
        ports(spec, !quic.isEmpty()));
  }

  private static List<String> ips(Fields status) throws MalformedField {
    var ips = status.list("podIPs", address -> address.text("ip"));
    var single = status.text("podIP");
    return ips.isEmpty() && !single.isEmpty() ? List.of(single) : ips;
  }

  private List<Pod.ContainerPort> ports(Fields spec, boolean quic) throws MalformedField {
    var ports = new ArrayList<Pod.ContainerPort>();
    for (var container : spec.list("containers", c -> containerPorts(c, quic))) {
      ports.addAll(container);
    }
    for (var container : spec.list("initContainers", c -> sidecarPorts(c, quic))) {
      ports.addAll(container);
    }
    return List.copyOf(ports);
  }

  private List<Pod.ContainerPort> sidecarPorts(Fields container, boolean quic)
      throws MalformedField {
    return container.word("restartPolicy").equals("Always")
        ? containerPorts(container, quic)
        : List.of();
  }

  private List<Pod.ContainerPort> containerPorts(Fields container, boolean quic)
      throws MalformedField {
    var serverId = quic ? serverId(container) : Optional.<String>empty();
    return container.list(
        "ports",
        port ->
            new Pod.ContainerPort(
                port.word("name"),
                port.portNumber("containerPort"),
                port.word("protocol", "TCP"),
                serverId));
  }

  /** The id as AWS writes it; one that is not base64 counts as none (LBC 1.6). */
  private Optional<String> serverId(Fields container) throws MalformedField {
    var values =
        container.list("env", e -> e.text("name").equals(serverIdVariable) ? e.text("value") : "");
    var encoded = values.stream().filter(value -> !value.isEmpty()).findFirst();
    try {
      return encoded
          .map(Base64.getDecoder()::decode)
          .map(id -> "0x" + HexFormat.of().formatHex(id));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
