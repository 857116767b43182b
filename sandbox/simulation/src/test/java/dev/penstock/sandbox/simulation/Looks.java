package dev.penstock.sandbox.simulation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.route53.model.ResourceRecord;

/**
 * What AWS shows of the only load balancer of a stage, by words: {@code TargetGroup Protocol},
 * {@code Listener 443 SslPolicy}, {@code LoadBalancerAttribute KEY}, {@code Tag KEY}, … Fields are
 * called as in AWS's own API.
 */
final class Looks {
  private Looks() {}

  static String at(Stage stage, String look) {
    var words = look.split(" ");
    return switch (words[0]) {
      case "LoadBalancer" -> field(balancer(stage), words, 1);
      case "TargetGroup" -> field(stage.targetGroups().getLast(), words, 1);
      case "Listener" -> listener(stage, words);
      case "LoadBalancerAttribute" -> attributeOfBalancer(stage, words[1]);
      case "TargetGroupAttribute" -> attributeOfGroup(stage, words[1]);
      case "Capacity" -> capacity(stage);
      case "Tag" -> tag(stage, words[1]);
      case "Subnets" ->
          joined(balancer(stage).availabilityZones().stream().map(zone -> zone.subnetId()));
      case "SecurityGroups" -> securityGroups(stage);
      case "Sources" -> sources(stage);
      case "Record" -> record(stage, words[1]);
      case "Ttl" -> String.valueOf(stage.records().get("nginx.example.com. " + words[1]).ttl());
      default -> throw new IllegalArgumentException("nobody can look at " + look);
    };
  }

  private static LoadBalancer balancer(Stage stage) {
    return stage.loadBalancers().getLast();
  }

  /** The field of this name, and then of that one's value. */
  private static String field(SdkPojo object, String[] path, int from) {
    var value =
        object.sdkFields().stream()
            .filter(f -> f.memberName().equals(path[from]))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no field " + path[from]))
            .getValueOrDefault(object);
    return value instanceof SdkPojo inner && from + 1 < path.length
        ? field(inner, path, from + 1)
        : String.valueOf(value);
  }

  private static String listener(Stage stage, String[] words) {
    var port = Integer.parseInt(words[1]);
    return stage.listeners().stream()
        .filter(listener -> listener.port() == port)
        .findFirst()
        .map(listener -> field(listener, words, 2))
        .orElse("");
  }

  private static String attributeOfBalancer(Stage stage, String key) {
    var arn = balancer(stage).loadBalancerArn();
    return stage
        .elb
        .describeLoadBalancerAttributes(r -> r.loadBalancerArn(arn))
        .attributes()
        .stream()
        .filter(attribute -> attribute.key().equals(key))
        .findFirst()
        .map(LoadBalancerAttribute::value)
        .orElse("");
  }

  private static String attributeOfGroup(Stage stage, String key) {
    var arn = stage.targetGroups().getLast().targetGroupArn();
    return stage.elb.describeTargetGroupAttributes(r -> r.targetGroupArn(arn)).attributes().stream()
        .filter(attribute -> attribute.key().equals(key))
        .findFirst()
        .map(TargetGroupAttribute::value)
        .orElse("");
  }

  private static String capacity(Stage stage) {
    var arn = balancer(stage).loadBalancerArn();
    var minimum =
        stage
            .elb
            .describeCapacityReservation(r -> r.loadBalancerArn(arn))
            .minimumLoadBalancerCapacity();
    return minimum == null ? "none" : String.valueOf(minimum.capacityUnits());
  }

  private static String tag(Stage stage, String key) {
    var arn = balancer(stage).loadBalancerArn();
    return stage
        .elb
        .describeTags(r -> r.resourceArns(arn))
        .tagDescriptions()
        .getFirst()
        .tags()
        .stream()
        .filter(tag -> tag.key().equals(key))
        .findFirst()
        .map(tag -> tag.value())
        .orElse("");
  }

  /** By name; the groups of the load balancer. */
  private static String securityGroups(Stage stage) {
    var ids = balancer(stage).securityGroups();
    return joined(
        stage.ec2.describeSecurityGroups(r -> r.groupIds(ids)).securityGroups().stream()
            .map(group -> group.groupName()));
  }

  /** The CIDRs that the load balancer's groups let in. */
  private static String sources(Stage stage) {
    var ids = balancer(stage).securityGroups();
    return joined(
        stage.ec2.describeSecurityGroups(r -> r.groupIds(ids)).securityGroups().stream()
            .flatMap(group -> group.ipPermissions().stream())
            .flatMap(permission -> permission.ipRanges().stream())
            .map(range -> range.cidrIp()));
  }

  private static String record(Stage stage, String type) {
    var set = Optional.ofNullable(stage.records().get("nginx.example.com. " + type));
    if (set.isEmpty()) {
      return "";
    }
    List<ResourceRecord> values = set.get().resourceRecords();
    return set.get().aliasTarget() != null
        ? "alias"
        : joined(values.stream().map(ResourceRecord::value));
  }

  private static String joined(Stream<String> words) {
    return words.distinct().sorted().collect(Collectors.joining(" "));
  }
}
