package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;
import java.util.TreeSet;

/**
 * Load balancers (LBC 6.2): type and scheme are fixed, the rest changes in place. AWS reserves
 * capacity only once the load balancer is there, so until then that aspect is no difference.
 */
final class LoadBalancerDifference {
  private static final String PROVISIONING = "provisioning";

  private LoadBalancerDifference() {}

  static Comparison of(
      ResourceKey key,
      LoadBalancerSpec want,
      LiveLoadBalancer live,
      List<String> memory,
      Ownership ownership) {
    var have = live.spec();
    var defaults = AttributeDefaults.loadBalancer(want.type());
    var attributes = Comparison.attributes(want.attributes(), memory, defaults);
    var capacity = want.minimumCapacityUnits().or(() -> Written.capacity(memory));
    var tags = Comparison.tags(key, want.tags(), ownership);
    var touched = Comparison.tags(key, have.tags(), ownership);
    return new Comparison.Collector()
        .fixed("the type", want.type(), have.type())
        .fixed("the scheme", want.scheme(), have.scheme())
        .aspect(Aspect.SUBNETS, !set(want.subnets()).equals(set(have.subnets())))
        .aspect(
            Aspect.SECURITY_GROUPS,
            !want.securityGroups().isEmpty()
                && !ids(want.securityGroups()).equals(ids(have.securityGroups())))
        .aspect(Aspect.IP_ADDRESS_TYPE, !want.ipAddressType().equals(have.ipAddressType()))
        .aspect(Aspect.IPAM, !want.ipv4IpamPoolId().equals(have.ipv4IpamPoolId()))
        .aspect(
            Aspect.ATTRIBUTES, Comparison.attributesDiffer(attributes, have.attributes(), defaults))
        .aspect(Aspect.TAGS, !tags.equals(touched))
        .aspect(
            Aspect.CAPACITY,
            !live.state().equals(PROVISIONING)
                && capacity
                    .filter(units -> !units.equals(have.minimumCapacityUnits().orElse(0)))
                    .isPresent())
        .of(
            live.withSpec(have.withTags(touched)),
            want.withMinimumCapacityUnits(capacity).withAttributes(attributes).withTags(tags));
  }

  private static TreeSet<String> set(List<String> values) {
    return new TreeSet<>(values);
  }

  private static TreeSet<String> ids(List<Link> links) {
    var ids = new TreeSet<String>();
    links.forEach(link -> ids.add(Order.id(link)));
    return ids;
  }
}
