package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MutualAuthenticationAttributes;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Load balancers, target groups and security groups as they stand, in the form of a story. */
final class AwsPicture {
  private static final List<String> HEALTH_CHECK =
      List.of("port", "protocol", "intervalSeconds", "path", "timeoutSeconds");

  private final StoryNames names;
  private final AttributeNorms norms;
  private final AddOnPicture addOns;

  AwsPicture(StoryNames names, AttributeNorms norms, AddOnPicture addOns) {
    this.names = names;
    this.norms = norms;
    this.addOns = addOns;
  }

  ObjectNode draw() {
    names.look();
    var picture = MAKE.objectNode();
    var balancers = picture.putObject("loadBalancers");
    for (var balancer : names.elb().describeLoadBalancers().loadBalancers()) {
      balancers.set(names.of(balancer.loadBalancerArn()), balancer(balancer));
    }
    var groups = picture.putObject("targetGroups");
    for (var group : names.elb().describeTargetGroups().targetGroups()) {
      groups.set(names.of(group.targetGroupArn()), group(group));
    }
    picture.set("securityGroups", new GroupPicture(names).draw());
    return picture;
  }

  private ObjectNode balancer(LoadBalancer balancer) {
    var node = MAKE.objectNode();
    var arn = balancer.loadBalancerArn();
    node.put("name", balancer.loadBalancerName());
    node.put("type", balancer.typeAsString());
    node.put("scheme", balancer.schemeAsString());
    node.put("ipAddressType", balancer.ipAddressTypeAsString());
    put(node, "securityGroups", balancer.securityGroups().stream().map(names::of).toList());
    put(
        node,
        "subnets",
        balancer.availabilityZones().stream().map(zone -> zone.subnetId()).toList());
    if ("on".equals(balancer.enablePrefixForIpv6SourceNatAsString())) {
      node.put("enablePrefixForIpv6SourceNat", "on");
    }
    tags(node, arn);
    var set = norms.loadBalancer(balancer.typeAsString());
    var shown = names.elb().describeLoadBalancerAttributes(r -> r.loadBalancerArn(arn));
    attributes(node, set, pairs -> shown.attributes().forEach(a -> pairs.put(a.key(), a.value())));
    addOns.draw(arn, node);
    var listeners = node.putObject("listeners");
    for (var listener : names.elb().describeListeners(r -> r.loadBalancerArn(arn)).listeners()) {
      listeners.set("" + listener.port(), listener(listener, balancer.typeAsString()));
    }
    return node;
  }

  private ObjectNode listener(Listener listener, String type) {
    var node = MAKE.objectNode();
    var arn = listener.listenerArn();
    node.put("listener", names.of(arn));
    node.put("protocol", listener.protocolAsString());
    node.set("defaultActions", trees(listener.defaultActions()));
    Optional.ofNullable(listener.sslPolicy()).ifPresent(policy -> node.put("sslPolicy", policy));
    certificates(node, arn);
    Optional.ofNullable(listener.mutualAuthentication())
        .ifPresent(mutual -> node.set("mutualAuthentication", mutual(mutual)));
    tags(node, arn);
    var shown = names.elb().describeListenerAttributes(r -> r.listenerArn(arn));
    attributes(
        node,
        norms.listener(type),
        pairs -> shown.attributes().forEach(a -> pairs.put(a.key(), a.value())));
    var rules = MAKE.arrayNode();
    names.elb().describeRules(r -> r.listenerArn(arn)).rules().stream()
        .filter(rule -> !rule.isDefault())
        .sorted(Comparator.comparingInt(rule -> Integer.parseInt(rule.priority())))
        .forEach(rule -> rules.add(rule(rule)));
    node.set("rules", rules);
    return node;
  }

  private ObjectNode mutual(MutualAuthenticationAttributes mutual) {
    var node = SdkTrees.tree(mutual, names::of);
    node.remove("trustStoreAssociationStatus");
    return node;
  }

  private void certificates(ObjectNode node, String arn) {
    var sni = new TreeSet<String>();
    var shown = names.elb().describeListenerCertificates(r -> r.listenerArn(arn));
    for (var certificate : shown.certificates()) {
      if (Boolean.TRUE.equals(certificate.isDefault())) {
        node.put("defaultCertificate", certificate.certificateArn());
      } else {
        sni.add(certificate.certificateArn());
      }
    }
    put(node, "sniCertificates", sni);
  }

  private ObjectNode rule(Rule rule) {
    var node = MAKE.objectNode();
    node.put("priority", Integer.parseInt(rule.priority()));
    node.set("conditions", trees(rule.conditions()));
    node.set("actions", trees(rule.actions()));
    if (!rule.transforms().isEmpty()) {
      node.set("transforms", trees(rule.transforms()));
    }
    tags(node, rule.ruleArn());
    return node;
  }

  private ArrayNode trees(List<? extends SdkPojo> models) {
    var trees = MAKE.arrayNode();
    models.forEach(model -> trees.add(SdkTrees.tree(model, names::of)));
    return trees;
  }

  private ObjectNode group(TargetGroup group) {
    var node = MAKE.objectNode();
    var arn = group.targetGroupArn();
    var tree = SdkTrees.tree(group, names::of);
    for (var field :
        List.of(
            "ipAddressType",
            "port",
            "protocol",
            "protocolVersion",
            "targetType",
            "targetControlPort")) {
      if (tree.has(field)) {
        node.set(field, tree.get(field));
      }
    }
    var check = node.putObject("healthCheck");
    for (var field : HEALTH_CHECK) {
      var shown =
          tree.path("healthCheck" + Character.toUpperCase(field.charAt(0)) + field.substring(1));
      if (!shown.isMissingNode()) {
        check.set(field, shown);
      }
    }
    for (var field : List.of("healthyThresholdCount", "unhealthyThresholdCount", "matcher")) {
      if (tree.has(field)) {
        check.set(field, tree.get(field));
      }
    }
    tags(node, arn);
    var shown = names.elb().describeTargetGroupAttributes(r -> r.targetGroupArn(arn));
    attributes(
        node,
        norms.targetGroup(group),
        pairs -> shown.attributes().forEach(a -> pairs.put(a.key(), a.value())));
    var targets = new TreeSet<String>();
    for (var health :
        names.elb().describeTargetHealth(r -> r.targetGroupArn(arn)).targetHealthDescriptions()) {
      if (!health.targetHealth().stateAsString().equals("draining")) {
        targets.add(names.of(health.target().id()) + ":" + health.target().port());
      }
    }
    put(node, "targets", targets);
    return node;
  }

  private void tags(ObjectNode node, String arn) {
    var tags = node.putObject("tags");
    names.elb().describeTags(r -> r.resourceArns(arn)).tagDescriptions().stream()
        .flatMap(description -> description.tags().stream())
        .forEach(tag -> tags.put(tag.key(), tag.value()));
  }

  /** Only what differs from AWS's own defaults. */
  private static void attributes(
      ObjectNode node, Map<String, String> normal, Consumer<Map<String, String>> shown) {
    var pairs = new TreeMap<String, String>();
    shown.accept(pairs);
    pairs.entrySet().removeIf(pair -> pair.getValue().equals(normal.get(pair.getKey())));
    if (!pairs.isEmpty()) {
      pairs.forEach(node.putObject("attributes")::put);
    }
  }

  private static void put(ObjectNode node, String field, Iterable<String> values) {
    var sorted = new TreeSet<String>();
    values.forEach(sorted::add);
    if (!sorted.isEmpty()) {
      sorted.forEach(node.putArray(field)::add);
    }
  }
}
