package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.ec2.Cidr;
import dev.penstock.sandbox.aws.engine.Rows.InterfaceRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAddress;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;

/** Where a load balancer stands: its subnets, security groups and network interfaces. */
final class LoadBalancerNetwork {
  private static final int LEAST_FREE_ADDRESSES = 8;

  private LoadBalancerNetwork() {}

  static List<SubnetMapping> mappings(List<String> subnets, List<SubnetMapping> mappings) {
    if (!subnets.isEmpty() && !mappings.isEmpty()) {
      throw AwsError.invalid("Only one of subnets and subnet mappings can be specified");
    }
    return subnets.isEmpty()
        ? mappings
        : subnets.stream().map(id -> SubnetMapping.builder().subnetId(id).build()).toList();
  }

  /** The zones of a load balancer, or the refusal of one of its subnets. */
  static List<AvailabilityZone> zones(Turn turn, List<SubnetMapping> mappings, boolean alb) {
    if (mappings.isEmpty()) {
      throw AwsError.invalid("At least one subnet must be specified");
    }
    var zones = new ArrayList<AvailabilityZone>();
    var names = new LinkedHashSet<String>();
    var vpcs = new LinkedHashSet<String>();
    for (var mapping : mappings) {
      var subnet = subnet(turn, mapping, alb);
      vpcs.add(subnet.vpcId());
      if (!names.add(subnet.availabilityZone())) {
        throw AwsError.refused(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
      }
      zones.add(zone(turn, subnet, mapping));
    }
    if (vpcs.size() > 1) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "All subnets must belong to the same VPC: " + vpcs);
    }
    if (alb && names.size() < 2 && !aloneIsEnough(turn, mappings)) {
      throw AwsError.invalid(
          "At least two subnets in two different Availability Zones must be specified");
    }
    return zones;
  }

  static String vpcOf(Turn turn, List<AvailabilityZone> zones) {
    return turn.region().subnets.find(zones.getFirst().subnetId()).orElseThrow().vpcId();
  }

  static void checkSecurityGroups(Turn turn, List<String> ids, String vpc) {
    if (ids.size() > turn.quota(Quota.SECURITY_GROUPS_PER_INTERFACE)) {
      throw AwsError.refused(
          "InvalidConfigurationRequest",
          "The maximum number of security groups per load balancer is '"
              + turn.quota(Quota.SECURITY_GROUPS_PER_INTERFACE)
              + "'");
    }
    for (var id : ids) {
      var group = turn.region().securityGroups.find(id);
      if (group.isEmpty()) {
        throw AwsError.refused(
            "InvalidSecurityGroup", "Security group '" + id + "' does not exist");
      }
      if (!vpc.equals(group.get().vpcId())) {
        throw AwsError.refused(
            "InvalidConfigurationRequest",
            "One or more security groups are invalid: '" + id + "' is not in VPC '" + vpc + "'");
      }
    }
  }

  static List<String> defaultSecurityGroup(Turn turn, String vpc) {
    return turn.region().securityGroups.all().stream()
        .filter(group -> vpc.equals(group.vpcId()) && "default".equals(group.groupName()))
        .map(group -> group.groupId())
        .toList();
  }

  /** Whether the internet can reach the subnets' VPC; unknown VPCs count as reachable. */
  static boolean hasInternet(Turn turn, String vpc) {
    return turn.region().internetGateways.all().stream()
        .anyMatch(gateway -> gateway.attachments().stream().anyMatch(at -> vpc.equals(at.vpcId())));
  }

  /** Makes the interfaces of a load balancer those of its zones, with its security groups. */
  static void settleInterfaces(Turn turn, LoadBalancerRow row) {
    var region = turn.region();
    var wanted =
        row.model().availabilityZones().stream()
            .map(AvailabilityZone::subnetId)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (var held : region.interfaces.in(row.arn())) {
      if (held.goneAt() != null) {
        continue;
      }
      if (wanted.remove(held.model().subnetId())) {
        var model = held.model().toBuilder().groups(groups(turn, row.model())).build();
        region.interfaces.put(model.networkInterfaceId(), new InterfaceRow(model, row.arn(), null));
      } else {
        release(turn, held);
      }
    }
    wanted.forEach(subnet -> addInterface(turn, row, subnet));
  }

  static void releaseInterfaces(Turn turn, String loadBalancerArn) {
    turn.region().interfaces.in(loadBalancerArn).stream()
        .filter(held -> held.goneAt() == null)
        .forEach(held -> release(turn, held));
  }

  private static void release(Turn turn, InterfaceRow held) {
    var gone = turn.now().plus(turn.times().scale(turn.times().interfaceRelease()));
    var id = held.model().networkInterfaceId();
    if (!gone.isAfter(turn.now())) {
      turn.region().interfaces.remove(id);
      return;
    }
    var model =
        held.model().toBuilder()
            .status(NetworkInterfaceStatus.AVAILABLE)
            .attachment(noAttachment());
    turn.region().interfaces.put(id, new InterfaceRow(model.build(), held.owner(), gone));
  }

  private static NetworkInterfaceAttachment noAttachment() {
    return NetworkInterfaceAttachment.builder().status("detached").build();
  }

  private static void addInterface(Turn turn, LoadBalancerRow row, String subnetId) {
    var subnet = turn.region().subnets.find(subnetId).orElseThrow();
    var address = freeAddress(turn, subnet);
    var id = "eni-" + turn.ids().hex(17);
    var open = "internet-facing".equals(row.model().schemeAsString());
    var association =
        NetworkInterfaceAssociation.builder()
            .ipOwnerId("amazon-elb")
            .publicIp(publicAddress(turn))
            .build();
    var model =
        NetworkInterface.builder()
            .networkInterfaceId(id)
            .availabilityZone(subnet.availabilityZone())
            .subnetId(subnetId)
            .vpcId(subnet.vpcId())
            .ownerId(turn.region().account)
            .description("ELB " + path(row.model()))
            .requesterId("amazon-elb")
            .requesterManaged(true)
            .status(NetworkInterfaceStatus.IN_USE)
            .interfaceType(
                row.application()
                    ? NetworkInterfaceType.INTERFACE
                    : NetworkInterfaceType.NETWORK_LOAD_BALANCER)
            .groups(groups(turn, row.model()))
            .association(open ? association : null)
            .privateIpAddress(address)
            .privateIpAddresses(
                NetworkInterfacePrivateIpAddress.builder()
                    .privateIpAddress(address)
                    .primary(true)
                    .association(open ? association : null)
                    .build())
            .build();
    turn.region().interfaces.put(id, new InterfaceRow(model, row.arn(), null));
  }

  /** From the range that RFC 2544 keeps free for tests. */
  private static String publicAddress(Turn turn) {
    var number = Integer.parseInt(turn.ids().hex(4), 16);
    return "198.18." + (number >> 8) + "." + (number & 255);
  }

  private static String path(LoadBalancer model) {
    var arn = model.loadBalancerArn();
    return arn.substring(arn.indexOf(":loadbalancer/") + ":loadbalancer/".length());
  }

  private static String freeAddress(Turn turn, Subnet subnet) {
    Set<String> taken =
        turn.region().interfaces.all().stream()
            .map(held -> held.model().privateIpAddress())
            .collect(Collectors.toSet());
    var cidr = Cidr.parse(subnet.cidrBlock());
    // From the top down, so that nodes and pods, which count upwards, are not met.
    for (long back = 2; back < cidr.size(); back++) {
      var address = cidr.address(cidr.size() - back);
      if (!taken.contains(address)) {
        return address;
      }
    }
    throw AwsError.refused(
        "InvalidSubnet", "Not enough IP space available in " + subnet.subnetId());
  }

  private static List<GroupIdentifier> groups(Turn turn, LoadBalancer model) {
    return model.securityGroups().stream()
        .map(id ->
            GroupIdentifier.builder()
                .groupId(id)
                .groupName(turn.region().securityGroups.find(id).map(g -> g.groupName()).orElse(id))
                .build())
        .toList();
  }

  private static Subnet subnet(Turn turn, SubnetMapping mapping, boolean alb) {
    var subnet =
        turn.region()
            .subnets
            .find(mapping.subnetId())
            .orElseThrow(() ->
                AwsError.refused(
                    "SubnetNotFound", "The subnet ID '" + mapping.subnetId() + "' does not exist"));
    var free = subnet.availableIpAddressCount();
    if (alb && free != null && free < LEAST_FREE_ADDRESSES) {
      throw AwsError.refused(
          "InvalidSubnet", "Not enough IP space available in " + mapping.subnetId());
    }
    if (mapping.allocationId() != null && !turn.region().addresses.has(mapping.allocationId())) {
      throw AwsError.refused(
          "AllocationIdNotFound",
          "The allocation ID '" + mapping.allocationId() + "' does not exist");
    }
    return subnet;
  }

  private static AvailabilityZone zone(Turn turn, Subnet subnet, SubnetMapping mapping) {
    var zone =
        AvailabilityZone.builder()
            .zoneName(subnet.availabilityZone())
            .subnetId(subnet.subnetId())
            .outpostId(subnet.outpostArn());
    if (mapping.sourceNatIpv6Prefix() != null) {
      zone.sourceNatIpv6Prefixes(mapping.sourceNatIpv6Prefix());
    }
    var fixed =
        mapping.allocationId() != null
            || mapping.privateIPv4Address() != null
            || mapping.iPv6Address() != null;
    return zone.loadBalancerAddresses(fixed ? List.of(address(turn, mapping)) : List.of()).build();
  }

  private static LoadBalancerAddress address(Turn turn, SubnetMapping mapping) {
    var elastic =
        mapping.allocationId() == null
            ? null
            : turn.region().addresses.find(mapping.allocationId()).orElseThrow().publicIp();
    return LoadBalancerAddress.builder()
        .allocationId(mapping.allocationId())
        .ipAddress(elastic)
        .privateIPv4Address(mapping.privateIPv4Address())
        .iPv6Address(mapping.iPv6Address())
        .build();
  }

  /** One subnet suffices on an Outpost and in local and wavelength zones. */
  private static boolean aloneIsEnough(Turn turn, List<SubnetMapping> mappings) {
    var subnet = turn.region().subnets.find(mappings.getFirst().subnetId()).orElseThrow();
    if (subnet.outpostArn() != null) {
      return true;
    }
    return turn.region().zones.all().stream()
        .filter(zone -> subnet.availabilityZone().equals(zone.zoneName()))
        .anyMatch(zone -> !"availability-zone".equals(zone.zoneType()));
  }
}
