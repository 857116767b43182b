package dev.penstock.sandbox.simulation.check;

import static java.util.stream.Collectors.toSet;

import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;

/**
 * How the resources of a group are set, where all its members are right: attributes and tags that a
 * member asks for, the path of health checks, certificates, and who may open the ports (LBC 1, 4.9,
 * 4.12). What nobody asks for and AWS has a default for is not judged.
 */
final class WantedSettings {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";

  /** With these the group's ports are opened for others, or by somebody else. */
  private static final Set<String> OPENED =
      Set.of(
          "inbound-cidrs",
          "security-groups",
          "security-group-prefix-lists",
          "ip-address-type",
          "frontend-nlb-scheme");

  private final Evidence evidence;
  private final ClusterEyes cluster;
  private final Estate estate;
  private final List<Member> members;
  private final List<String> differences;

  WantedSettings(
      Evidence evidence,
      ClusterEyes cluster,
      Estate estate,
      List<Member> members,
      List<String> differences) {
    this.evidence = evidence;
    this.cluster = cluster;
    this.estate = estate;
    this.members = members;
    this.differences = differences;
  }

  void compare(LoadBalancerRow balancer) {
    if (members.stream().anyMatch(member -> member.problem().isPresent())) {
      return;
    }
    var attributes = new TreeMap<String, String>();
    var tags = new TreeMap<String, String>();
    for (var member : members) {
      attributes.putAll(pairs(member, "load-balancer-attributes"));
      tags.putAll(pairs(member, "tags"));
    }
    asked(balancer.arn(), "attribute", attributes, balancer.attributes());
    same(balancer.arn(), "tags", tags, plain(estate.tagsOf(balancer.arn())));
    estate.listeners().in(balancer.arn()).forEach(this::certificates);
    estate.targetGroups().all().stream()
        .filter(row -> isHere(balancer, row.arn()))
        .forEach(this::group);
    estate.securityGroups().all().stream()
        .filter(row -> isHere(balancer, row.groupId()))
        .forEach(this::openings);
  }

  private boolean isHere(LoadBalancerRow balancer, String id) {
    return estate.clusterOf(id).equals(estate.clusterOf(balancer.arn()))
        && estate.stackOf(id).equals(estate.stackOf(balancer.arn()));
  }

  private void certificates(ListenerRow listener) {
    var port = listener.model().port();
    var asking = members.stream().filter(m -> "HTTPS".equals(m.ports().get(port))).toList();
    if (asking.isEmpty() || asking.stream().anyMatch(m -> arns(m).isEmpty())) {
      return;
    }
    var asked = asking.stream().flatMap(m -> arns(m).stream()).collect(toSet());
    var there = new HashSet<>(listener.sniCertificates());
    listener.model().certificates().stream().map(Certificate::certificateArn).forEach(there::add);
    if (asked.size() - 1 <= evidence.heard().certificates()) {
      same(listener.arn(), "certificates", asked, there);
    }
  }

  private static Set<String> arns(Member member) {
    return member.annotation("certificate-arn").stream()
        .flatMap(text -> List.of(text.split("\\s*,\\s*")).stream())
        .collect(toSet());
  }

  /** A target group of one member, whose Service asks for nothing of its own. */
  private void group(TargetGroupRow group) {
    var resource = estate.resourceOf(group.arn());
    var owner =
        members.stream()
            .filter(m ->
                m.services().stream()
                    .anyMatch(
                        p -> (m.path() + "-" + p.service() + ":" + p.port()).equals(resource)))
            .findFirst();
    if (owner.isEmpty() || ownSettings(owner.get())) {
      return;
    }
    var path = owner.get().annotation("healthcheck-path").orElse("/");
    same(group.arn(), "path of health checks", path, group.model().healthCheckPath());
    var attributes = pairs(owner.get(), "target-group-attributes");
    asked(group.arn(), "attribute", attributes, group.attributes());
    var tags = pairs(owner.get(), "tags");
    same(group.arn(), "tags", tags, plain(estate.tagsOf(group.arn())));
  }

  private boolean ownSettings(Member member) {
    return member.services().stream()
        .flatMap(p -> cluster.find(ClusterEyes.SERVICES, member.namespace(), p.service()).stream())
        .flatMap(service -> Tree.texts(service, "metadata", "annotations").keySet().stream())
        .anyMatch(key -> key.startsWith(PREFIX));
  }

  /** Everybody may open the ports, and nobody anything else. */
  private void openings(SecurityGroup group) {
    if (OPENED.stream()
        .anyMatch(key -> members.stream().anyMatch(m -> m.annotation(key).isPresent()))) {
      return;
    }
    var asked = new TreeSet<String>();
    members.forEach(m -> m.ports().keySet().forEach(port -> asked.add(port + " 0.0.0.0/0")));
    var open = new TreeSet<String>();
    estate.securityGroupRules().all().stream()
        .filter(rule -> rule.groupId().equals(group.groupId()) && !rule.isEgress())
        .forEach(rule -> open.add(opening(rule)));
    same(group.groupId(), "openings", asked, open);
  }

  private static String opening(SecurityGroupRule rule) {
    var ports =
        rule.fromPort().equals(rule.toPort())
            ? rule.fromPort().toString()
            : rule.fromPort() + "-" + rule.toPort();
    return ports + " " + Optional.ofNullable(rule.cidrIpv4()).orElse("somebody else");
  }

  private void asked(String of, String what, Map<String, String> asked, Map<String, String> there) {
    asked.forEach((key, value) -> same(of, what + " " + key, value, there.getOrDefault(key, "")));
  }

  private void same(String of, String what, Object asked, Object there) {
    if (!Objects.equals(asked, there)) {
      differences.add(of + " has the " + what + " " + there + ", asked is " + asked);
    }
  }

  /** Without the marks of controllers, which have a domain. */
  private static Map<String, String> plain(Map<String, String> tags) {
    var plain = new TreeMap<>(tags);
    plain.keySet().removeIf(key -> key.contains("/"));
    return plain;
  }

  private static Map<String, String> pairs(Member member, String annotation) {
    var pairs = new TreeMap<String, String>();
    for (var pair : member.annotation(annotation).orElse("").split(",")) {
      var parts = pair.strip().split("=", 2);
      if (parts.length == 2) {
        pairs.put(parts[0], parts[1]);
      }
    }
    return pairs;
  }
}
