package dev.penstock.schemas.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Projection of {@code elbv2.k8s.aws/v1beta1 IngressClassParams} (LBC 3.1). */
public record IngressClassParams(
    Metadata metadata,
    Optional<LabelSelector> namespaceSelector,
    Optional<String> groupName,
    Optional<String> loadBalancerName,
    Optional<String> scheme,
    Optional<String> ipAddressType,
    List<String> certificateArns,
    Optional<String> sslPolicy,
    Optional<String> sslRedirectPort,
    List<String> inboundCidrs,
    List<String> prefixListIds,
    Optional<String> wafv2AclArn,
    Optional<String> wafv2AclName,
    List<String> subnetIds,
    Map<String, List<String>> subnetTags,
    Optional<String> targetType,
    List<KeyValue> tags,
    List<KeyValue> loadBalancerAttributes,
    List<ListenerParams> listeners,
    Optional<Long> capacityUnits,
    Optional<String> ipv4IpamPoolId)
    implements KubernetesObject {

  public record ListenerParams(String protocol, int port, List<KeyValue> attributes) {}
}
