package dev.penstock.plan;

import dev.penstock.plan.dns.NamePlan;
import dev.penstock.plan.dns.TxtRegistry;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.DnsSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Small worlds for tests: one stack of cluster demo, and what AWS would show of it. */
public final class Specs {
  public static final StackId STACK = new StackId("demo", StackKind.INGRESS, "apps/shop");
  public static final Ownership OURS =
      new Ownership(
          "demo",
          List.of("demo-before"),
          DnsSettings.defaults(),
          List.of("managed-elsewhere"),
          List.of("sg-b"));

  private Specs() {}

  public static ResourceKey key(ResourceKind kind, String id) {
    return new ResourceKey(STACK, kind, id);
  }

  public static ResourceKey key(ResourceSpec spec) {
    return switch (spec) {
      case LoadBalancerSpec _ -> key(ResourceKind.LOAD_BALANCER, "LoadBalancer");
      case ListenerSpec it -> key(ResourceKind.LISTENER, Integer.toString(it.port()));
      case ListenerRuleSpec it -> key(ResourceKind.LISTENER_RULE, "443:" + it.priority());
      case TargetGroupSpec _ -> key(ResourceKind.TARGET_GROUP, "apps/shop-web:80");
      case SecurityGroupSpec _ -> key(ResourceKind.SECURITY_GROUP, "ManagedLBSecurityGroup");
      case SecurityGroupRulesSpec it -> key(ResourceKind.SECURITY_GROUP_RULES, it.groupId());
      case CertificateSpec _ -> key(ResourceKind.CERTIFICATE, "amazon_issued/shop.example-1");
      case ProtectionSpec it -> key(ResourceKind.PROTECTION, it.guard().text());
      case RecordNameSpec it -> NamePlan.key(it.zoneId(), it.name());
    };
  }

  /** What AWS shows after the spec was written as it stands. */
  public static Live live(ResourceSpec spec) {
    return switch (spec) {
      case LoadBalancerSpec it ->
          new Live.LiveLoadBalancer("arn:lb", it, "lb.example", "Z1", "vpc-1", "active", "");
      case ListenerSpec it -> new Live.LiveListener("arn:listener", it);
      case ListenerRuleSpec it -> new Live.LiveListenerRule("arn:rule", it);
      case TargetGroupSpec it ->
          new Live.LiveTargetGroup("arn:tg", it, List.of(), Optional.empty());
      case SecurityGroupSpec it -> new Live.LiveSecurityGroup("sg-1", it);
      case SecurityGroupRulesSpec it -> new Live.LiveSecurityGroupRules(it.groupId(), it);
      case CertificateSpec it ->
          new Live.LiveCertificate(
              "arn:certificate", it, "ISSUED", "", List.of(), Optional.empty());
      case ProtectionSpec it -> new Live.LiveProtection("arn:lb|" + it.guard().text(), it, "");
      case RecordNameSpec it -> new Live.LiveRecordName(it.zoneId() + "/" + it.name(), it);
    };
  }

  public static Map<String, String> tags(String resource, String... more) {
    var tags = new TreeMap<String, String>();
    tags.put("elbv2.k8s.aws/cluster", "demo");
    tags.put("ingress.k8s.aws/stack", "apps/shop");
    tags.put("ingress.k8s.aws/resource", resource);
    IntStream.range(0, more.length / 2).forEach(i -> tags.put(more[2 * i], more[2 * i + 1]));
    return tags;
  }

  public static LoadBalancerSpec loadBalancer(
      String scheme,
      List<String> subnets,
      Map<String, String> attributes,
      Map<String, String> tags) {
    return new LoadBalancerSpec(
        "k8s-apps-shop-1",
        "application",
        scheme,
        "ipv4",
        subnets,
        List.of(new Link.Known("sg-1"), new Link.Known("sg-b")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        attributes,
        tags,
        List.of());
  }

  /** The same under another name. */
  public static LoadBalancerSpec named(String name, LoadBalancerSpec spec) {
    return new LoadBalancerSpec(
        name,
        spec.type(),
        spec.scheme(),
        spec.ipAddressType(),
        spec.subnets(),
        spec.securityGroups(),
        spec.customerOwnedIpv4Pool(),
        spec.ipv4IpamPoolId(),
        spec.minimumCapacityUnits(),
        spec.attributes(),
        spec.tags(),
        spec.allocationIds());
  }

  public static TargetGroupSpec targetGroup(
      String type, String protocol, String path, String matcher, Map<String, String> attributes) {
    return new TargetGroupSpec(
        "k8s-apps-web-1",
        type,
        protocol,
        "HTTP1",
        8080,
        "ipv4",
        "vpc-1",
        new TargetGroupSpec.HealthCheck(protocol, "traffic-port", path, 15, 5, 2, 2, matcher),
        Optional.empty(),
        attributes,
        tags("apps/shop-web:80"),
        Optional.empty());
  }

  /** A group of target type alb with that load balancer behind it. */
  public static TargetGroupSpec leadingTo(Optional<String> loadBalancer, int port) {
    var group = targetGroup("alb", "TCP", "/", "200", Map.of());
    return new TargetGroupSpec(
        group.name(),
        group.targetType(),
        group.protocol(),
        "",
        group.port(),
        group.ipAddressType(),
        group.vpcId(),
        group.healthCheck(),
        group.targetControlPort(),
        group.attributes(),
        group.tags(),
        loadBalancer.map(id ->
            new TargetGroupSpec.LoadBalancerTarget(new Link.Known(id), port, Optional.empty())));
  }

  public static ListenerSpec listener(
      String protocol, List<String> certificates, List<Action> actions) {
    return new ListenerSpec(
        new Link.Known("arn:lb"),
        443,
        protocol,
        actions,
        certificates.stream().<Link>map(Link.Known::new).toList(),
        certificates.isEmpty() ? Optional.empty() : Optional.of("policy-1"),
        Optional.empty(),
        Map.of(),
        tags("443"));
  }

  public static ListenerRuleSpec rule(
      int priority, List<RuleCondition> conditions, List<Action> actions) {
    return new ListenerRuleSpec(
        new Link.Known("arn:listener"),
        priority,
        conditions,
        actions,
        List.of(),
        tags("443:" + priority));
  }

  public static SecurityGroupSpec group(List<Permission> ingress) {
    return new SecurityGroupSpec(
        "k8s-apps-shop-2", "text", "vpc-1", ingress, tags("ManagedLBSecurityGroup"));
  }

  public static Action forward(String... targetGroups) {
    return new Action.Forward(
        List.of(targetGroups).stream()
            .map(arn ->
                new Action.WeightedTargetGroup(new Link.Known(arn), Optional.<Integer>empty()))
            .toList(),
        Optional.empty());
  }

  public static Permission open(String cidr, int port) {
    return new Permission("tcp", port, port, new Permission.Cidr(cidr), "");
  }

  public static Permission shared(String group, int from, int to) {
    return new Permission(
        "tcp", from, to, new Permission.Group(new Link.Known(group)), EndpointRules.DESCRIPTION);
  }

  public static RecordSet alias(String name, String type, String target) {
    return new RecordSet(
        name,
        type,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(new RecordSet.Alias("ZLB", target, true)),
        Map.of(),
        Optional.empty());
  }

  public static RecordSet values(String name, String type, String... values) {
    return new RecordSet(
        name,
        type,
        Optional.empty(),
        Optional.of(300L),
        List.of(values),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  public static RecordSet txt(String name, String owner, String resource) {
    return values(name, "TXT", TxtRegistry.value(owner, resource));
  }
}
