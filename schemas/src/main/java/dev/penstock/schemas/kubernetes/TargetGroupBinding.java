package dev.penstock.schemas.kubernetes;

import java.util.List;
import java.util.Optional;

/** Projection of {@code elbv2.k8s.aws/v1beta1 TargetGroupBinding} (LBC 3.2). */
public record TargetGroupBinding(
    Metadata metadata, Spec spec, long observedGeneration, List<Condition> conditions)
    implements KubernetesObject {

  public record Spec(
      Optional<String> targetGroupArn,
      Optional<String> targetGroupName,
      Optional<String> targetType,
      Optional<String> targetGroupProtocol,
      String serviceName,
      PortReference servicePort,
      Optional<Networking> networking,
      Optional<LabelSelector> nodeSelector,
      Optional<String> ipAddressType,
      Optional<String> vpcId,
      boolean multiCluster,
      Optional<String> iamRoleArnToAssume,
      Optional<String> assumeRoleExternalId) {}

  public record Networking(List<NetworkingRule> ingress) {}

  public record NetworkingRule(List<Peer> from, List<NetworkingPort> ports) {}

  /** Exactly one of the two is given. */
  public record Peer(Optional<String> securityGroupId, Optional<String> cidr) {}

  /** An absent port is every port. */
  public record NetworkingPort(String protocol, Optional<PortReference> port) {}
}
