package dev.penstock.sandbox.simulation;

import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
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
  private static final String NODES = "sg-0000000000000node0";
  private static final int HTTPS = 443;

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
      case "Rule" -> rule(words);
      case "ListenerAttribute" -> attributeOfListener(words);
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
      case "PrefixLists" -> prefixLists();
      case "NodeSources" -> nodeSources();
      case "Targets" -> targets();
      case "Binding" -> binding(words[1]);
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
    return deeper(value, path, from + 1);
  }

  /** What a number names is the element of a list. */
  private static String deeper(@Nullable Object value, String[] path, int from) {
    if (from == path.length) {
      return String.valueOf(value);
    }
    return switch (value) {
      case SdkPojo inner -> field(inner, path, from);
      case List<?> list ->
          list.stream()
              .skip(Integer.parseInt(path[from]))
              .findFirst()
              .map(element -> deeper(element, path, from + 1))
              .orElse("none");
      case null, default -> String.valueOf(value);
    };
  }

  private String listener(String[] words) {
    var port = Integer.parseInt(words[1]);
    return listeners()
        .filter(listener -> listener.port() == port)
        .findFirst()
        .map(listener -> field(listener, words, 2))
        .orElse("");
  }

  /** Of the first rule that is not the default. */
  private String rule(String[] words) {
    return listeners()
        .filter(listener -> listener.port() == HTTPS)
        .flatMap(listener ->
            stage.elb.describeRules(r -> r.listenerArn(listener.listenerArn())).rules().stream())
        .filter(rule -> !rule.isDefault())
        .findFirst()
        .map(rule -> field(rule, words, 1))
        .orElse("no rule");
  }

  private String attributeOfListener(String[] words) {
    var port = Integer.parseInt(words[1]);
    var listener = listeners().filter(one -> one.port() == port).findFirst().orElseThrow();
    return stage
        .elb
        .describeListenerAttributes(r -> r.listenerArn(listener.listenerArn()))
        .attributes()
        .stream()
        .filter(attribute -> attribute.key().equals(words[2]))
        .findFirst()
        .map(ListenerAttribute::value)
        .orElse("");
  }

  private String targets() {
    var arn = group().targetGroupArn();
    return joined(
        stage
            .elb
            .describeTargetHealth(r -> r.targetGroupArn(arn))
            .targetHealthDescriptions()
            .stream()
            .map(health -> health.target().id()));
  }

  /** A field of what the only TargetGroupBinding asks for. */
  private String binding(String field) {
    var bindings = stage.kubectl.all(BindingTest.binding(stage), "default");
    return Tree.text(bindings.getFirst(), "spec", field);
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

  private String prefixLists() {
    var ids = balancer().securityGroups();
    return joined(
        stage.ec2.describeSecurityGroups(r -> r.groupIds(ids)).securityGroups().stream()
            .flatMap(group -> group.ipPermissions().stream())
            .flatMap(permission -> permission.prefixListIds().stream())
            .map(list -> list.prefixListId()));
  }

  /** The names of the groups that may reach the nodes. */
  private String nodeSources() {
    var nodes = stage.ec2.describeSecurityGroups(r -> r.groupIds(NODES)).securityGroups();
    var ids =
        nodes.stream()
            .flatMap(group -> group.ipPermissions().stream())
            .flatMap(permission -> permission.userIdGroupPairs().stream())
            .map(pair -> pair.groupId())
            .filter(id -> !id.equals(NODES))
            .distinct()
            .toList();
    return ids.isEmpty()
        ? "none"
        : joined(
            stage.ec2.describeSecurityGroups(r -> r.groupIds(ids)).securityGroups().stream()
                .map(group -> group.groupName()));
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
