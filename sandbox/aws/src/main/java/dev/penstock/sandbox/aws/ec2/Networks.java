package dev.penstock.sandbox.aws.ec2;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Table;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The network that the world was made with: VPCs, subnets, zones, routes. */
public final class Networks implements Operations.Family {
  private static final int LARGEST_PAGE = 1000;
  private static final int LARGEST_ROUTE_TABLE_PAGE = 100;

  private final Filters<Vpc> vpcFilters =
      new Filters<>(Vpc::tags)
          .on("vpc-id", Vpc::vpcId)
          .on("cidr", Vpc::cidrBlock)
          .on("state", Vpc::stateAsString)
          .on("owner-id", Vpc::ownerId)
          .on("is-default", vpc -> String.valueOf(vpc.isDefault()));

  private final Filters<Subnet> subnetFilters =
      new Filters<>(Subnet::tags)
          .on("subnet-id", Subnet::subnetId)
          .on("vpc-id", Subnet::vpcId)
          .on("availability-zone", Subnet::availabilityZone)
          .on("availability-zone-id", Subnet::availabilityZoneId)
          .on("cidr-block", Subnet::cidrBlock)
          .on("state", Subnet::stateAsString)
          .on("owner-id", Subnet::ownerId);

  private final Filters<RouteTable> routeTableFilters =
      new Filters<>(RouteTable::tags)
          .on("route-table-id", RouteTable::routeTableId)
          .on("vpc-id", RouteTable::vpcId)
          .onEach(
              "association.subnet-id",
              table -> table.associations().stream().map(a -> a.subnetId()))
          .onEach(
              "association.main",
              table -> table.associations().stream().map(a -> String.valueOf(a.main())))
          .onEach("route.gateway-id", table -> table.routes().stream().map(r -> r.gatewayId()));

  private final Filters<AvailabilityZone> zoneFilters =
      new Filters<AvailabilityZone>(_ -> List.of())
          .on("zone-name", AvailabilityZone::zoneName)
          .on("zone-id", AvailabilityZone::zoneId)
          .on("zone-type", AvailabilityZone::zoneType)
          .on("region-name", AvailabilityZone::regionName)
          .on("state", AvailabilityZone::stateAsString);

  private final Filters<InternetGateway> gatewayFilters =
      new Filters<>(InternetGateway::tags)
          .on("internet-gateway-id", InternetGateway::internetGatewayId)
          .onEach("attachment.vpc-id", gw -> gw.attachments().stream().map(a -> a.vpcId()));

  @Override
  public void register(Operations operations) {
    operations.on(DescribeVpcsRequest.class, this::vpcs);
    operations.on(DescribeSubnetsRequest.class, this::subnets);
    operations.on(DescribeRouteTablesRequest.class, this::routeTables);
    operations.on(DescribeAvailabilityZonesRequest.class, this::zones);
    operations.on(DescribeInternetGatewaysRequest.class, this::gateways);
  }

  private SdkResponse vpcs(Turn turn, DescribeVpcsRequest request) {
    var named = named(turn.region().vpcs, request.vpcIds(), "InvalidVpcID.NotFound", "vpc");
    var page =
        Ec2Pages.of(
            turn,
            vpcFilters.select(named, request.filters()),
            Vpc::vpcId,
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE);
    return DescribeVpcsResponse.builder().vpcs(page.items()).nextToken(page.next()).build();
  }

  private SdkResponse subnets(Turn turn, DescribeSubnetsRequest request) {
    var named =
        named(turn.region().subnets, request.subnetIds(), "InvalidSubnetID.NotFound", "subnet");
    var page =
        Ec2Pages.of(
            turn,
            subnetFilters.select(named, request.filters()),
            Subnet::subnetId,
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE);
    return DescribeSubnetsResponse.builder().subnets(page.items()).nextToken(page.next()).build();
  }

  private SdkResponse routeTables(Turn turn, DescribeRouteTablesRequest request) {
    var named =
        named(
            turn.region().routeTables,
            request.routeTableIds(),
            "InvalidRouteTableID.NotFound",
            "routeTable");
    var page =
        Ec2Pages.of(
            turn,
            routeTableFilters.select(named, request.filters()),
            RouteTable::routeTableId,
            request.nextToken(),
            request.maxResults(),
            LARGEST_ROUTE_TABLE_PAGE);
    return DescribeRouteTablesResponse.builder()
        .routeTables(page.items())
        .nextToken(page.next())
        .build();
  }

  private SdkResponse zones(Turn turn, DescribeAvailabilityZonesRequest request) {
    var all = new ArrayList<>(turn.region().zones.all());
    checkNames(all.stream().map(AvailabilityZone::zoneName), request.zoneNames());
    checkNames(all.stream().map(AvailabilityZone::zoneId), request.zoneIds());
    all.removeIf(zone ->
        !request.zoneNames().isEmpty() && !request.zoneNames().contains(zone.zoneName())
            || !request.zoneIds().isEmpty() && !request.zoneIds().contains(zone.zoneId()));
    return DescribeAvailabilityZonesResponse.builder()
        .availabilityZones(zoneFilters.select(all, request.filters()))
        .build();
  }

  private static void checkNames(Stream<String> known, List<String> wanted) {
    var names = known.toList();
    for (var name : wanted) {
      if (!names.contains(name)) {
        throw AwsError.refused(
            "InvalidParameterValue", "Invalid availability zone: [" + name + "]");
      }
    }
  }

  private SdkResponse gateways(Turn turn, DescribeInternetGatewaysRequest request) {
    var named =
        named(
            turn.region().internetGateways,
            request.internetGatewayIds(),
            "InvalidInternetGatewayID.NotFound",
            "internetGateway");
    var page =
        Ec2Pages.of(
            turn,
            gatewayFilters.select(named, request.filters()),
            InternetGateway::internetGatewayId,
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE);
    return DescribeInternetGatewaysResponse.builder()
        .internetGateways(page.items())
        .nextToken(page.next())
        .build();
  }

  /** All rows, or the named ones; one unknown name fails the call. */
  static <V> List<V> named(Table<V> table, List<String> ids, String code, String kind) {
    if (ids.isEmpty()) {
      return List.copyOf(table.all());
    }
    var rows = new ArrayList<V>();
    for (var id : ids) {
      rows.add(
          table
              .find(id)
              .orElseThrow(
                  () -> AwsError.refused(code, "The " + kind + " ID '" + id + "' does not exist")));
    }
    return rows;
  }
}
