package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;

/** Security groups and the network inventory, as AWS promises them. */
@ParameterizedClass
@EnumSource(Face.class)
final class NetworkContractTest extends CloudContract {
  NetworkContractTest(Face face) {
    super(face);
  }

  @Test
  void securityGroupRulesAreAllOrNothingAndCanonical() {
    var id =
        ec2.createSecurityGroup(
                r -> r.groupName("lb").description("of a test").vpcId(SandboxWorld.VPC))
            .groupId();
    refused(
        "InvalidGroup.Duplicate",
        400,
        () ->
            ec2.createSecurityGroup(
                r -> r.groupName("LB").description("again").vpcId(SandboxWorld.VPC)));
    ec2.authorizeSecurityGroupIngress(r -> r.groupId(id).ipPermissions(tcp(80, "100.68.0.18/18")));
    var shown = ec2.describeSecurityGroups(r -> r.groupIds(id)).securityGroups().getFirst();
    assertEquals("100.68.0.0/18", shown.ipPermissions().getFirst().ipRanges().getFirst().cidrIp());
    refused(
        "InvalidPermission.Duplicate",
        400,
        () ->
            ec2.authorizeSecurityGroupIngress(
                r -> r.groupId(id).ipPermissions(tcp(443, "0.0.0.0/0"), tcp(80, "100.68.0.0/18"))));
    assertEquals(
        1,
        ec2.describeSecurityGroups(r -> r.groupIds(id))
            .securityGroups()
            .getFirst()
            .ipPermissions()
            .size());
    refused(
        "InvalidPermission.NotFound",
        400,
        () ->
            ec2.revokeSecurityGroupIngress(
                r -> r.groupId(id).ipPermissions(tcp(443, "0.0.0.0/0"))));
    refused(
        "InvalidGroup.NotFound",
        400,
        () -> ec2.describeSecurityGroups(r -> r.groupIds(id, "sg-0000")));
  }

  private static IpPermission tcp(int port, String cidr) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .ipRanges(range -> range.cidrIp(cidr))
        .build();
  }

  @Test
  void aSecurityGroupOfADeletedLoadBalancerIsHeldByItsInterfaces() {
    var id =
        ec2.createSecurityGroup(
                r -> r.groupName("lb").description("of a test").vpcId(SandboxWorld.VPC))
            .groupId();
    var arn =
        elb.createLoadBalancer(
                r -> r.name("web").subnets("subnet-public-a", "subnet-public-b").securityGroups(id))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    elb.deleteLoadBalancer(r -> r.loadBalancerArn(arn));
    refused("DependencyViolation", 400, () -> ec2.deleteSecurityGroup(r -> r.groupId(id)));
    clock.pass(Duration.ofSeconds(61));
    ec2.deleteSecurityGroup(r -> r.groupId(id));
    refused("InvalidGroup.NotFound", 400, () -> ec2.deleteSecurityGroup(r -> r.groupId(id)));
  }

  @Test
  void theNetworkIsFoundByTags() {
    var subnets =
        ec2.describeSubnets(r ->
                r.filters(
                    Filter.builder().name("vpc-id").values(SandboxWorld.VPC).build(),
                    Filter.builder().name("tag:kubernetes.io/role/elb").values("1").build()))
            .subnets();
    assertEquals(3, subnets.size());
    assertEquals(
        1,
        ec2.describeAvailabilityZones(r -> r.zoneNames("us-west-2b")).availabilityZones().size());
    refused(
        "InvalidInstanceID.NotFound",
        400,
        () -> ec2.describeInstances(r -> r.instanceIds("i-00000000000000001", "i-0f")));
  }
}
