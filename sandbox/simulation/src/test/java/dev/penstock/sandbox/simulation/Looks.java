package dev.penstock.sandbox.simulation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.route53.model.ResourceRecord;

/**
 * What AWS shows of the only load balancer of a stage, by words: {@code TargetGroup Protocol},
 * {@code Listener 443 SslPolicy}, {@code LoadBalancerAttribute KEY}, {@code Tag KEY}, … Fields are
 * called as in AWS's own API. {@code Front} before it means the network load balancer in front.
 */
final class Looks {
  private static final String FRONT = "Front ";

  private final Stage stage;
  private final boolean front;

  private Looks(Stage stage, boolean front) {
    this.stage = stage;
    this.front = front;
  }

  static String at(Stage stage, String look) {
    boolean front = look.startsWith(FRONT);
    return new Looks(stage, front).at(front ? look.substring(FRONT.length()) : look);
  }

  private String at(String look) {
    var words = look.split(" ");
    return switch (words[0]) {
      case "Count" -> String.valueOf(balancers().size());
      case "Ports" -> joined(listeners().map(listener -> String.valueOf(listener.port())));
      case "LoadBalancer" -> field(balancer(), words, 1);
      case "TargetGroup" -> field(group(), words, 1);
      case "Listener" -> listener(words);
      case "LoadBalancerAttribute" -> attributeOfBalancer(words[1]);
      case "TargetGroupAttribute" -> attributeOfGroup(words[1]);
      case "Capacity" -> capacity();
      case "WebAcl" -> Guards.webAcl(stage, balancer().loadBalancerArn());
      case "ClassicWebAcl" -> Guards.classicWebAcl(stage, balancer().loadBalancerArn());
      case "Shield" -> Guards.shield(stage, balancer().loadBalancerArn());
      case "Tag" -> tag(words[1]);
      case "Subnets" ->
          joined(balancer().availabilityZones().stream().map(zone -> zone.subnetId()));
      case "SecurityGroups" -> securityGroups();
      case "Sources" -> sources();
      case "Record" -> record(words[1]);
      case "Ttl" -> String.valueOf(stage.records().get("nginx.example.com. " + words[1]).ttl());
      default -> throw new IllegalArgumentException("nobody can look at " + look);
    };
  }

  private List<LoadBalancer> balancers() {
    return stage.loadBalancers().stream()
        .filter(balancer -> balancer.typeAsString().equals(front ? "network" : "application"))
        .toList();
  }

  private LoadBalancer balancer() {
    return balancers().getLast();
  }

  private TargetGroup group() {
    return stage.targetGroups().stream()
        .filter(group -> group.targetTypeAsString().equals("alb") == front)
        .toList()
        .getLast();
  }

  private Stream<Listener> listeners() {
    var arn = balancer().loadBalancerArn();
    return stage.elb.describeListeners(r -> r.loadBalancerArn(arn)).listeners().stream();
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

  private String listener(String[] words) {
    var port = Integer.parseInt(words[1]);
    return listeners()
        .filter(listener -> listener.port() == port)
        .findFirst()
        .map(listener -> field(listener, words, 2))
        .orElse("");
  }

  private String attributeOfBalancer(String key) {
    var arn = balancer().loadBalancerArn();
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

  private String attributeOfGroup(String key) {
    var arn = group().targetGroupArn();
    return stage.elb.describeTargetGroupAttributes(r -> r.targetGroupArn(arn)).attributes().stream()
        .filter(attribute -> attribute.key().equals(key))
        .findFirst()
        .map(TargetGroupAttribute::value)
        .orElse("");
  }

  private String capacity() {
    var arn = balancer().loadBalancerArn();
    var minimum =
        stage
            .elb
            .describeCapacityReservation(r -> r.loadBalancerArn(arn))
            .minimumLoadBalancerCapacity();
    return minimum == null ? "none" : String.valueOf(minimum.capacityUnits());
  }

  private String tag(String key) {
    var arn = balancer().loadBalancerArn();
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
  private String securityGroups() {
    var ids = balancer().securityGroups();
    return joined(
        stage.ec2.describeSecurityGroups(r -> r.groupIds(ids)).securityGroups().stream()
            .map(group -> group.groupName()));
  }

  /** The CIDRs that the load balancer's groups let in. */
  private String sources() {
    var ids = balancer().securityGroups();
    return joined(
        stage.ec2.describeSecurityGroups(r -> r.groupIds(ids)).securityGroups().stream()
            .flatMap(group -> group.ipPermissions().stream())
            .flatMap(permission -> permission.ipRanges().stream())
            .map(range -> range.cidrIp()));
  }

  private String record(String type) {
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
