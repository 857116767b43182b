package dev.penstock.appliers;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.WeightedTargetGroup;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/** Small resources for tests. */
final class Samples {
  static final String BALANCER = "arn:aws:elasticloadbalancing:us-west-2:1:loadbalancer/app/web/1";
  static final String LISTENER = "arn:aws:elasticloadbalancing:us-west-2:1:listener/app/web/1/2";
  static final String RULE = "arn:aws:elasticloadbalancing:us-west-2:1:listener-rule/app/web/1/2/3";

  private Samples() {}

  static Map<String, String> tags(String cluster) {
    var tags = new TreeMap<String, String>();
    tags.put("elbv2.k8s.aws/cluster", cluster);
    tags.put("ingress.k8s.aws/stack", "web");
    tags.put("ingress.k8s.aws/resource", "LoadBalancer");
    return tags;
  }

  static LoadBalancerSpec balancer(Map<String, String> attributes) {
    return new LoadBalancerSpec(
        "web",
        "application",
        "internal",
        "ipv4",
        List.of("subnet-a", "subnet-b"),
        List.of(new Link.Known("sg-1")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        attributes,
        tags("blue"),
        List.of());
  }

  static LoadBalancer described() {
    return LoadBalancer.builder()
        .loadBalancerArn(BALANCER)
        .loadBalancerName("web")
        .type("application")
        .scheme("internal")
        .ipAddressType("ipv4")
        .dnsName("internal-web-1.us-west-2.elb.amazonaws.com")
        .build();
  }

  static DescribeTagsResponse tagged(String arn, Map<String, String> tags) {
    var all =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return DescribeTagsResponse.builder()
        .tagDescriptions(TagDescription.builder().resourceArn(arn).tags(all).build())
        .build();
  }

  static ListenerRuleSpec rule() {
    return new ListenerRuleSpec(
        new Link.Known(LISTENER),
        7,
        List.of(new RuleCondition.PathPattern(List.of("/a"), List.of())),
        List.of(
            new Action.Forward(
                List.of(new WeightedTargetGroup(new Link.Known("arn:tg"), Optional.empty())),
                Optional.empty())),
        List.of(),
        tags("blue"));
  }

  static SecurityGroupSpec group(Permission... rules) {
    return new SecurityGroupSpec("web", "ours", "vpc-1", List.of(rules), tags("blue"));
  }

  static Permission port(int port) {
    return new Permission("tcp", port, port, new Permission.Cidr("10.0.0.0/8"), "");
  }

  static RecordNameSpec name(String name, String value) {
    return new RecordNameSpec("Z1", name, List.of(record(name, value)));
  }

  static RecordNameSpec routed(String name, Map<String, String> routing) {
    var plain = record(name, "10.0.0.1");
    var set =
        new RecordSet(
            name,
            plain.type(),
            Optional.of("blue"),
            plain.ttlSeconds(),
            plain.values(),
            Optional.empty(),
            routing,
            Optional.empty());
    return new RecordNameSpec("Z1", name, List.of(set));
  }

  static RecordSet record(String name, String value) {
    return new RecordSet(
        name,
        "A",
        Optional.empty(),
        Optional.of(60L),
        List.of(value),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }
}
