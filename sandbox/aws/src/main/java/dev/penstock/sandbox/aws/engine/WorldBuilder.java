package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.WorldSpec.CertificateSpec;
import dev.penstock.sandbox.aws.WorldSpec.IngressSpec;
import dev.penstock.sandbox.aws.WorldSpec.InstanceSpec;
import dev.penstock.sandbox.aws.WorldSpec.InterfaceSpec;
import dev.penstock.sandbox.aws.WorldSpec.RegionSpec;
import dev.penstock.sandbox.aws.WorldSpec.RouteSpec;
import dev.penstock.sandbox.aws.WorldSpec.RouteTableSpec;
import dev.penstock.sandbox.aws.WorldSpec.SecurityGroupSpec;
import dev.penstock.sandbox.aws.WorldSpec.SubnetSpec;
import dev.penstock.sandbox.aws.WorldSpec.VpcSpec;
import dev.penstock.sandbox.aws.WorldSpec.ZoneSpec;
import dev.penstock.sandbox.aws.engine.Rows.CertificateRow;
import dev.penstock.sandbox.aws.engine.Rows.InterfaceRow;
import dev.penstock.sandbox.aws.engine.Rows.NamedArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcIpv6CidrBlockAssociation;

/** Puts into a Region what its spec names; what is there under the same id is replaced. */
public final class WorldBuilder {
  private final Turn turn;
  private final Region region;

  public WorldBuilder(Turn turn) {
    this.turn = turn;
    this.region = turn.region();
  }

  public void put(RegionSpec spec) {
    spec.zones().forEach(this::zone);
    spec.vpcs().forEach(this::vpc);
    spec.subnets().forEach(this::subnet);
    spec.routeTables().forEach(this::routeTable);
    spec.securityGroups().forEach(this::securityGroup);
    spec.instances().forEach(this::instance);
    spec.interfaces().forEach(this::networkInterface);
    spec.addresses()
        .forEach(a ->
            region.addresses.put(
                a.allocationId(),
                Address.builder()
                    .allocationId(a.allocationId())
                    .publicIp(a.publicIp())
                    .domain("vpc")
                    .tags(tags(a.tags()))
                    .build()));
    spec.certificates().forEach(this::certificate);
    spec.trustStores()
        .forEach(s -> region.trustStores.put(s.arn(), new NamedArn(s.name(), s.arn(), "")));
    spec.webAcls().forEach(s -> region.webAcls.put(s.arn(), new NamedArn(s.name(), s.arn(), "")));
  }

  private void zone(ZoneSpec spec) {
    region.zones.put(
        spec.name(),
        AvailabilityZone.builder()
            .zoneName(spec.name())
            .zoneId(spec.id())
            .zoneType(spec.type())
            .regionName(region.name)
            .groupName(region.name)
            .networkBorderGroup(region.name)
            .state("available")
            .optInStatus("opt-in-not-required")
            .build());
  }

  private void vpc(VpcSpec spec) {
    var blocks =
        spec.cidrs().stream()
            .map(cidr ->
                VpcCidrBlockAssociation.builder()
                    .associationId("vpc-cidr-assoc-" + turn.ids().hex(17))
                    .cidrBlock(cidr)
                    .cidrBlockState(s -> s.state("associated"))
                    .build())
            .toList();
    var ipv6 =
        spec.ipv6Cidrs().stream()
            .map(cidr ->
                VpcIpv6CidrBlockAssociation.builder()
                    .associationId("vpc-cidr-assoc-" + turn.ids().hex(17))
                    .ipv6CidrBlock(cidr)
                    .ipv6CidrBlockState(s -> s.state("associated"))
                    .build())
            .toList();
    region.vpcs.put(
        spec.id(),
        Vpc.builder()
            .vpcId(spec.id())
            .ownerId(region.account)
            .state("available")
            .cidrBlock(spec.cidrs().isEmpty() ? null : spec.cidrs().getFirst())
            .cidrBlockAssociationSet(blocks)
            .ipv6CidrBlockAssociationSet(ipv6)
            .isDefault(spec.isDefault())
            .tags(tags(spec.tags()))
            .build());
    if (spec.internetGateway()) {
      var id = "igw-" + spec.id().substring("vpc-".length());
      var at = InternetGatewayAttachment.builder().vpcId(spec.id()).state("available").build();
      region.internetGateways.put(
          id, InternetGateway.builder().internetGatewayId(id).attachments(at).build());
    }
  }

  private void subnet(SubnetSpec spec) {
    var zoneId = region.zones.find(spec.zone()).map(AvailabilityZone::zoneId);
    if (zoneId.isEmpty()) {
      zone(ZoneSpec.of(spec.zone(), spec.zone() + "-id"));
    }
    var ipv6 =
        spec.ipv6Cidrs().stream()
            .map(cidr ->
                SubnetIpv6CidrBlockAssociation.builder()
                    .associationId("subnet-cidr-assoc-" + turn.ids().hex(17))
                    .ipv6CidrBlock(cidr)
                    .ipv6CidrBlockState(s -> s.state("associated"))
                    .build())
            .toList();
    region.subnets.put(
        spec.id(),
        Subnet.builder()
            .subnetId(spec.id())
            .subnetArn(region.arn("ec2", "subnet/" + spec.id()))
            .vpcId(spec.vpc())
            .ownerId(region.account)
            .availabilityZone(spec.zone())
            .availabilityZoneId(zoneId.orElse(spec.zone() + "-id"))
            .cidrBlock(spec.cidr())
            .ipv6CidrBlockAssociationSet(ipv6)
            .availableIpAddressCount(spec.freeAddresses())
            .outpostArn(spec.outpostArn())
            .state("available")
            .tags(tags(spec.tags()))
            .build());
  }

  private void routeTable(RouteTableSpec spec) {
    var associations = new ArrayList<RouteTableAssociation>();
    if (spec.main()) {
      associations.add(association(spec).main(true).build());
    }
    spec.subnets()
        .forEach(
            subnet -> associations.add(association(spec).main(false).subnetId(subnet).build()));
    region.routeTables.put(
        spec.id(),
        RouteTable.builder()
            .routeTableId(spec.id())
            .vpcId(spec.vpc())
            .ownerId(region.account)
            .associations(associations)
            .routes(spec.routes().stream().map(WorldBuilder::route).toList())
            .build());
  }

  private RouteTableAssociation.Builder association(RouteTableSpec spec) {
    return RouteTableAssociation.builder()
        .routeTableId(spec.id())
        .routeTableAssociationId("rtbassoc-" + turn.ids().hex(17))
        .associationState(s -> s.state("associated"));
  }

  private static Route route(RouteSpec spec) {
    var route = Route.builder().state("active").origin("CreateRoute");
    if (spec.destination().contains(":")) {
      route.destinationIpv6CidrBlock(spec.destination());
    } else {
      route.destinationCidrBlock(spec.destination());
    }
    return spec.through().startsWith("nat-")
        ? route.natGatewayId(spec.through()).build()
        : route.gatewayId(spec.through()).build();
  }

  private void securityGroup(SecurityGroupSpec spec) {
    region.securityGroups.put(
        spec.id(),
        SecurityGroup.builder()
            .groupId(spec.id())
            .groupName(spec.name())
            .description(spec.description())
            .vpcId(spec.vpc())
            .ownerId(region.account)
            .securityGroupArn(region.arn("ec2", "security-group/" + spec.id()))
            .tags(tags(spec.tags()))
            .build());
    region
        .securityGroupRules
        .in(spec.id())
        .forEach(rule -> region.securityGroupRules.remove(rule.securityGroupRuleId()));
    spec.ingress().forEach(ingress -> securityGroupRule(spec.id(), ingress));
  }

  private void securityGroupRule(String groupId, IngressSpec spec) {
    var source = spec.source();
    var rule =
        SecurityGroupRule.builder()
            .securityGroupRuleId("sgr-" + turn.ids().hex(17))
            .groupId(groupId)
            .groupOwnerId(region.account)
            .isEgress(false)
            .ipProtocol(spec.protocol())
            .fromPort(spec.fromPort())
            .toPort(spec.toPort())
            .description(spec.description());
    if (source.startsWith("sg-")) {
      rule.referencedGroupInfo(
          ReferencedSecurityGroup.builder().groupId(source).userId(region.account).build());
    } else if (source.startsWith("pl-")) {
      rule.prefixListId(source);
    } else if (source.contains(":")) {
      rule.cidrIpv6(source);
    } else {
      rule.cidrIpv4(source);
    }
    var made = rule.build();
    region.securityGroupRules.put(made.securityGroupRuleId(), made);
  }

  private void instance(InstanceSpec spec) {
    var subnet = region.subnets.find(spec.subnet());
    region.instances.put(
        spec.id(),
        Instance.builder()
            .instanceId(spec.id())
            .instanceType("m7g.large")
            .vpcId(subnet.map(Subnet::vpcId).orElse(null))
            .subnetId(spec.subnet())
            .privateIpAddress(spec.privateIp())
            .privateDnsName(
                "ip-"
                    + spec.privateIp().replace('.', '-')
                    + "."
                    + region.name
                    + ".compute.internal")
            .placement(p -> p.availabilityZone(subnet.map(Subnet::availabilityZone).orElse(null)))
            .state(s -> s.name(spec.state()))
            .securityGroups(groups(spec.securityGroups()))
            .tags(tags(spec.tags()))
            .build());
    if (!spec.privateIp().isEmpty()) {
      networkInterface(
          new InterfaceSpec(
              "eni-" + spec.id().substring(2),
              spec.id(),
              spec.subnet(),
              List.of(spec.privateIp()),
              List.of(),
              List.of(),
              List.of(),
              spec.securityGroups()));
    }
  }

  private void networkInterface(InterfaceSpec spec) {
    var model =
        InterfaceModel.of(spec, region.subnets.find(spec.subnet()), groups(spec.securityGroups()));
    region.interfaces.put(spec.id(), new InterfaceRow(model, spec.instance(), null));
    region.instances.find(spec.instance()).ifPresent(instance -> attach(instance, model));
  }

  private void attach(Instance instance, NetworkInterface model) {
    var others =
        instance.networkInterfaces().stream()
            .filter(eni -> !eni.networkInterfaceId().equals(model.networkInterfaceId()));
    var all = Stream.concat(others, Stream.of(InterfaceModel.onInstance(model))).toList();
    region.instances.put(
        instance.instanceId(), instance.toBuilder().networkInterfaces(all).build());
  }

  private List<GroupIdentifier> groups(List<String> ids) {
    return ids.stream()
        .map(id ->
            GroupIdentifier.builder()
                .groupId(id)
                .groupName(region.securityGroups.find(id).map(SecurityGroup::groupName).orElse(id))
                .build())
        .toList();
  }

  private void certificate(CertificateSpec spec) {
    var model =
        CertificateDetail.builder()
            .certificateArn(spec.arn())
            .domainName(spec.names().getFirst())
            .subjectAlternativeNames(spec.names())
            .status(spec.status())
            .type(spec.type())
            .keyAlgorithm("RSA_2048")
            .certificateAuthorityArn(spec.authorityArn())
            .createdAt(turn.now())
            .issuedAt(turn.now())
            .notBefore(turn.now())
            .notAfter(turn.now().plus(java.time.Duration.ofDays(395)))
            .build();
    region.certificates.put(spec.arn(), new CertificateRow(model, spec.tags(), "", turn.now()));
  }

  private static List<Tag> tags(Map<String, String> values) {
    return values.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
