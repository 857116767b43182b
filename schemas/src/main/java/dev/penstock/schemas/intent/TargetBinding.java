package dev.penstock.schemas.intent;

import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.kubernetes.LabelSelector;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import java.util.Optional;

/**
 * Says which endpoints belong into one target group: a Service port of a cluster. One exists for
 * each target group of a stack and for each TargetGroupBinding that a user made.
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
    Optional<TargetGroupBinding.Networking> networking) {}
