package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.list;
import static dev.penstock.sandbox.conformance.Nodes.map;
import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;
import static dev.penstock.sandbox.conformance.Nodes.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.sandbox.aws.WorldSpec.AccountSpec;
import dev.penstock.sandbox.aws.WorldSpec.CertificateSpec;
import dev.penstock.sandbox.aws.WorldSpec.IngressSpec;
import dev.penstock.sandbox.aws.WorldSpec.InstanceSpec;
import dev.penstock.sandbox.aws.WorldSpec.InterfaceSpec;
import dev.penstock.sandbox.aws.WorldSpec.NamedArnSpec;
import dev.penstock.sandbox.aws.WorldSpec.RegionSpec;
import dev.penstock.sandbox.aws.WorldSpec.RouteTableSpec;
import dev.penstock.sandbox.aws.WorldSpec.SecurityGroupSpec;
import dev.penstock.sandbox.aws.WorldSpec.SubnetSpec;
import dev.penstock.sandbox.aws.WorldSpec.VpcSpec;
import dev.penstock.sandbox.aws.WorldSpec.ZoneSpec;
import dev.penstock.schemas.key.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The AWS inventory of a story as a world of the simulator. */
final class StoryWorld {
  private static final Pattern CERTIFICATE = Pattern.compile("arn:aws:acm:[^,\\s\"'\\\\]+");
  private static final Pattern WEB_ACL =
      Pattern.compile("arn:aws:wafv2:[^,\\s\"'\\\\]+/webacl/([^/,\\s\"'\\\\]+)/[^,\\s\"'\\\\]+");
  private static final Pattern TRUST_STORE =
      Pattern.compile(
          "arn:aws:elasticloadbalancing:[^,\\s\"'\\\\]+:truststore/([^/,\\s\"'\\\\]+)/[^,\\s\"'\\\\]+");

  private final Scope home;
  private final String vpc;
  private final JsonNode content;

  StoryWorld(Scope home, String vpc, JsonNode content) {
    this.home = home;
    this.vpc = vpc;
    this.content = content;
  }

  WorldSpec spec() {
    var aws = content.path("aws");
    var subnets = subnets(aws.path("subnets"));
    boolean shield = text(aws, "shieldSubscription").equals("ACTIVE");
    var region =
        new RegionSpec(
            home.region(),
            zones(aws, subnets),
            list(aws.path("vpcs"), StoryWorld::vpc),
            subnets,
            routes(subnets),
            list(aws.path("securityGroups"), this::group),
            list(aws.path("instances"), i -> instance(i, subnets)),
            interfaces(aws, subnets),
            List.of(),
            certificates(aws),
            named(TRUST_STORE),
            named(WEB_ACL));
    return new WorldSpec(
        List.of(new AccountSpec(home.account(), List.of(region), List.of(), List.of(), shield)));
  }

  /** The Region with other subnets and nothing else. */
  RegionSpec region(List<SubnetSpec> subnets) {
    return new RegionSpec(
        home.region(),
        List.of(),
        List.of(),
        subnets,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  List<SubnetSpec> subnets(JsonNode subnets) {
    return list(
        subnets,
        s ->
            new SubnetSpec(
                text(s, "id"),
                optional(s, "vpc").orElse(vpc),
                text(s, "az"),
                text(s, "cidr"),
                texts(s.path("ipv6Cidrs")),
                s.path("freeIps").asInt(250),
                null,
                map(s.path("tags"))));
  }

  private static List<ZoneSpec> zones(JsonNode aws, List<SubnetSpec> subnets) {
    var zones = new LinkedHashMap<String, ZoneSpec>();
    for (var zone : aws.path("availabilityZones")) {
      zones.put(
          text(zone, "name"),
          new ZoneSpec(text(zone, "name"), text(zone, "id"), text(zone, "type")));
    }
    for (char letter = 'a'; letter < 'f'; letter++) {
      var name = "us-west-2" + letter;
      zones.putIfAbsent(name, ZoneSpec.of(name, "usw2-az" + (letter - 'a' + 1)));
    }
    subnets.forEach(s -> zones.putIfAbsent(s.zone(), ZoneSpec.of(s.zone(), s.zone())));
    return List.copyOf(zones.values());
  }

  private static VpcSpec vpc(JsonNode vpc) {
    return new VpcSpec(
        text(vpc, "id"),
        texts(vpc.path("cidrs")),
        texts(vpc.path("ipv6Cidrs")),
        false,
        true,
        Map.of());
  }

  private List<RouteTableSpec> routes(List<SubnetSpec> subnets) {
    return subnets.isEmpty()
        ? List.of()
        : List.of(new RouteTableSpec("rtb-main", vpc, true, List.of(), List.of()));
  }

  private SecurityGroupSpec group(JsonNode group) {
    return new SecurityGroupSpec(
        text(group, "id"),
        optional(group, "name").orElse(text(group, "id")),
        optional(group, "vpc").orElse(vpc),
        "",
        list(group.path("ingress"), StoryWorld::rule),
        map(group.path("tags")));
  }

  private static IngressSpec rule(JsonNode rule) {
    var source =
        Stream.of("cidr", "cidrV6", "prefixList", "group")
            .flatMap(field -> optional(rule, field).stream())
            .findFirst()
            .orElse("");
    return new IngressSpec(
        text(rule, "protocol"),
        rule.path("fromPort").asInt(-1),
        rule.path("toPort").asInt(-1),
        source,
        optional(rule, "description").orElse(null));
  }

  private static InstanceSpec instance(JsonNode instance, List<SubnetSpec> subnets) {
    var first = instance.path("networkInterfaces").path(0);
    return InstanceSpec.running(
        text(instance, "id"),
        subnets.getFirst().id(),
        first.path("privateIps").path(0).asText("10.0.0.10"),
        texts(first.path("securityGroups")),
        Map.of());
  }

  private static List<InterfaceSpec> interfaces(JsonNode aws, List<SubnetSpec> subnets) {
    var all = new ArrayList<InterfaceSpec>();
    for (var instance : aws.path("instances")) {
      for (var one : instance.path("networkInterfaces")) {
        all.add(networkInterface(one, text(instance, "id"), subnets));
      }
    }
    aws.path("networkInterfaces").forEach(one -> all.add(networkInterface(one, "", subnets)));
    return all;
  }

  private static InterfaceSpec networkInterface(
      JsonNode one, String instance, List<SubnetSpec> subnets) {
    return new InterfaceSpec(
        text(one, "id"),
        instance,
        subnets.getFirst().id(),
        texts(one.path("privateIps")),
        texts(one.path("ipv4Prefixes")),
        texts(one.path("ipv6Ips")),
        texts(one.path("ipv6Prefixes")),
        texts(one.path("securityGroups")));
  }

  /** Those of the inventory, and those that the objects or people name by ARN. */
  private List<CertificateSpec> certificates(JsonNode aws) {
    var all = new LinkedHashMap<String, CertificateSpec>();
    for (var c : aws.path("certificates")) {
      var spec =
          new CertificateSpec(
              text(c, "arn"),
              texts(c.path("sans")),
              optional(c, "status").orElse("ISSUED"),
              optional(c, "type").orElse("AMAZON_ISSUED"),
              optional(c, "caArn").orElse(null),
              map(c.path("tags")));
      all.put(spec.arn(), spec);
    }
    for (var arn : found(CERTIFICATE)) {
      all.putIfAbsent(arn, CertificateSpec.issued(arn, "unnamed.example.org"));
    }
    return List.copyOf(all.values());
  }

  private List<NamedArnSpec> named(Pattern pattern) {
    var all = new ArrayList<NamedArnSpec>();
    for (var arn : found(pattern)) {
      var name = pattern.matcher(arn);
      if (name.matches()) {
        all.add(new NamedArnSpec(name.group(1), arn));
      }
    }
    return all;
  }

  private TreeSet<String> found(Pattern pattern) {
    var found = new TreeSet<String>();
    pattern.matcher(content.path("steps").toString()).results().forEach(r -> found.add(r.group()));
    return found;
  }
}
