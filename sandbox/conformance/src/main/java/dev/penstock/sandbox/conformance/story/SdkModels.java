package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MutualAuthenticationAttributes;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The SDK's models from the trees of a story: the way back of {@link SdkTrees}. */
final class SdkModels {
  private final UnaryOperator<String> ids;

  /** Texts that name things become their ids. */
  SdkModels(UnaryOperator<String> ids) {
    this.ids = ids;
  }

  /** A model of each pair of a map. */
  private static <M> List<M> pairs(JsonNode map, BiFunction<String, String, M> model) {
    var models = new ArrayList<M>();
    Nodes.map(map).forEach((key, value) -> models.add(model.apply(key, value)));
    return models;
  }

  static List<Tag> tags(JsonNode thing) {
    return pairs(thing.path("tags"), (k, v) -> Tag.builder().key(k).value(v).build());
  }

  static List<software.amazon.awssdk.services.ec2.model.Tag> ec2Tags(JsonNode thing) {
    return pairs(
        thing.path("tags"),
        (k, v) -> software.amazon.awssdk.services.ec2.model.Tag.builder().key(k).value(v).build());
  }

  static List<LoadBalancerAttribute> loadBalancerAttributes(JsonNode balancer) {
    return pairs(
        balancer.path("attributes"),
        (k, v) -> LoadBalancerAttribute.builder().key(k).value(v).build());
  }

  static List<TargetGroupAttribute> targetGroupAttributes(JsonNode group) {
    return pairs(
        group.path("attributes"), (k, v) -> TargetGroupAttribute.builder().key(k).value(v).build());
  }

  static List<ListenerAttribute> listenerAttributes(JsonNode listener) {
    return pairs(
        listener.path("attributes"), (k, v) -> ListenerAttribute.builder().key(k).value(v).build());
  }

  /** The rules of a security group. */
  List<IpPermission> permissions(JsonNode rules) {
    return Nodes.list(rules, this::permission);
  }

  private IpPermission permission(JsonNode rule) {
    var builder = IpPermission.builder().ipProtocol(text(rule, "protocol"));
    if (rule.has("fromPort")) {
      builder.fromPort(rule.get("fromPort").asInt()).toPort(rule.path("toPort").asInt());
    }
    var words = optional(rule, "description").orElse(null);
    optional(rule, "cidr").ifPresent(it -> builder.ipRanges(r -> r.cidrIp(it).description(words)));
    optional(rule, "cidrV6")
        .ifPresent(it -> builder.ipv6Ranges(r -> r.cidrIpv6(it).description(words)));
    optional(rule, "prefixList")
        .ifPresent(it -> builder.prefixListIds(r -> r.prefixListId(it).description(words)));
    optional(rule, "group")
        .ifPresent(
            it -> builder.userIdGroupPairs(r -> r.groupId(ids.apply(it)).description(words)));
    return builder.build();
  }

  List<Action> actions(JsonNode trees) {
    var actions = new ArrayList<Action>();
    for (var tree : trees) {
      var type = text(tree, "type");
      ObjectNode config = tree.deepCopy();
      config.remove("type");
      var node = MAKE.objectNode().put("type", type).put("order", actions.size() + 1);
      switch (type) {
        case "forward" -> node.set("forwardConfig", forward(config));
        case "authenticate-oidc" ->
            node.set("authenticateOidcConfig", config.put("clientSecret", "secret"));
        default -> node.set(camel(type) + "Config", config);
      }
      actions.add(fill(Action.builder(), node).build());
    }
    return actions;
  }

  private static ObjectNode forward(ObjectNode tree) {
    var config = MAKE.objectNode();
    var tuples = config.putArray("targetGroups");
    tree.path("targetGroups")
        .forEach(tuple ->
            tuples
                .addObject()
                .put("targetGroupArn", text(tuple, "targetGroup"))
                .put("weight", tuple.path("weight").asInt(1)));
    if (tree.has("stickiness")) {
      config.set("targetGroupStickinessConfig", tree.get("stickiness"));
    }
    return config;
  }

  List<RuleCondition> conditions(JsonNode trees) {
    var conditions = new ArrayList<RuleCondition>();
    for (var tree : trees) {
      var field = text(tree, "field");
      ObjectNode config = tree.deepCopy();
      config.remove("field");
      if (config.has("name")) {
        config.set("httpHeaderName", config.remove("name"));
      }
      var node = MAKE.objectNode().put("field", field);
      node.set(camel(field) + "Config", config);
      conditions.add(fill(RuleCondition.builder(), node).build());
    }
    return conditions;
  }

  List<RuleTransform> transforms(JsonNode trees) {
    var transforms = new ArrayList<RuleTransform>();
    for (var tree : trees) {
      var node = MAKE.objectNode().put("type", text(tree, "type"));
      node.putObject(camel(text(tree, "type")) + "Config").set("rewrites", tree.path("rewrites"));
      transforms.add(fill(RuleTransform.builder(), node).build());
    }
    return transforms;
  }

  MutualAuthenticationAttributes mutual(JsonNode tree) {
    return fill(MutualAuthenticationAttributes.builder(), tree).build();
  }

  /** Sets every field of the builder that the tree has. */
  <B extends SdkPojo> B fill(B builder, JsonNode tree) {
    for (SdkField<?> field : builder.sdkFields()) {
      var value = tree.path(lower(field.memberName()));
      if (!value.isMissingNode()) {
        field.set(builder, value(field, value));
      }
    }
    return builder;
  }

  private Object value(SdkField<?> field, JsonNode value) {
    var type = field.marshallingType();
    if (type.equals(MarshallingType.SDK_POJO)) {
      var builder = fill(field.constructor().get(), value);
      return builder instanceof SdkBuilder<?, ?> it ? it.build() : builder;
    }
    if (type.equals(MarshallingType.LIST)) {
      var member = field.getTrait(ListTrait.class).memberFieldInfo();
      var items = new ArrayList<Object>();
      value.forEach(item -> items.add(value(member, item)));
      return items;
    }
    if (type.equals(MarshallingType.INTEGER)) {
      return value.asInt();
    }
    if (type.equals(MarshallingType.LONG)) {
      return value.asLong();
    }
    return type.equals(MarshallingType.BOOLEAN)
        ? (Object) value.asBoolean()
        : ids.apply(value.asText());
  }

  /** {@code fixed-response} is fixedResponse. */
  private static String camel(String words) {
    var parts = words.split("-");
    var name = new StringBuilder(parts[0]);
    for (int n = 1; n < parts.length; n++) {
      name.append(parts[n].substring(0, 1).toUpperCase(Locale.ROOT)).append(parts[n].substring(1));
    }
    return name.toString();
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
