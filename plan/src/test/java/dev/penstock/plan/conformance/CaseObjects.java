package dev.penstock.plan.conformance;

import static dev.penstock.plan.conformance.Nodes.list;
import static dev.penstock.plan.conformance.Nodes.map;
import static dev.penstock.plan.conformance.Nodes.optional;
import static dev.penstock.plan.conformance.Nodes.text;
import static dev.penstock.plan.conformance.Nodes.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClass;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.KeyValue;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.LabelSelector;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Namespace;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.Secret;
import dev.penstock.schemas.kubernetes.Service;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kubernetes objects of a case file as projections. */
final class CaseObjects {
  private CaseObjects() {}

  static Optional<KubernetesObject> read(JsonNode object) {
    var metadata = metadata(object.path("metadata"));
    var spec = object.path("spec");
    return switch (text(object, "kind")) {
      case "Ingress" -> Optional.of(ingress(metadata, spec));
      case "IngressClass" -> Optional.of(ingressClass(metadata, spec));
      case "IngressClassParams" -> Optional.of(params(metadata, spec));
      case "Service" -> Optional.of(service(metadata, spec));
      case "Namespace" -> Optional.of(new Namespace(metadata));
      case "Secret" -> Optional.of(secret(metadata, object));
      default -> Optional.empty();
    };
  }

  private static Metadata metadata(JsonNode node) {
    return new Metadata(
        text(node, "namespace"),
        text(node, "name"),
        text(node, "uid"),
        "1",
        1,
        map(node.path("labels")),
        map(node.path("annotations")),
        texts(node.path("finalizers")),
        optional(node, "creationTimestamp").map(Instant::parse),
        optional(node, "deletionTimestamp").map(Instant::parse));
  }

  private static Ingress ingress(Metadata metadata, JsonNode spec) {
    return new Ingress(
        metadata,
        optional(spec, "ingressClassName"),
        spec.hasNonNull("defaultBackend")
            ? Optional.of(backend(spec.get("defaultBackend")))
            : Optional.empty(),
        list(
            spec.path("rules"),
            rule ->
                new Ingress.Rule(
                    text(rule, "host"), list(rule.path("http").path("paths"), CaseObjects::path))),
        list(
            spec.path("tls"),
            tls -> new Ingress.Tls(texts(tls.path("hosts")), optional(tls, "secretName"))),
        List.of());
  }

  private static Ingress.Path path(JsonNode path) {
    return new Ingress.Path(
        text(path, "path"),
        optional(path, "pathType").orElse("ImplementationSpecific"),
        backend(path.path("backend")));
  }

  private static Ingress.Backend backend(JsonNode backend) {
    if (!backend.hasNonNull("service")) {
      return new Ingress.Backend(Optional.empty());
    }
    var service = backend.get("service");
    var port = service.path("port");
    PortReference reference =
        port.hasNonNull("name") && !text(port, "name").isEmpty()
            ? new PortReference.Named(text(port, "name"))
            : new PortReference.Numbered(port.path("number").asInt());
    return new Ingress.Backend(
        Optional.of(new Ingress.ServiceBackend(text(service, "name"), reference)));
  }

  private static IngressClass ingressClass(Metadata metadata, JsonNode spec) {
    var parameters = spec.path("parameters");
    return new IngressClass(
        metadata,
        text(spec, "controller"),
        parameters.isMissingNode()
            ? Optional.empty()
            : Optional.of(
                new IngressClass.Parameters(
                    text(parameters, "apiGroup"),
                    text(parameters, "kind"),
                    text(parameters, "name"))));
  }

  private static IngressClassParams params(Metadata metadata, JsonNode spec) {
    var prefixLists = texts(spec.path("prefixListsIDs"));
    return new IngressClassParams(
        metadata,
        spec.hasNonNull("namespaceSelector")
            ? Optional.of(selector(spec.get("namespaceSelector")))
            : Optional.empty(),
        optional(spec.path("group"), "name"),
        optional(spec, "loadBalancerName"),
        optional(spec, "scheme"),
        optional(spec, "ipAddressType"),
        texts(spec.path("certificateArn")),
        optional(spec, "sslPolicy"),
        optional(spec, "sslRedirectPort"),
        texts(spec.path("inboundCIDRs")),
        prefixLists.isEmpty() ? texts(spec.path("PrefixListsIDs")) : prefixLists,
        optional(spec, "wafv2AclArn"),
        optional(spec, "wafv2AclName"),
        texts(spec.path("subnets").path("ids")),
        tagLists(spec.path("subnets").path("tags")),
        optional(spec, "targetType"),
        pairs(spec.path("tags")),
        pairs(spec.path("loadBalancerAttributes")),
        list(
            spec.path("listeners"),
            l ->
                new IngressClassParams.ListenerParams(
                    text(l, "protocol"),
                    l.path("port").asInt(),
                    pairs(l.path("listenerAttributes")))),
        spec.path("minimumLoadBalancerCapacity").hasNonNull("capacityUnits")
            ? Optional.of(spec.path("minimumLoadBalancerCapacity").path("capacityUnits").asLong())
            : Optional.empty(),
        optional(spec.path("ipamConfiguration"), "ipv4IPAMPoolId"));
  }

  private static Map<String, List<String>> tagLists(JsonNode tags) {
    var lists = new LinkedHashMap<String, List<String>>();
    tags.properties().forEach(e -> lists.put(e.getKey(), texts(e.getValue())));
    return lists;
  }

  private static List<KeyValue> pairs(JsonNode pairs) {
    return list(pairs, pair -> new KeyValue(text(pair, "key"), text(pair, "value")));
  }

  private static LabelSelector selector(JsonNode selector) {
    return new LabelSelector(
        map(selector.path("matchLabels")),
        list(
            selector.path("matchExpressions"),
            e ->
                new LabelSelector.Expression(
                    text(e, "key"), text(e, "operator"), texts(e.path("values")))));
  }

  private static Service service(Metadata metadata, JsonNode spec) {
    return new Service(
        metadata,
        optional(spec, "type").orElse("ClusterIP"),
        text(spec, "clusterIP"),
        texts(spec.path("ipFamilies")),
        list(spec.path("ports"), CaseObjects::port),
        map(spec.path("selector")),
        text(spec, "externalTrafficPolicy"),
        spec.path("healthCheckNodePort").asInt(),
        optional(spec, "loadBalancerClass"),
        texts(spec.path("loadBalancerSourceRanges")),
        texts(spec.path("externalIPs")),
        optional(spec, "externalName"),
        List.of());
  }

  private static Service.Port port(JsonNode port) {
    var target = port.path("targetPort");
    PortReference targetPort =
        target.isTextual()
            ? new PortReference.Named(target.asText())
            : new PortReference.Numbered(target.asInt());
    return new Service.Port(
        text(port, "name"),
        port.path("port").asInt(),
        targetPort,
        port.path("nodePort").asInt(),
        optional(port, "protocol").orElse("TCP"));
  }

  private static Secret secret(Metadata metadata, JsonNode object) {
    var data = object.path("data");
    return new Secret(
        metadata,
        optional(data, "clientID").or(() -> optional(data, "clientId")).map(CaseObjects::decode));
  }

  private static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).stripTrailing();
  }
}
