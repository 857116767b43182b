package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CapacityReservationStatus;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpamPools;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MinimumLoadBalancerCapacity;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyIpPoolsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyIpPoolsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ZonalCapacityReservationState;

/** What can be changed of a load balancer that exists: its network, address type, capacity. */
public final class LoadBalancerSettings implements Operations.Family {

  @Override
  public void register(Operations operations) {
    operations.on(SetSubnetsRequest.class, this::setSubnets);
    operations.on(SetSecurityGroupsRequest.class, this::setSecurityGroups);
    operations.on(SetIpAddressTypeRequest.class, this::setIpAddressType);
    operations.on(ModifyIpPoolsRequest.class, this::modifyIpPools);
    operations.on(ModifyCapacityReservationRequest.class, this::modifyCapacity);
    operations.on(DescribeCapacityReservationRequest.class, this::describeCapacity);
  }

  static void checkIpAddressType(String ipType, String type, String scheme) {
    if (!Set.of("ipv4", "dualstack", "dualstack-without-public-ipv4").contains(ipType)) {
      throw AwsError.invalid("The IP address type '" + ipType + "' is not valid");
    }
    if (ipType.equals("dualstack-without-public-ipv4")
        && !(type.equals("application") && scheme.equals("internet-facing"))) {
      throw AwsError.refused(
          "InvalidConfigurationRequest",
          "You can only use 'dualstack-without-public-ipv4' with internet-facing load balancers of"
              + " type 'application'");
    }
  }

  private SdkResponse setSubnets(Turn turn, SetSubnetsRequest request) {
    var row = Find.loadBalancer(turn, request.loadBalancerArn());
    var zones =
        LoadBalancerNetwork.zones(
            turn,
            LoadBalancerNetwork.mappings(request.subnets(), request.subnetMappings()),
            row.application());
    if (!LoadBalancerNetwork.vpcOf(turn, zones).equals(row.model().vpcId())) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "The subnets must belong to the load balancer's VPC");
    }
    var model = row.model().toBuilder().availabilityZones(zones);
    if (request.ipAddressTypeAsString() != null) {
      checkIpAddressType(
          request.ipAddressTypeAsString(),
          row.model().typeAsString(),
          row.model().schemeAsString());
      model.ipAddressType(request.ipAddressTypeAsString());
    }
    if (request.enablePrefixForIpv6SourceNatAsString() != null) {
      model.enablePrefixForIpv6SourceNat(request.enablePrefixForIpv6SourceNatAsString());
    }
    var changed = keep(turn, row.with(model.build()));
    return SetSubnetsResponse.builder()
        .availabilityZones(changed.model().availabilityZones())
        .ipAddressType(changed.model().ipAddressTypeAsString())
        .enablePrefixForIpv6SourceNat(changed.model().enablePrefixForIpv6SourceNatAsString())
        .build();
  }

  private SdkResponse setSecurityGroups(Turn turn, SetSecurityGroupsRequest request) {
    var row = Find.loadBalancer(turn, request.loadBalancerArn());
    var had = !row.model().securityGroups().isEmpty();
    if (!row.application() && !had && !request.securityGroups().isEmpty()) {
      throw AwsError.refused(
          "InvalidConfigurationRequest",
          "You cannot associate security groups with a load balancer created without them");
    }
    if (request.securityGroups().isEmpty() && had) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "At least one security group must be specified");
    }
    LoadBalancerNetwork.checkSecurityGroups(turn, request.securityGroups(), row.model().vpcId());
    var model = row.model().toBuilder().securityGroups(request.securityGroups());
    var enforce = request.enforceSecurityGroupInboundRulesOnPrivateLinkTrafficAsString();
    if (enforce != null) {
      model.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic(enforce);
    }
    var changed = keep(turn, row.with(model.build())).model();
    return SetSecurityGroupsResponse.builder()
        .securityGroupIds(changed.securityGroups())
        .enforceSecurityGroupInboundRulesOnPrivateLinkTraffic(
            changed.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic())
        .build();
  }

  private SdkResponse setIpAddressType(Turn turn, SetIpAddressTypeRequest request) {
    var row = Find.loadBalancer(turn, request.loadBalancerArn());
    var type = String.valueOf(request.ipAddressTypeAsString());
    checkIpAddressType(type, row.model().typeAsString(), row.model().schemeAsString());
    if (!type.equals("ipv4")) {
      row.model().availabilityZones().forEach(zone -> checkIpv6(turn, zone));
    }
    keep(turn, row.with(row.model().toBuilder().ipAddressType(type).build()));
    return SetIpAddressTypeResponse.builder().ipAddressType(type).build();
  }

  private static void checkIpv6(Turn turn, AvailabilityZone zone) {
    var subnet = turn.region().subnets.find(zone.subnetId()).orElseThrow();
    if (subnet.ipv6CidrBlockAssociationSet().isEmpty()) {
      throw AwsError.refused(
          "InvalidSubnet", "The subnet '" + zone.subnetId() + "' has no IPv6 CIDR block");
    }
  }

  private SdkResponse modifyIpPools(Turn turn, ModifyIpPoolsRequest request) {
    var row = Find.loadBalancer(turn, request.loadBalancerArn());
    var model = row.model().toBuilder();
    if (request.ipamPools() != null) {
      model.ipamPools(request.ipamPools());
    }
    if (request.removeIpamPoolsAsStrings().contains("ipv4")) {
      model.ipamPools((IpamPools) null);
    }
    var changed = keep(turn, row.with(model.build()));
    return ModifyIpPoolsResponse.builder().ipamPools(changed.model().ipamPools()).build();
  }

  private SdkResponse modifyCapacity(Turn turn, ModifyCapacityReservationRequest request) {
    var row = Find.loadBalancer(turn, request.loadBalancerArn());
    if (LoadBalancers.state(turn, row) == LoadBalancerStateEnum.PROVISIONING) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "The load balancer is still being provisioned");
    }
    var wanted = request.minimumLoadBalancerCapacity();
    var units =
        Boolean.TRUE.equals(request.resetCapacityReservation()) || wanted == null
            ? 0
            : wanted.capacityUnits();
    if (units > turn.quota(Quota.CAPACITY_UNITS_PER_LOAD_BALANCER)) {
      throw AwsError.refused(
          "CapacityUnitsLimitExceeded", "The capacity units of a load balancer are limited");
    }
    var changed =
        new LoadBalancerRow(row.model(), row.attributes(), row.activeAt(), row.stuck(), units);
    turn.region().loadBalancers.put(row.arn(), changed);
    return ModifyCapacityReservationResponse.builder()
        .minimumLoadBalancerCapacity(minimum(changed))
        .decreaseRequestsRemaining(2)
        .capacityReservationState(zonal(changed))
        .build();
  }

  private SdkResponse describeCapacity(Turn turn, DescribeCapacityReservationRequest request) {
    var row = Find.loadBalancer(turn, request.loadBalancerArn());
    return DescribeCapacityReservationResponse.builder()
        .minimumLoadBalancerCapacity(minimum(row))
        .decreaseRequestsRemaining(2)
        .capacityReservationState(zonal(row))
        .build();
  }

  private static @Nullable MinimumLoadBalancerCapacity minimum(LoadBalancerRow row) {
    return row.capacityUnits() == 0
        ? null
        : MinimumLoadBalancerCapacity.builder().capacityUnits(row.capacityUnits()).build();
  }

  private static List<ZonalCapacityReservationState> zonal(LoadBalancerRow row) {
    var zones = row.model().availabilityZones();
    return row.capacityUnits() == 0
        ? List.of()
        : zones.stream()
            .map(zone ->
                ZonalCapacityReservationState.builder()
                    .availabilityZone(zone.zoneName())
                    .effectiveCapacityUnits((double) row.capacityUnits() / zones.size())
                    .state(
                        CapacityReservationStatus.builder()
                            .code(CapacityReservationStateEnum.PROVISIONED)
                            .build())
                    .build())
            .toList();
  }

  private static LoadBalancerRow keep(Turn turn, LoadBalancerRow row) {
    turn.region().loadBalancers.put(row.arn(), row);
    LoadBalancerNetwork.settleInterfaces(turn, row);
    return row;
  }
}
