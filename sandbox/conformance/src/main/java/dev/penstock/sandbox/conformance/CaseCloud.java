package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.list;
import static dev.penstock.sandbox.conformance.Nodes.map;
import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;
import static dev.penstock.sandbox.conformance.Nodes.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.CloudView;
import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.table.ObservedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The AWS inventory of a case. */
final class CaseCloud implements CloudView {
  /** The id of the shared backend security group where one is to be made. */
  static final String CREATED = "sg-created-1";

  private final ClusterRegistration registration;
  private final JsonNode aws;

  CaseCloud(ClusterRegistration registration, JsonNode aws) {
    this.registration = registration;
    this.aws = aws;
  }

  @Override
  public ObservedRow.Presence presence(ResourceKey resource) {
    return resource.kind() == ResourceKind.LOAD_BALANCER
        ? liveLoadBalancer(resource)
            .<ObservedRow.Presence>map(ObservedRow.Present::new)
            .orElseGet(ObservedRow.Missing::new)
        : new ObservedRow.Missing();
  }

  @Override
  public List<ResourceKey> known(StackId stack) {
    var tags = StackTags.stack(registration.lbcName(), stack);
    return Nodes.stream(aws.path("loadBalancers"))
        .map(lb -> map(lb.path("tags")))
        .filter(of -> of.entrySet().containsAll(tags.entrySet()))
        .flatMap(of -> Optional.ofNullable(of.get(StackTags.RESOURCE)).stream())
        .map(id -> new ResourceKey(stack, ResourceKind.LOAD_BALANCER, id))
        .toList();
  }

  @Override
  public Optional<Network> network(String vpcId) {
    return Optional.of(
        new Network(
            vpcId,
            ofThis(vpcId, "cidrs"),
            ofThis(vpcId, "ipv6Cidrs"),
            list(
                aws.path("availabilityZones"),
                z -> new Network.Zone(text(z, "name"), text(z, "id"), text(z, "type"))),
            ofVpc("subnets", vpcId).map(CaseCloud::subnet).toList(),
            ofVpc("routeTables", vpcId).map(CaseCloud::routeTable).toList(),
            ofVpc("securityGroups", vpcId)
                .map(g -> new Network.Group(text(g, "id"), text(g, "name"), map(g.path("tags"))))
                .toList()));
  }

  private List<String> ofThis(String vpcId, String field) {
    return Nodes.stream(aws.path("vpcs"))
        .filter(vpc -> text(vpc, "id").equals(vpcId))
        .flatMap(vpc -> texts(vpc.path(field)).stream())
        .toList();
  }

  /** Those of every VPC. */
  List<Network.NetworkInterface> interfaces() {
    var all = new ArrayList<Network.NetworkInterface>();
    for (var instance : aws.path("instances")) {
      instance
          .path("networkInterfaces")
          .forEach(one -> all.add(networkInterface(one, optional(instance, "id"))));
    }
    aws.path("networkInterfaces").forEach(one -> all.add(networkInterface(one, Optional.empty())));
    return all;
  }

  /** As LBC sees them: an IPv6 address only where a delegated prefix has it. */
  List<Network.NetworkInterface> interfacesWithoutPlainIpv6() {
    return interfaces().stream()
        .map(one ->
            new Network.NetworkInterface(
                one.id(),
                one.instanceId(),
                one.addresses().stream().filter(address -> !address.contains(":")).toList(),
                one.prefixes(),
                one.securityGroupIds()))
        .toList();
  }

  private static Network.NetworkInterface networkInterface(
      JsonNode one, Optional<String> instance) {
    return new Network.NetworkInterface(
        text(one, "id"),
        instance,
        together(one, "privateIps", "ipv6Ips"),
        together(one, "ipv4Prefixes", "ipv6Prefixes"),
        texts(one.path("securityGroups")));
  }

  private static List<String> together(JsonNode node, String one, String other) {
    return Stream.concat(texts(node.path(one)).stream(), texts(node.path(other)).stream()).toList();
  }

  @Override
  public Optional<List<Certificate>> certificates() {
    return Optional.of(
        list(
            aws.path("certificates"),
            c ->
                new Certificate(
                    text(c, "arn"),
                    texts(c.path("sans")),
                    optional(c, "type").orElse("AMAZON_ISSUED"),
                    optional(c, "status").orElse("ISSUED"),
                    optional(c, "caArn"),
                    map(c.path("tags")))));
  }

  /** The first of that name, as the inventory of the case lists them. */
  @Override
  public Optional<Named> named(Named.Kind kind, String name) {
    var list =
        switch (kind) {
          case WEB_ACL -> "webACLs";
          case TRUST_STORE -> "trustStores";
          case TARGET_GROUP -> "targetGroups";
        };
    return Nodes.stream(aws.path(list))
        .filter(item -> text(item, "name").equals(name))
        .findFirst()
        .map(item -> Named.found(kind, name, text(item, "arn")))
        .or(() -> Optional.of(Named.absent(kind, name)));
  }

  @Override
  public Optional<List<HostedZone>> hostedZones() {
    return Optional.of(List.of());
  }

  /** The shared backend security group: found by its two tags, else the one that would be made. */
  String backendGroup() {
    return sharedGroup().map(g -> text(g, "id")).orElse(CREATED);
  }

  /** The shared backend security group as the inventory has it. */
  Optional<JsonNode> sharedGroup() {
    var tags = StackTags.backendSecurityGroup(registration.lbcName(), Map.of());
    return Nodes.stream(aws.path("securityGroups"))
        .filter(g -> optional(g, "vpc").orElse(registration.vpcId()).equals(registration.vpcId()))
        .filter(g -> map(g.path("tags")).entrySet().containsAll(tags.entrySet()))
        .findFirst();
  }

  private Optional<Live> liveLoadBalancer(ResourceKey key) {
    var tags = StackTags.stack(registration.lbcName(), key.stack());
    return Nodes.stream(aws.path("loadBalancers"))
        .filter(lb -> text(lb, "type").equals("application"))
        .filter(lb -> map(lb.path("tags")).entrySet().containsAll(tags.entrySet()))
        .filter(lb -> key.id().equals(StackNames.LOAD_BALANCER))
        .<Live>map(lb ->
            new Live.LiveLoadBalancer(
                text(lb, "arn"),
                new LoadBalancerSpec(
                    text(lb, "name"),
                    text(lb, "type"),
                    text(lb, "scheme"),
                    "ipv4",
                    texts(lb.path("subnets")),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    map(lb.path("tags")),
                    List.of()),
                "",
                "",
                registration.vpcId(),
                "active",
                ""))
        .findFirst();
  }

  private Stream<JsonNode> ofVpc(String list, String vpcId) {
    return Nodes.stream(aws.path(list))
        .filter(item -> optional(item, "vpc").orElse(registration.vpcId()).equals(vpcId))
        .sorted(Comparator.comparing(item -> text(item, "id")));
  }

  private static Network.Subnet subnet(JsonNode subnet) {
    return new Network.Subnet(
        text(subnet, "id"),
        text(subnet, "az"),
        text(subnet, "cidr"),
        texts(subnet.path("ipv6Cidrs")),
        subnet.path("freeIps").asInt(250),
        optional(subnet, "outpostArn"),
        map(subnet.path("tags")));
  }

  private static Network.RouteTable routeTable(JsonNode table) {
    return new Network.RouteTable(
        text(table, "id"),
        table.path("main").asBoolean(),
        texts(table.path("subnets")),
        Nodes.stream(table.path("routes")).anyMatch(r -> text(r, "gateway").startsWith("igw")));
  }
}
