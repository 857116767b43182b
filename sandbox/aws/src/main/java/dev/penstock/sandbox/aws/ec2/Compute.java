package dev.penstock.sandbox.aws.ec2;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.InterfaceRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** Instances and network interfaces; those of deleted load balancers linger for a while. */
public final class Compute implements Operations.Family {
  private static final int LARGEST_PAGE = 1000;

  private final Filters<Instance> instanceFilters =
      new Filters<>(Instance::tags)
          .on("instance-id", Instance::instanceId)
          .on("vpc-id", Instance::vpcId)
          .on("subnet-id", Instance::subnetId)
          .on("private-dns-name", Instance::privateDnsName)
          .on("private-ip-address", Instance::privateIpAddress)
          .on("instance-state-name", instance -> instance.state().nameAsString())
          .on("availability-zone", instance -> instance.placement().availabilityZone())
          .onEach(
              "instance.group-id",
              instance -> instance.securityGroups().stream().map(g -> g.groupId()));

  private final Filters<NetworkInterface> interfaceFilters =
      new Filters<>(NetworkInterface::tagSet)
          .on("network-interface-id", NetworkInterface::networkInterfaceId)
          .on("vpc-id", NetworkInterface::vpcId)
          .on("subnet-id", NetworkInterface::subnetId)
          .on("description", NetworkInterface::description)
          .on("requester-id", NetworkInterface::requesterId)
          .on("status", NetworkInterface::statusAsString)
          .on("interface-type", NetworkInterface::interfaceTypeAsString)
          .on("private-ip-address", NetworkInterface::privateIpAddress)
          .onEach(
              "addresses.private-ip-address",
              eni -> eni.privateIpAddresses().stream().map(a -> a.privateIpAddress()))
          .onEach(
              "ipv6-addresses.ipv6-address",
              eni -> eni.ipv6Addresses().stream().map(a -> a.ipv6Address()))
          .onEach("group-id", eni -> eni.groups().stream().map(g -> g.groupId()))
          .on(
              "attachment.instance-id",
              eni -> eni.attachment() == null ? null : eni.attachment().instanceId());

  private final Filters<Address> addressFilters =
      new Filters<>(Address::tags)
          .on("allocation-id", Address::allocationId)
          .on("public-ip", Address::publicIp)
          .on("network-interface-id", Address::networkInterfaceId);

  @Override
  public void register(Operations operations) {
    operations.on(DescribeInstancesRequest.class, this::instances);
    operations.on(DescribeNetworkInterfacesRequest.class, this::interfaces);
    operations.on(DescribeAddressesRequest.class, this::addresses);
  }

  private SdkResponse instances(Turn turn, DescribeInstancesRequest request) {
    if (!request.instanceIds().isEmpty() && request.maxResults() != null) {
      throw AwsError.refused(
          "InvalidParameterCombination",
          "The parameter instancesSet cannot be used with the parameter maxResults");
    }
    var named =
        Networks.named(
            turn.region().instances,
            request.instanceIds(),
            "InvalidInstanceID.NotFound",
            "instance");
    var page =
        Ec2Pages.of(
            turn,
            instanceFilters.select(named, request.filters()),
            Instance::instanceId,
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE);
    return DescribeInstancesResponse.builder()
        .reservations(page.items().stream().map(instance -> reservation(turn, instance)).toList())
        .nextToken(page.next())
        .build();
  }

  private static Reservation reservation(Turn turn, Instance instance) {
    return Reservation.builder()
        .reservationId("r-" + instance.instanceId().substring(2))
        .ownerId(turn.region().account)
        .instances(instance)
        .build();
  }

  private SdkResponse interfaces(Turn turn, DescribeNetworkInterfacesRequest request) {
    List<NetworkInterface> existing =
        turn.region().interfaces.all().stream()
            .filter(row -> row.exists(turn.now()))
            .map(InterfaceRow::model)
            .toList();
    for (var id : request.networkInterfaceIds()) {
      if (existing.stream().noneMatch(eni -> id.equals(eni.networkInterfaceId()))) {
        throw AwsError.refused(
            "InvalidNetworkInterfaceID.NotFound",
            "The networkInterface ID '" + id + "' does not exist");
      }
    }
    var named =
        existing.stream()
            .filter(eni ->
                request.networkInterfaceIds().isEmpty()
                    || request.networkInterfaceIds().contains(eni.networkInterfaceId()))
            .toList();
    Pages<NetworkInterface> page =
        Ec2Pages.of(
            turn,
            interfaceFilters.select(named, request.filters()),
            NetworkInterface::networkInterfaceId,
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE);
    return DescribeNetworkInterfacesResponse.builder()
        .networkInterfaces(page.items())
        .nextToken(page.next())
        .build();
  }

  private SdkResponse addresses(Turn turn, DescribeAddressesRequest request) {
    var named =
        Networks.named(
            turn.region().addresses,
            request.allocationIds(),
            "InvalidAllocationID.NotFound",
            "allocation");
    return DescribeAddressesResponse.builder()
        .addresses(addressFilters.select(named, request.filters()))
        .build();
  }
}
