package dev.penstock.sandbox.aws;

import dev.penstock.sandbox.aws.WorldSpec.AccountSpec;
import dev.penstock.sandbox.aws.WorldSpec.AddressSpec;
import dev.penstock.sandbox.aws.WorldSpec.CertificateSpec;
import dev.penstock.sandbox.aws.WorldSpec.HostedZoneSpec;
import dev.penstock.sandbox.aws.WorldSpec.IngressSpec;
import dev.penstock.sandbox.aws.WorldSpec.InstanceSpec;
import dev.penstock.sandbox.aws.WorldSpec.InterfaceSpec;
import dev.penstock.sandbox.aws.WorldSpec.KeySpec;
import dev.penstock.sandbox.aws.WorldSpec.NamedArnSpec;
import dev.penstock.sandbox.aws.WorldSpec.RegionSpec;
import dev.penstock.sandbox.aws.WorldSpec.RouteSpec;
import dev.penstock.sandbox.aws.WorldSpec.RouteTableSpec;
import dev.penstock.sandbox.aws.WorldSpec.SecurityGroupSpec;
import dev.penstock.sandbox.aws.WorldSpec.SubnetSpec;
import dev.penstock.sandbox.aws.WorldSpec.VpcSpec;
import dev.penstock.sandbox.aws.WorldSpec.ZoneSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The sandbox's AWS: one VPC over three zones, three nodes, the examples' certificates and zone.
 */
public final class SandboxWorld {
  public static final String ACCOUNT = "111122223333";
  public static final String REGION = "us-west-2";
  private static final int FREE_ADDRESSES = 250;
  public static final String VPC = "vpc-0a1b2c3d4e5f60718";
  public static final String ZONE_ID = "Z0123456789EXAMPLE01";
  public static final String NODE_GROUP = "sg-0000000000000node0";

  /** Pods of the sandbox get their addresses from the private subnets, from .64.0 upwards. */
  public static final List<String> POD_RANGES =
      List.of("10.0.64.0/20", "10.0.80.0/20", "10.0.96.0/20");

  /** Where the pods of the sandbox live: prefixes of it are delegated to the nodes' interfaces. */
  public static final String POD_CIDR = "10.0.72.0/21";

  private static final int POD_PREFIXES = 128;

  /** What the nodes are called in EC2, in the order of the zones. */
  public static final List<String> NODES =
      List.of("i-00000000000000001", "i-00000000000000002", "i-00000000000000003");

  public static final List<String> NODE_ADDRESSES =
      List.of("10.0.64.10", "10.0.80.10", "10.0.96.10");

  private static final List<String> LETTERS = List.of("a", "b", "c");

  /** What belongs to one of the clusters that share the VPC, in the order of the zones. */
  public record Share(
      String cluster,
      List<String> nodes,
      List<String> addresses,
      String nodeGroup,
      String podCidr) {}

  private SandboxWorld() {}

  /** The n-th cluster's part, from 0 on; the first one has the constants above. */
  public static Share share(String cluster, int n) {
    if (n == 0) {
      return new Share(cluster, NODES, NODE_ADDRESSES, NODE_GROUP, POD_CIDR);
    }
    if (n >= LETTERS.size()) {
      throw new IllegalArgumentException("the VPC has room for " + LETTERS.size() + " clusters");
    }
    var nodes = new ArrayList<String>();
    var addresses = new ArrayList<String>();
    for (int i = 0; i < LETTERS.size(); i++) {
      nodes.add("i-%017d".formatted(10 * n + i + 1));
      addresses.add("10.0.%d.%d".formatted(64 + 16 * i, 10 + 5 * n));
    }
    var pods = "10.0.%d.0/21".formatted(72 + 16 * n);
    return new Share(cluster, nodes, addresses, "sg-0000000000000node" + n, pods);
  }

  private static List<Share> shares(List<String> clusters) {
    return IntStream.range(0, clusters.size()).mapToObj(n -> share(clusters.get(n), n)).toList();
  }

  static WorldSpec of(List<String> clusters) {
    var shares = shares(clusters);
    var region =
        new RegionSpec(
            REGION,
            zones(),
            List.of(
                new VpcSpec(
                    VPC, List.of("10.0.0.0/16"), List.of("2001:db8::/56"), false, true, Map.of())),
            subnets(clusters),
            routeTables(),
            securityGroups(shares),
            shares.stream().flatMap(share -> instances(share).stream()).toList(),
            shares.stream().flatMap(share -> podInterfaces(share).stream()).toList(),
            addresses(),
            certificates(),
            List.of(trustStore("clients"), trustStore("partners")),
            List.of(webAcl("edge"), webAcl("strict")));
    return new WorldSpec(
        List.of(
            new AccountSpec(
                ACCOUNT,
                List.of(region),
                List.of(new HostedZoneSpec(ZONE_ID, "example.com", List.of())),
                List.of(new KeySpec("AKIASANDBOX", "arn:aws:iam::" + ACCOUNT + ":user/sandbox")),
                true)));
  }

  private static NamedArnSpec trustStore(String name) {
    return new NamedArnSpec(
        name,
        "arn:aws:elasticloadbalancing:%s:%s:truststore/%s/0123456789abcdef"
            .formatted(REGION, ACCOUNT, name));
  }

  private static NamedArnSpec webAcl(String name) {
    return new NamedArnSpec(
        name,
        "arn:aws:wafv2:%s:%s:regional/webacl/%s/00000000-0000-4000-8000-000000000000"
            .formatted(REGION, ACCOUNT, name));
  }

  private static List<ZoneSpec> zones() {
    var zones = new ArrayList<ZoneSpec>();
    for (int i = 0; i < LETTERS.size(); i++) {
      zones.add(ZoneSpec.of(REGION + LETTERS.get(i), "usw2-az" + (i + 1)));
    }
    return zones;
  }

  private static List<SubnetSpec> subnets(List<String> clusters) {
    var subnets = new ArrayList<SubnetSpec>();
    for (int i = 0; i < LETTERS.size(); i++) {
      var letter = LETTERS.get(i);
      var zone = REGION + letter;
      subnets.add(
          new SubnetSpec(
              "subnet-public-" + letter,
              VPC,
              zone,
              "10.0." + 4 * i + ".0/22",
              List.of("2001:db8:0:" + (i + 1) + "::/64"),
              FREE_ADDRESSES,
              null,
              subnetTags("public-" + letter, "kubernetes.io/role/elb", clusters)));
      subnets.add(
          SubnetSpec.of(
              "subnet-private-" + letter,
              VPC,
              zone,
              POD_RANGES.get(i),
              subnetTags("private-" + letter, "kubernetes.io/role/internal-elb", clusters)));
    }
    return subnets;
  }

  /** One Elastic IP address for each zone. */
  private static List<AddressSpec> addresses() {
    return IntStream.range(0, LETTERS.size())
        .mapToObj(i ->
            new AddressSpec(
                "eipalloc-" + LETTERS.get(i), "198.51.100." + (i + 1), WorldSpec.tags()))
        .toList();
  }

  private static Map<String, String> subnetTags(String name, String role, List<String> clusters) {
    var tags = WorldSpec.tags("Name", name, role, "1");
    clusters.forEach(cluster -> tags.put("kubernetes.io/cluster/" + cluster, "shared"));
    return tags;
  }

  private static List<RouteTableSpec> routeTables() {
    return List.of(
        new RouteTableSpec(
            "rtb-public",
            VPC,
            false,
            LETTERS.stream().map(letter -> "subnet-public-" + letter).toList(),
            List.of(new RouteSpec("10.0.0.0/16", "local"), new RouteSpec("0.0.0.0/0", "igw-1"))),
        new RouteTableSpec(
            "rtb-private",
            VPC,
            true,
            LETTERS.stream().map(letter -> "subnet-private-" + letter).toList(),
            List.of(new RouteSpec("10.0.0.0/16", "local"), new RouteSpec("0.0.0.0/0", "nat-1"))));
  }

  private static List<SecurityGroupSpec> securityGroups(List<Share> shares) {
    var groups = new ArrayList<SecurityGroupSpec>();
    groups.add(
        new SecurityGroupSpec(
            "sg-0000000000default0",
            "default",
            VPC,
            "default VPC security group",
            List.of(),
            WorldSpec.tags()));
    for (var share : shares) {
      groups.add(
          new SecurityGroupSpec(
              share.nodeGroup(),
              "nodes-" + share.cluster(),
              VPC,
              "Nodes and pods of the cluster",
              List.of(new IngressSpec("-1", -1, -1, share.nodeGroup(), "nodes among themselves")),
              WorldSpec.tags("kubernetes.io/cluster/" + share.cluster(), "owned")));
    }
    return groups;
  }

  private static List<InstanceSpec> instances(Share share) {
    var instances = new ArrayList<InstanceSpec>();
    for (int i = 0; i < LETTERS.size(); i++) {
      var owned = "kubernetes.io/cluster/" + share.cluster();
      instances.add(
          InstanceSpec.running(
              share.nodes().get(i),
              "subnet-private-" + LETTERS.get(i),
              share.addresses().get(i),
              List.of(share.nodeGroup()),
              WorldSpec.tags("Name", "node-" + LETTERS.get(i), owned, "owned")));
    }
    return instances;
  }

  /** One more interface for each node, with its share of the pods' prefixes (/28 each). */
  private static List<InterfaceSpec> podInterfaces(Share share) {
    var interfaces = new ArrayList<InterfaceSpec>();
    var nodes = share.nodes();
    var third = Integer.parseInt(share.podCidr().split("\\.")[2]);
    for (int i = 0; i < nodes.size(); i++) {
      var prefixes = new ArrayList<String>();
      for (int p = i; p < POD_PREFIXES; p += nodes.size()) {
        prefixes.add("10.0." + (third + p / 16) + "." + 16 * (p % 16) + "/28");
      }
      interfaces.add(
          new InterfaceSpec(
              "eni-0000000000000pod" + nodes.get(i).replaceAll("^i-0*", ""),
              nodes.get(i),
              "subnet-private-" + LETTERS.get(i),
              List.of(share.addresses().get(i) + "1"),
              prefixes,
              List.of(),
              List.of(),
              List.of(share.nodeGroup())));
    }
    return interfaces;
  }

  private static List<CertificateSpec> certificates() {
    var prefix = "arn:aws:acm:" + REGION + ":" + ACCOUNT + ":certificate/";
    return List.of(
        CertificateSpec.issued(prefix + "your-cert", "nginx.example.com", "*.example.com"),
        CertificateSpec.issued(prefix + "abc123", "myapp.example.com"));
  }
}
