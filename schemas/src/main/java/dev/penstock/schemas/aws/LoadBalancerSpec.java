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
    implements ResourceSpec {}
