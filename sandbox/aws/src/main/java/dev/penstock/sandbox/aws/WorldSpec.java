package dev.penstock.sandbox.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What exists in AWS before anybody calls: accounts, networks, nodes, certificates, zones. */
public record WorldSpec(List<AccountSpec> accounts) {

  public WorldSpec {
    accounts = List.copyOf(accounts);
  }

  /** One account and Region, without DNS. */
  public static WorldSpec of(String account, RegionSpec region) {
    return new WorldSpec(List.of(new AccountSpec(account, List.of(region), List.of(), List.of())));
  }

  /** The world of the sandbox, for a cluster of this name. */
  public static WorldSpec sandbox(String cluster) {
    return SandboxWorld.of(List.of(cluster));
  }

  /** The same with clusters of these names side by side in its VPC. */
  public static WorldSpec sandbox(List<String> clusters) {
    return SandboxWorld.of(clusters);
  }

  /**
   * @param keys access keys that belong to the account; 12 digits as a key id name any account
   * @param shield whether the account has a Shield Advanced subscription
   */
  public record AccountSpec(
      String id,
      List<RegionSpec> regions,
      List<HostedZoneSpec> zones,
      List<KeySpec> keys,
      boolean shield) {
    public AccountSpec(
        String id, List<RegionSpec> regions, List<HostedZoneSpec> zones, List<KeySpec> keys) {
      this(id, regions, zones, keys, false);
    }
  }

  public record KeySpec(String accessKeyId, String principal) {}

  /** All that one Region holds. Absent lists are empty. */
  public record RegionSpec(
      String name,
      List<ZoneSpec> zones,
      List<VpcSpec> vpcs,
      List<SubnetSpec> subnets,
      List<RouteTableSpec> routeTables,
      List<SecurityGroupSpec> securityGroups,
      List<InstanceSpec> instances,
      List<InterfaceSpec> interfaces,
      List<AddressSpec> addresses,
      List<CertificateSpec> certificates,
      List<NamedArnSpec> trustStores,
      List<NamedArnSpec> webAcls) {

    public static RegionSpec empty(String name) {
      return new RegionSpec(
          name, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of(), List.of(), List.of());
    }

    /** The same with one web ACL more. */
    public RegionSpec withWebAcl(String acl, String arn) {
      var all = new ArrayList<>(webAcls);
      all.add(new NamedArnSpec(acl, arn));
      return new RegionSpec(
          name,
          zones,
          vpcs,
          subnets,
          routeTables,
          securityGroups,
          instances,
          interfaces,
          addresses,
          certificates,
          trustStores,
          all);
    }
  }

  /**
   * @param type availability-zone, local-zone or wavelength-zone
   */
  public record ZoneSpec(String name, String id, String type) {
    public static ZoneSpec of(String name, String id) {
      return new ZoneSpec(name, id, "availability-zone");
    }
  }

  public record VpcSpec(
      String id,
      List<String> cidrs,
      List<String> ipv6Cidrs,
      boolean isDefault,
      boolean internetGateway,
      Map<String, String> tags) {
    public static VpcSpec of(String id, String... cidrs) {
      return new VpcSpec(id, List.of(cidrs), List.of(), false, true, Map.of());
    }
  }

  public record SubnetSpec(
      String id,
      String vpc,
      String zone,
      String cidr,
      List<String> ipv6Cidrs,
      int freeAddresses,
      @Nullable String outpostArn,
      Map<String, String> tags) {

    public static SubnetSpec of(
        String id, String vpc, String zone, String cidr, Map<String, String> tags) {
      return new SubnetSpec(id, vpc, zone, cidr, List.of(), 250, null, tags);
    }
  }

  /**
   * @param main serves the subnets of the VPC that no table names
   */
  public record RouteTableSpec(
      String id, String vpc, boolean main, List<String> subnets, List<RouteSpec> routes) {}

  /**
   * @param through an igw-, nat- or other id, or {@code local}
   */
  public record RouteSpec(String destination, String through) {}

  public record SecurityGroupSpec(
      String id,
      String name,
      String vpc,
      String description,
      List<IngressSpec> ingress,
      Map<String, String> tags) {}

  /**
   * @param source a CIDR of either family, a prefix list (pl-) or a security group (sg-)
   */
  public record IngressSpec(
      String protocol, int fromPort, int toPort, String source, @Nullable String description) {}

  /** A node. Its first interface has its address and security groups. */
  public record InstanceSpec(
      String id,
      String subnet,
      String privateIp,
      List<String> securityGroups,
      String state,
      Map<String, String> tags) {
    public static InstanceSpec running(
        String id, String subnet, String privateIp, List<String> groups, Map<String, String> tags) {
      return new InstanceSpec(id, subnet, privateIp, groups, "running", tags);
    }
  }

  /**
   * @param instance empty if it belongs to none
   */
  public record InterfaceSpec(
      String id,
      String instance,
      String subnet,
      List<String> privateIps,
      List<String> ipv4Prefixes,
      List<String> ipv6Ips,
      List<String> ipv6Prefixes,
      List<String> securityGroups) {}

  /** An Elastic IP address. */
  public record AddressSpec(String allocationId, String publicIp, Map<String, String> tags) {}

  /**
   * @param names the first one is the domain name, all are alternative names
   */
  public record CertificateSpec(
      String arn,
      List<String> names,
      String status,
      String type,
      @Nullable String authorityArn,
      Map<String, String> tags) {
    public static CertificateSpec issued(String arn, String... names) {
      return new CertificateSpec(arn, List.of(names), "ISSUED", "AMAZON_ISSUED", null, Map.of());
    }
  }

  public record NamedArnSpec(String name, String arn) {}

  /**
   * @param vpcs {@code region/vpc-id} of a private zone; a public zone has none
   */
  public record HostedZoneSpec(String id, String name, List<String> vpcs) {}

  /** A map with its order kept, for tags. */
  public static Map<String, String> tags(String... keysAndValues) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
