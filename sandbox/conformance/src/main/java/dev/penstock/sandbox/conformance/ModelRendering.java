package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.LoadBalancerTarget;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.PortReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes a stack plan in the form of the golden cases: resources by type and id, links as
 * references. Tags are kept apart, as the tags that a resource gets in AWS.
 */
final class ModelRendering {
  private static final String BALANCING = "AWS::ElasticLoadBalancingV2";

  private final StackPlan plan;
  private final String backendGroup;
  private final ObjectNode resources = MAKE.objectNode();
  private final Map<String, Map<String, String>> tags = new TreeMap<>();
  private final Map<String, List<String>> certificates = new TreeMap<>();

  ModelRendering(StackPlan plan, String backendGroup) {
    this.plan = plan;
    this.backendGroup = backendGroup;
    plan.resources().forEach(this::render);
    plan.bindings().forEach(this::render);
  }

  ObjectNode resources() {
    return resources;
  }

  Map<String, Map<String, String>> tags() {
    return tags;
  }

  Map<String, List<String>> certificates() {
    return certificates;
  }

  private void render(Desired desired) {
    var id = desired.key().id();
    switch (desired.spec()) {
      case SecurityGroupSpec spec ->
          put("AWS::EC2", "SecurityGroup", id, spec.tags(), render(spec));
      case LoadBalancerSpec spec -> put(BALANCING, "LoadBalancer", id, spec.tags(), render(spec));
      case ListenerSpec spec -> {
        if (!spec.certificates().isEmpty()) {
          certificates.put(
              id, spec.certificates().stream().map(ModelRendering::certificate).toList());
        }
        put(BALANCING, "Listener", id, spec.tags(), render(spec));
      }
      case ListenerRuleSpec spec -> {
        var numbered = id.substring(0, id.indexOf(':') + 1) + spec.priority();
        put(BALANCING, "ListenerRule", numbered, spec.tags(), render(spec));
      }
      case TargetGroupSpec spec -> {
        put(BALANCING, "TargetGroup", id, spec.tags(), render(spec));
        spec.behind().ifPresent(behind -> behind(desired.key(), spec, behind));
      }
      case CertificateSpec spec -> put("AWS::ACM", "Certificate", id, spec.tags(), render(spec));
      case ProtectionSpec spec ->
          ProtectionRendering.render(resources, spec, link(spec.loadBalancer()));
      case SecurityGroupRulesSpec _, RecordNameSpec _ ->
          throw new IllegalStateException("not part of an Ingress stack");
    }
  }

  private void put(
      String service, String kind, String id, Map<String, String> tagged, ObjectNode spec) {
    tags.put(kind + " " + id, tagged);
    ((ObjectNode) resources.withObjectProperty(service + "::" + kind))
        .withObjectProperty(id)
        .set("spec", spec);
  }

  private void behind(ResourceKey key, TargetGroupSpec spec, LoadBalancerTarget behind) {
    var type = "FrontendNLBTargetGroup";
    var groups =
        resources
            .withObjectProperty(type)
            .withObjectProperty(type)
            .withObjectProperty("TargetGroups");
    var group = groups.putObject(spec.name());
    group.put("Name", spec.name()).put("Port", spec.port()).put("TargetPort", behind.port());
    group.set("ARN", link(new Link.Ref(key)));
    group.set("TargetARN", link(behind.loadBalancer()));
  }

  private static ObjectNode render(SecurityGroupSpec spec) {
    var node = MAKE.objectNode();
    node.put("groupName", spec.name()).put("description", spec.description());
    var ingress = MAKE.arrayNode();
    for (Permission permission : spec.ingress()) {
      var rule = ingress.addObject();
      rule.put("ipProtocol", permission.protocol());
      rule.put("fromPort", permission.fromPort()).put("toPort", permission.toPort());
      switch (permission.source()) {
        case Permission.Cidr(var cidr) -> rule.putArray("ipRanges").addObject().put("cidrIP", cidr);
        case Permission.CidrV6(var cidr) ->
            rule.putArray("ipv6Ranges").addObject().put("cidrIPv6", cidr);
        case Permission.PrefixList(var id) ->
            rule.putArray("prefixLists").addObject().put("listID", id);
        case Permission.Group _ ->
            throw new IllegalStateException("a frontend group has no group source");
      }
    }
    if (!ingress.isEmpty()) {
      node.set("ingress", ingress);
    }
    return node;
  }

  private ObjectNode render(LoadBalancerSpec spec) {
    var node = MAKE.objectNode();
    node.put("name", spec.name()).put("type", spec.type()).put("scheme", spec.scheme());
    node.put("ipAddressType", spec.ipAddressType());
    var subnets = node.putArray("subnetMapping");
    for (int i = 0; i < spec.subnets().size(); i++) {
      var mapping = subnets.addObject().put("subnetID", spec.subnets().get(i));
      if (!spec.allocationIds().isEmpty()) {
        mapping.put("allocationID", spec.allocationIds().get(i));
      }
    }
    var groups = node.putArray("securityGroups");
    spec.securityGroups().forEach(link -> groups.add(link(link)));
    spec.ipv4IpamPoolId().ifPresent(id -> node.put("ipv4IPAMPool", id));
    spec.customerOwnedIpv4Pool().ifPresent(id -> node.put("customerOwnedIPv4Pool", id));
    spec.minimumCapacityUnits()
        .ifPresent(
            units -> node.putObject("minimumLoadBalancerCapacity").put("capacityUnits", units));
    map(node, "loadBalancerAttributes", spec.attributes());
    return node;
  }

  private ObjectNode render(ListenerSpec spec) {
    var node = MAKE.objectNode();
    node.set("loadBalancerARN", link(spec.loadBalancer()));
    node.put("port", spec.port()).put("protocol", spec.protocol());
    node.set("defaultActions", ActionRendering.actions(spec.defaultActions(), this::link));
    spec.sslPolicy().ifPresent(policy -> node.put("sslPolicy", policy));
    spec.mutualAuthentication()
        .ifPresent(mutual -> {
          var at = node.putObject("mutualAuthentication");
          at.put("mode", mutual.mode());
          at.put("trustStoreArn", mutual.trustStoreArn().orElse(""));
          mutual
              .ignoreClientCertificateExpiry()
              .ifPresent(ignore -> at.put("ignoreClientCertificateExpiry", ignore));
          mutual
              .advertiseTrustStoreCaNames()
              .ifPresent(names -> at.put("advertiseTrustStoreCaNames", names));
        });
    map(node, "listenerAttributes", spec.attributes());
    return node;
  }

  private ObjectNode render(ListenerRuleSpec spec) {
    var node = MAKE.objectNode();
    node.set("listenerARN", link(spec.listener()));
    node.put("priority", spec.priority());
    node.set("conditions", ActionRendering.conditions(spec.conditions()));
    node.set("actions", ActionRendering.actions(spec.actions(), this::link));
    if (!spec.transforms().isEmpty()) {
      node.set("transforms", ActionRendering.transforms(spec.transforms()));
    }
    return node;
  }

  private static ObjectNode render(TargetGroupSpec spec) {
    var node = MAKE.objectNode();
    node.put("name", spec.name()).put("targetType", spec.targetType()).put("port", spec.port());
    node.put("protocol", spec.protocol());
    if (!spec.protocolVersion().isEmpty()) {
      node.put("protocolVersion", spec.protocolVersion());
    }
    node.put("ipAddressType", spec.ipAddressType());
    spec.targetControlPort().ifPresent(port -> node.put("targetControlPort", port));
    map(node, "targetGroupAttributes", spec.attributes());
    var check = spec.healthCheck();
    var health = node.putObject("healthCheckConfig");
    health.put("protocol", check.protocol()).put("path", check.path());
    health.set("port", numberOrText(check.port()));
    health.put("intervalSeconds", check.intervalSeconds());
    health.put("timeoutSeconds", check.timeoutSeconds());
    health.put("healthyThresholdCount", check.healthyThreshold());
    health.put("unhealthyThresholdCount", check.unhealthyThreshold());
    boolean grpc = spec.protocolVersion().equals("GRPC");
    health.putObject("matcher").put(grpc ? "grpcCode" : "httpCode", check.matcher());
    return node;
  }

  private void render(TargetBinding binding) {
    var spec = MAKE.objectNode();
    spec.set("targetGroupARN", link(new Link.Ref(binding.targetGroup())));
    spec.put("targetType", binding.targetType()).put("ipAddressType", binding.ipAddressType());
    spec.put("vpcID", binding.vpcId()).put("targetGroupProtocol", protocol(binding.targetGroup()));
    spec.putObject("serviceRef")
        .put("name", binding.serviceName())
        .set("port", port(binding.servicePort()));
    if (binding.multiCluster()) {
      spec.put("multiClusterTargetGroup", true);
    }
    binding
        .nodeSelector()
        .ifPresent(selector -> {
          var labels = spec.putObject("nodeSelector").putObject("matchLabels");
          selector.matchLabels().forEach(labels::put);
        });
    networking(binding.targetGroup()).ifPresent(networking -> spec.set("networking", networking));
    var template = MAKE.objectNode();
    template
        .putObject("metadata")
        .put("name", binding.name())
        .put("namespace", binding.namespace());
    template.set("spec", spec);
    resources
        .withObjectProperty("K8S::ElasticLoadBalancingV2::TargetGroupBinding")
        .withObjectProperty(binding.targetGroup().id())
        .putObject("spec")
        .set("template", template);
  }

  private Optional<JsonNode> networking(ResourceKey targetGroup) {
    return plan.backendAccess().stream()
        .filter(access -> access.targetGroup().equals(targetGroup))
        .findFirst()
        .map(this::networking);
  }

  private JsonNode networking(BackendAccess access) {
    var node = MAKE.objectNode();
    var rules = node.putArray("ingress");
    for (var port : access.ports()) {
      var rule = rules.addObject();
      if (access.source() instanceof Permission.Group(var group)) {
        rule.putArray("from").addObject().putObject("securityGroup").set("groupID", link(group));
      }
      var at = rule.putArray("ports").addObject().put("protocol", port.protocol());
      port.port().ifPresent(reference -> at.set("port", port(reference)));
    }
    return node;
  }

  private String protocol(ResourceKey targetGroup) {
    return plan.resources().stream()
        .filter(desired -> desired.key().equals(targetGroup))
        .map(desired -> desired.spec() instanceof TargetGroupSpec spec ? spec.protocol() : "")
        .findFirst()
        .orElse("");
  }

  private JsonNode link(Link link) {
    return switch (link) {
      case Link.Known(var id) -> MAKE.textNode(id);
      case Link.Ref(var key) ->
          key.stack().kind() == StackKind.SHARED
              ? MAKE.textNode(backendGroup)
              : MAKE.objectNode()
                  .put(
                      "$ref",
                      "#/resources/"
                          + type(key.kind())
                          + "/"
                          + key.id()
                          + "/status/"
                          + output(key.kind()));
    };
  }

  /** As the cases list the certificates of a listener. */
  private static String certificate(Link link) {
    return switch (link) {
      case Link.Known(var arn) -> arn;
      case Link.Ref(var key) -> "ref " + type(key.kind()) + " " + key.id();
    };
  }

  private static ObjectNode render(CertificateSpec spec) {
    var node = MAKE.objectNode();
    node.put("type", spec.authorityArn().isPresent() ? "PRIVATE" : "AMAZON_ISSUED");
    node.put("domainName", spec.names().getFirst());
    spec.names().forEach(node.putArray("subjectAlternativeNames")::add);
    node.put("certificateAuthorityARN", spec.authorityArn().orElse(""));
    return node.put("validationMethod", "DNS").put("keyAlgorithm", "");
  }

  private static String type(ResourceKind kind) {
    return switch (kind) {
      case SECURITY_GROUP -> "AWS::EC2::SecurityGroup";
      case CERTIFICATE -> "AWS::ACM::Certificate";
      case LOAD_BALANCER,
          LISTENER,
          LISTENER_RULE,
          TARGET_GROUP,
          SECURITY_GROUP_RULES,
          PROTECTION,
          RECORD_NAME,
          INVENTORY ->
          BALANCING + "::" + kind.text();
    };
  }

  private static String output(ResourceKind kind) {
    return switch (kind) {
      case SECURITY_GROUP -> "groupID";
      case LOAD_BALANCER -> "loadBalancerARN";
      case LISTENER -> "listenerARN";
      case TARGET_GROUP -> "targetGroupARN";
      case CERTIFICATE -> "certificateARN";
      case LISTENER_RULE, SECURITY_GROUP_RULES, PROTECTION, RECORD_NAME, INVENTORY ->
          throw new IllegalStateException("nothing refers to a " + kind.text());
    };
  }

  private static JsonNode port(PortReference reference) {
    return switch (reference) {
      case PortReference.Named(var name) -> MAKE.textNode(name);
      case PortReference.Numbered(var number) -> MAKE.numberNode(number);
    };
  }

  private static JsonNode numberOrText(String text) {
    return text.matches("-?[0-9]{1,9}")
        ? MAKE.numberNode(Integer.parseInt(text))
        : MAKE.textNode(text);
  }

  private static void map(ObjectNode node, String name, Map<String, String> map) {
    if (!map.isEmpty()) {
      ArrayNode pairs = node.putArray(name);
      new TreeMap<>(map)
          .forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
    }
  }
}
