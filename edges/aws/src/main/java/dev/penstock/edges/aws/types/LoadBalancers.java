package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpamPools;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;

/** Load balancers. Live subnets and security groups are sorted: AWS keeps no order. */
public final class LoadBalancers {
  private LoadBalancers() {}

  public static CreateLoadBalancerRequest create(LoadBalancerSpec spec) {
    var request =
        CreateLoadBalancerRequest.builder()
            .name(spec.name())
            .type(spec.type())
            .scheme(spec.scheme())
            .ipAddressType(spec.ipAddressType())
            .tags(Tags.elb(spec.tags()));
    if (spec.allocationIds().isEmpty()) {
      request.subnets(spec.subnets());
    } else {
      request.subnetMappings(mappings(spec));
    }
    if (!spec.securityGroups().isEmpty()) {
      request.securityGroups(Links.ids(spec.securityGroups()));
    }
    spec.customerOwnedIpv4Pool().ifPresent(request::customerOwnedIpv4Pool);
    spec.ipv4IpamPoolId()
        .ifPresent(pool -> request.ipamPools(IpamPools.builder().ipv4IpamPoolId(pool).build()));
    return request.build();
  }

  /** The n-th address belongs to the n-th subnet. */
  public static List<SubnetMapping> mappings(LoadBalancerSpec spec) {
    var mappings = new ArrayList<SubnetMapping>();
    for (int i = 0; i < spec.subnets().size(); i++) {
      var mapping = SubnetMapping.builder().subnetId(spec.subnets().get(i));
      if (i < spec.allocationIds().size()) {
        mapping.allocationId(spec.allocationIds().get(i));
      }
      mappings.add(mapping.build());
    }
    return mappings;
  }

  /** What was not read with calls of its own is empty. */
  public static LiveLoadBalancer live(
      LoadBalancer balancer,
      Optional<Integer> capacityUnits,
      Map<String, String> attributes,
      Map<String, String> tags) {
    var pools = balancer.ipamPools();
    var state = balancer.state();
    var spec =
        new LoadBalancerSpec(
            Text.of(balancer.loadBalancerName()),
            Text.of(balancer.typeAsString()),
            Text.of(balancer.schemeAsString()),
            Text.of(balancer.ipAddressTypeAsString()),
            balancer.availabilityZones().stream().map(AvailabilityZone::subnetId).sorted().toList(),
            balancer.securityGroups().stream().sorted().<Link>map(Link.Known::new).toList(),
            Text.optional(balancer.customerOwnedIpv4Pool()),
            pools == null ? Optional.empty() : Text.optional(pools.ipv4IpamPoolId()),
            capacityUnits,
            new TreeMap<>(attributes),
            new TreeMap<>(tags),
            balancer.availabilityZones().stream()
                .flatMap(zone -> zone.loadBalancerAddresses().stream())
                .flatMap(address -> Text.optional(address.allocationId()).stream())
                .sorted()
                .toList());
    return new LiveLoadBalancer(
        balancer.loadBalancerArn(),
        spec,
        Text.of(balancer.dnsName()),
        Text.of(balancer.canonicalHostedZoneId()),
        Text.of(balancer.vpcId()),
        state == null ? "" : Text.of(state.codeAsString()),
        state == null ? "" : Text.of(state.reason()));
  }

  public static List<LoadBalancerAttribute> attributes(Map<String, String> attributes) {
    return Attributes.write(
        attributes, (key, value) -> LoadBalancerAttribute.builder().key(key).value(value).build());
  }

  public static Map<String, String> attributes(Collection<LoadBalancerAttribute> attributes) {
    return Attributes.read(attributes, LoadBalancerAttribute::key, LoadBalancerAttribute::value);
  }
}
