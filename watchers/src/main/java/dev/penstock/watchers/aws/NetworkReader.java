package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.Text;
import dev.penstock.edges.aws.types.Tags;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.InterfacesSeen;
import dev.penstock.schemas.event.Observation.NetworkSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Ipv4PrefixSpecification;
import software.amazon.awssdk.services.ec2.model.Ipv6PrefixSpecification;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceIpv6Address;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcIpv6CidrBlockAssociation;

/** One VPC, as far as decisions read it; all lists sorted by id, its interfaces in parts. */
final class NetworkReader {
  private static final int PAGE = 1000;
  private static final int ROUTE_TABLES_PER_PAGE = 100;
  private static final int INTERFACES_A_PART = 50;

  private final Calls calls;

  NetworkReader(Calls calls) {
    this.calls = calls;
  }

  List<Observation> read(String vpcId) throws CallFailed, Halted, InterruptedException {
    var request = DescribeVpcsRequest.builder().vpcIds(vpcId).build();
    var vpc = calls.call(request, DescribeVpcsResponse.class, Repeat.SAFE).vpcs().getFirst();
    var seen = new ArrayList<Observation>();
    seen.add(
        new NetworkSeen(
            new Network(
                vpcId,
                cidrs(vpc),
                ipv6Cidrs(vpc),
                zones(),
                subnets(vpcId),
                routeTables(vpcId),
                groups(vpcId))));
    seen.addAll(
        Parts.of(
            interfaces(vpcId),
            INTERFACES_A_PART,
            (some, complete) -> new InterfacesSeen(vpcId, some, complete)));
    return seen;
  }

  private static List<String> cidrs(Vpc vpc) {
    var cidrs =
        vpc.cidrBlockAssociationSet().stream().map(VpcCidrBlockAssociation::cidrBlock).toList();
    return cidrs.isEmpty() ? List.of(vpc.cidrBlock()) : cidrs.stream().sorted().toList();
  }

  private static List<String> ipv6Cidrs(Vpc vpc) {
    return vpc.ipv6CidrBlockAssociationSet().stream()
        .map(VpcIpv6CidrBlockAssociation::ipv6CidrBlock)
        .sorted()
        .toList();
  }

  private List<Network.Zone> zones() throws CallFailed, Halted, InterruptedException {
    var request = DescribeAvailabilityZonesRequest.builder().build();
    var answer = calls.call(request, DescribeAvailabilityZonesResponse.class, Repeat.SAFE);
    return answer.availabilityZones().stream()
        .sorted(Comparator.comparing(AvailabilityZone::zoneName))
        .map(z -> new Network.Zone(z.zoneName(), Text.of(z.zoneId()), Text.of(z.zoneType())))
        .toList();
  }

  private List<Network.Subnet> subnets(String vpcId)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeSubnetsRequest.builder().filters(vpc(vpcId)).maxResults(PAGE).build();
    List<Subnet> all =
        Pages.all(token -> {
          var answer =
              calls.call(
                  request.toBuilder().nextToken(token).build(),
                  DescribeSubnetsResponse.class,
                  Repeat.SAFE);
          return Pages.Page.of(answer.subnets(), answer.nextToken());
        });
    return all.stream()
        .sorted(Comparator.comparing(Subnet::subnetId))
        .map(NetworkReader::subnet)
        .toList();
  }

  private static Network.Subnet subnet(Subnet subnet) {
    var free = subnet.availableIpAddressCount();
    return new Network.Subnet(
        subnet.subnetId(),
        Text.of(subnet.availabilityZone()),
        Text.of(subnet.cidrBlock()),
        subnet.ipv6CidrBlockAssociationSet().stream()
            .map(SubnetIpv6CidrBlockAssociation::ipv6CidrBlock)
            .sorted()
            .toList(),
        free == null ? 0 : free,
        Text.optional(subnet.outpostArn()),
        Tags.ofEc2(subnet.tags()));
  }

  private List<Network.RouteTable> routeTables(String vpcId)
      throws CallFailed, Halted, InterruptedException {
    var request =
        DescribeRouteTablesRequest.builder()
            .filters(vpc(vpcId))
            .maxResults(ROUTE_TABLES_PER_PAGE)
            .build();
    List<RouteTable> all =
        Pages.all(token -> {
          var answer =
              calls.call(
                  request.toBuilder().nextToken(token).build(),
                  DescribeRouteTablesResponse.class,
                  Repeat.SAFE);
          return Pages.Page.of(answer.routeTables(), answer.nextToken());
        });
    return all.stream()
        .sorted(Comparator.comparing(RouteTable::routeTableId))
        .map(NetworkReader::routeTable)
        .toList();
  }

  private static Network.RouteTable routeTable(RouteTable table) {
    return new Network.RouteTable(
        table.routeTableId(),
        table.associations().stream().anyMatch(a -> Boolean.TRUE.equals(a.main())),
        table.associations().stream()
            .map(RouteTableAssociation::subnetId)
            .flatMap(id -> Text.optional(id).stream())
            .sorted()
            .toList(),
        table.routes().stream().anyMatch(r -> Text.of(r.gatewayId()).startsWith("igw-")));
  }

  private List<Network.Group> groups(String vpcId) throws CallFailed, Halted, InterruptedException {
    return new Groups(calls)
        .by("vpc-id", List.of(vpcId)).stream()
            .sorted(Comparator.comparing(SecurityGroup::groupId))
            .map(g -> new Network.Group(g.groupId(), Text.of(g.groupName()), Tags.ofEc2(g.tags())))
            .toList();
  }

  private List<Network.NetworkInterface> interfaces(String vpcId)
      throws CallFailed, Halted, InterruptedException {
    var request =
        DescribeNetworkInterfacesRequest.builder().filters(vpc(vpcId)).maxResults(PAGE).build();
    List<NetworkInterface> all =
        Pages.all(token -> {
          var answer =
              calls.call(
                  request.toBuilder().nextToken(token).build(),
                  DescribeNetworkInterfacesResponse.class,
                  Repeat.SAFE);
          return Pages.Page.of(answer.networkInterfaces(), answer.nextToken());
        });
    return all.stream()
        .sorted(Comparator.comparing(NetworkInterface::networkInterfaceId))
        .map(NetworkReader::networkInterface)
        .toList();
  }

  private static Network.NetworkInterface networkInterface(NetworkInterface seen) {
    var attachment = seen.attachment();
    var addresses = new ArrayList<String>();
    seen.privateIpAddresses().stream()
        .map(NetworkInterfacePrivateIpAddress::privateIpAddress)
        .forEach(addresses::add);
    seen.ipv6Addresses().stream()
        .map(NetworkInterfaceIpv6Address::ipv6Address)
        .forEach(addresses::add);
    var prefixes = new ArrayList<String>();
    seen.ipv4Prefixes().stream().map(Ipv4PrefixSpecification::ipv4Prefix).forEach(prefixes::add);
    seen.ipv6Prefixes().stream().map(Ipv6PrefixSpecification::ipv6Prefix).forEach(prefixes::add);
    return new Network.NetworkInterface(
        seen.networkInterfaceId(),
        attachment == null ? Optional.empty() : Text.optional(attachment.instanceId()),
        addresses,
        prefixes,
        seen.groups().stream().map(GroupIdentifier::groupId).sorted().toList());
  }

  private static Filter vpc(String vpcId) {
    return Filter.builder().name("vpc-id").values(vpcId).build();
  }
}
