package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application or network load balancer. Attributes hold only keys that somebody set (or that we
 * must reset). {@code minimumCapacityUnits} is absent where nobody speaks of it or where it was not
 * read; 0 is AWS's default, no reservation. {@code allocationIds} are the elastic IP addresses of
 * an internet-facing network load balancer, one for each subnet in the order of these.
 */
public record LoadBalancerSpec(
    String name,
    String type,
    String scheme,
    String ipAddressType,
    List<String> subnets,
    List<Link> securityGroups,
    Optional<String> customerOwnedIpv4Pool,
    Optional<String> ipv4IpamPoolId,
    Optional<Integer> minimumCapacityUnits,
    Map<String, String> attributes,
    Map<String, String> tags,
    List<String> allocationIds)
    implements ResourceSpec {

  public LoadBalancerSpec withIpAddressType(String changed) {
    return with(
        changed, subnets, securityGroups, ipv4IpamPoolId, minimumCapacityUnits, attributes, tags);
  }

  public LoadBalancerSpec withSubnets(List<String> changed) {
    return with(
        ipAddressType,
        changed,
        securityGroups,
        ipv4IpamPoolId,
        minimumCapacityUnits,
        attributes,
        tags);
  }

  public LoadBalancerSpec withSecurityGroups(List<Link> changed) {
    return with(
        ipAddressType, subnets, changed, ipv4IpamPoolId, minimumCapacityUnits, attributes, tags);
  }

  public LoadBalancerSpec withIpv4IpamPoolId(Optional<String> changed) {
    return with(
        ipAddressType, subnets, securityGroups, changed, minimumCapacityUnits, attributes, tags);
  }

  public LoadBalancerSpec withMinimumCapacityUnits(Optional<Integer> changed) {
    return with(ipAddressType, subnets, securityGroups, ipv4IpamPoolId, changed, attributes, tags);
  }

  public LoadBalancerSpec withAttributes(Map<String, String> changed) {
    return with(
        ipAddressType,
        subnets,
        securityGroups,
        ipv4IpamPoolId,
        minimumCapacityUnits,
        changed,
        tags);
  }

  public LoadBalancerSpec withTags(Map<String, String> changed) {
    return with(
        ipAddressType,
        subnets,
        securityGroups,
        ipv4IpamPoolId,
        minimumCapacityUnits,
        attributes,
        changed);
  }

  /** All that AWS lets us change. */
  private LoadBalancerSpec with(
      String ipAddressType,
      List<String> subnets,
      List<Link> securityGroups,
      Optional<String> ipv4IpamPoolId,
      Optional<Integer> minimumCapacityUnits,
      Map<String, String> attributes,
      Map<String, String> tags) {
    return new LoadBalancerSpec(
        name,
        type,
        scheme,
        ipAddressType,
        subnets,
        securityGroups,
        customerOwnedIpv4Pool,
        ipv4IpamPoolId,
        minimumCapacityUnits,
        attributes,
        tags,
        allocationIds);
  }
}
