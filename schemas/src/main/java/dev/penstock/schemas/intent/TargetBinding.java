package dev.penstock.schemas.intent;

import dev.penstock.schemas.avro.Default;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.kubernetes.LabelSelector;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import java.util.Optional;
import java.util.Set;

/**
 * Says which endpoints belong into one target group: a Service port of a cluster. One exists for
 * each target group of a stack and for each TargetGroupBinding that a user made. {@code protocol}
 * is that of the target group, or empty while it is not known.
 */
public record TargetBinding(
    ResourceKey targetGroup,
    String cluster,
    String namespace,
    String name,
    String serviceName,
    PortReference servicePort,
    String targetType,
    String ipAddressType,
    String vpcId,
    Optional<LabelSelector> nodeSelector,
    boolean multiCluster,
    Optional<String> existingArn,
    Optional<TargetGroupBinding.Networking> networking,
    @Default("\"\"") String protocol) {
  private static final Set<String> QUIC = Set.of("QUIC", "TCP_QUIC");

  /** Whether each target is registered with the id of its server. */
  public boolean isQuic() {
    return QUIC.contains(protocol);
  }

  public TargetBinding withName(String changed) {
    return new TargetBinding(
        targetGroup,
        cluster,
        namespace,
        changed,
        serviceName,
        servicePort,
        targetType,
        ipAddressType,
        vpcId,
        nodeSelector,
        multiCluster,
        existingArn,
        networking,
        protocol);
  }
}
