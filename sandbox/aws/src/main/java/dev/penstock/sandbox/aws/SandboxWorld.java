package dev.penstock.sandbox.aws;

import dev.penstock.sandbox.aws.WorldSpec.AccountSpec;
import dev.penstock.sandbox.aws.WorldSpec.CertificateSpec;
import dev.penstock.sandbox.aws.WorldSpec.HostedZoneSpec;
import dev.penstock.sandbox.aws.WorldSpec.IngressSpec;
import dev.penstock.sandbox.aws.WorldSpec.InstanceSpec;
import dev.penstock.sandbox.aws.WorldSpec.InterfaceSpec;
import dev.penstock.sandbox.aws.WorldSpec.KeySpec;
import dev.penstock.sandbox.aws.WorldSpec.RegionSpec;
import dev.penstock.sandbox.aws.WorldSpec.RouteSpec;
import dev.penstock.sandbox.aws.WorldSpec.RouteTableSpec;
import dev.penstock.sandbox.aws.WorldSpec.SecurityGroupSpec;
import dev.penstock.sandbox.aws.WorldSpec.SubnetSpec;
import dev.penstock.sandbox.aws.WorldSpec.VpcSpec;
import dev.penstock.sandbox.aws.WorldSpec.ZoneSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The sandbox's AWS: one VPC over three zones, three nodes, the examples' certificates and zone.
 */
public final class SandboxWorld {
  public static final String ACCOUNT = "111122223333";
  public static final String REGION = "us-west-2";
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

  private SandboxWorld() {}

  static WorldSpec of(String cluster) {
    var region =
        new RegionSpec(
            REGION,
            zones(),
            List.of(VpcSpec.of(VPC, "10.0.0.0/16")),
            subnets(cluster),
            routeTables(),
            securityGroups(cluster),
            instances(cluster),
            podInterfaces(),
            List.of(),
            certificates(),
            List.of(),
            List.of());
    return new WorldSpec(
        List.of(
            new AccountSpec(
                ACCOUNT,
                List.of(region),
                List.of(new HostedZoneSpec(ZONE_ID, "example.com", List.of())),
                List.of(new KeySpec("AKIASANDBOX", "arn:aws:iam::" + ACCOUNT + ":user/sandbox")))));
  }

  private static List<ZoneSpec> zones() {
    var zones = new ArrayList<ZoneSpec>();
    for (int i = 0; i < LETTERS.size(); i++) {
      zones.add(ZoneSpec.of(REGION + LETTERS.get(i), "usw2-az" + (i + 1)));
    }
    return zones;
  }

  private static List<SubnetSpec> subnets(String cluster) {
    var subnets = new ArrayList<SubnetSpec>();
    for (int i = 0; i < LETTERS.size(); i++) {
      var zone = REGION + LETTERS.get(i);
      subnets.add(
          SubnetSpec.of(
              "subnet-public-" + LETTERS.get(i),
              VPC,
              zone,
              "10.0." + 4 * i + ".0/22",
              WorldSpec.tags(
                  "Name",
                  "public-" + LETTERS.get(i),
                  "kubernetes.io/role/elb",
                  "1",
                  "kubernetes.io/cluster/" + cluster,
                  "shared")));
      subnets.add(
          SubnetSpec.of(
              "subnet-private-" + LETTERS.get(i),
              VPC,
              zone,
              POD_RANGES.get(i),
              WorldSpec.tags(
                  "Name",
                  "private-" + LETTERS.get(i),
                  "kubernetes.io/role/internal-elb",
                  "1",
                  "kubernetes.io/cluster/" + cluster,
                  "shared")));
    }
    return subnets;
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

  private static List<SecurityGroupSpec> securityGroups(String cluster) {
    return List.of(
        new SecurityGroupSpec(
            "sg-0000000000default0",
            "default",
            VPC,
            "default VPC security group",
            List.of(),
            WorldSpec.tags()),
        new SecurityGroupSpec(
            NODE_GROUP,
            "nodes-" + cluster,
            VPC,
            "Nodes and pods of the cluster",
            List.of(new IngressSpec("-1", -1, -1, NODE_GROUP, "nodes among themselves")),
            WorldSpec.tags("kubernetes.io/cluster/" + cluster, "owned")));
  }

  private static List<InstanceSpec> instances(String cluster) {
    var instances = new ArrayList<InstanceSpec>();
    for (int i = 0; i < LETTERS.size(); i++) {
      instances.add(
          InstanceSpec.running(
              NODES.get(i),
              "subnet-private-" + LETTERS.get(i),
              NODE_ADDRESSES.get(i),
              List.of(NODE_GROUP),
              WorldSpec.tags(
                  "Name", "node-" + LETTERS.get(i), "kubernetes.io/cluster/" + cluster, "owned")));
    }
    return instances;
  }

  /** One more interface for each node, with its share of the pods' prefixes (/28 each). */
  private static List<InterfaceSpec> podInterfaces() {
    var interfaces = new ArrayList<InterfaceSpec>();
    for (int i = 0; i < NODES.size(); i++) {
      var prefixes = new ArrayList<String>();
      for (int p = i; p < POD_PREFIXES; p += NODES.size()) {
        prefixes.add("10.0." + (72 + p / 16) + "." + 16 * (p % 16) + "/28");
      }
      interfaces.add(
          new InterfaceSpec(
              "eni-0000000000000pod" + (i + 1),
              NODES.get(i),
              "subnet-private-" + LETTERS.get(i),
              List.of(NODE_ADDRESSES.get(i) + "1"),
              prefixes,
              List.of(),
              List.of(),
              List.of(NODE_GROUP)));
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
