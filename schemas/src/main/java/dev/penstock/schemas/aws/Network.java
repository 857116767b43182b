package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a VPC that decisions read, but for its network interfaces, of which there may be
 * thousands. Lists are sorted by id.
 */
public record Network(
    String vpcId,
    List<String> cidrs,
    List<String> ipv6Cidrs,
    List<Zone> zones,
    List<Subnet> subnets,
    List<RouteTable> routeTables,
    List<Group> securityGroups) {

  public record Zone(String name, String id, String type) {}

  public record Subnet(
      String id,
      String zone,
      String cidr,
      List<String> ipv6Cidrs,
      int freeAddresses,
      Optional<String> outpostArn,
      Map<String, String> tags) {}

  /** {@code internetGateway}: some route leads to an Internet gateway. */
  public record RouteTable(
      String id, boolean main, List<String> subnetIds, boolean internetGateway) {}

  /** A security group that is not ours: node and pod groups, and groups that users name. */
  public record Group(String id, String name, Map<String, String> tags) {}

  public record NetworkInterface(
      String id,
      Optional<String> instanceId,
      List<String> addresses,
      List<String> prefixes,
      List<String> securityGroupIds) {}
}
