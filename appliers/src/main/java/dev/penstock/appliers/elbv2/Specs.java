package dev.penstock.appliers.elbv2;

import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A load balancer's spec with one part changed. */
record Specs(LoadBalancerSpec of) {
  LoadBalancerSpec subnets(List<String> subnets) {
    return copy(of.ipAddressType(), subnets, of.securityGroups(), of.ipv4IpamPoolId());
  }

  LoadBalancerSpec securityGroups(List<String> ids) {
    var groups = ids.stream().<Link>map(Link.Known::new).toList();
    return copy(of.ipAddressType(), of.subnets(), groups, of.ipv4IpamPoolId());
  }

  LoadBalancerSpec ipAddressType(String type) {
    return copy(type, of.subnets(), of.securityGroups(), of.ipv4IpamPoolId());
  }

  LoadBalancerSpec ipam(Optional<String> pool) {
    return copy(of.ipAddressType(), of.subnets(), of.securityGroups(), pool);
  }

  LoadBalancerSpec capacity(int units) {
    return new LoadBalancerSpec(
        of.name(),
        of.type(),
        of.scheme(),
        of.ipAddressType(),
        of.subnets(),
        of.securityGroups(),
        of.customerOwnedIpv4Pool(),
        of.ipv4IpamPoolId(),
        Optional.of(units),
        of.attributes(),
        of.tags(),
        of.allocationIds());
  }

  LoadBalancerSpec attributes(Map<String, String> attributes) {
    return copy(attributes, of.tags());
  }

  LoadBalancerSpec tags(Map<String, String> tags) {
    return copy(of.attributes(), new TreeMap<>(tags));
  }

  private LoadBalancerSpec copy(
      String ipAddressType, List<String> subnets, List<Link> groups, Optional<String> pool) {
    return new LoadBalancerSpec(
        of.name(),
        of.type(),
        of.scheme(),
        ipAddressType,
        subnets,
        groups,
        of.customerOwnedIpv4Pool(),
        pool,
        of.minimumCapacityUnits(),
        of.attributes(),
        of.tags(),
        of.allocationIds());
  }

  private LoadBalancerSpec copy(Map<String, String> attributes, Map<String, String> tags) {
    return new LoadBalancerSpec(
        of.name(),
        of.type(),
        of.scheme(),
        of.ipAddressType(),
        of.subnets(),
        of.securityGroups(),
        of.customerOwnedIpv4Pool(),
        of.ipv4IpamPoolId(),
        of.minimumCapacityUnits(),
        attributes,
        tags,
        of.allocationIds());
  }
}
