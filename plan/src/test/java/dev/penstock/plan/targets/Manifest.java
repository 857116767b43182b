package dev.penstock.plan.targets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Cases;
import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.LabelSelector;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A cluster out of Kubernetes objects as YAML writes them; only what target decisions read. */
final class Manifest implements ClusterView {
  private final ClusterRegistration registration;
  private final Set<ObjectKind> unlisted;
  private final Map<ObjectKey, KubernetesObject> objects = new TreeMap<>();

  Manifest(ClusterRegistration registration, JsonNode list, Set<ObjectKind> unlisted) {
    this.registration = registration;
    this.unlisted = unlisted;
    for (var object : list) {
      read(object).ifPresent(o -> objects.put(o.key(registration.cluster()), o));
    }
  }

  @Override
  public ClusterRegistration registration() {
    return registration;
  }

  @Override
  public ScopeSettings settings() {
    return ScopeSettings.defaults();
  }

  @Override
  public Optional<KubernetesObject> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public List<KubernetesObject> list(ObjectKind kind) {
    return objects.values().stream().filter(o -> o.kind() == kind).toList();
  }

  @Override
  public List<KubernetesObject> slices(String namespace, String service) {
    return list(ObjectKind.ENDPOINT_SLICE).stream()
        .filter(o -> o.metadata().namespace().equals(namespace))
        .filter(o -> ((EndpointSlice) o).serviceName().equals(service))
        .toList();
  }

  @Override
  public boolean isListed(ObjectKind kind) {
    return !unlisted.contains(kind);
  }

  private static Optional<KubernetesObject> read(JsonNode object) {
    var spec = object.path("spec");
    var status = object.path("status");
    return switch (object.get("kind").asText()) {
      case "Service" -> Optional.of(service(object, spec));
      case "EndpointSlice" -> Optional.of(slice(object));
      case "Pod" -> Optional.of(pod(object, spec, status));
      case "Node" -> Optional.of(node(object, spec, status));
      case "TargetGroupBinding" -> Optional.of(binding(object, spec));
      default -> Optional.empty();
    };
  }

  private static Service service(JsonNode object, JsonNode spec) {
    return new Service(
        metadata(object),
        spec.path("type").asText("ClusterIP"),
        "",
        List.of(),
        list(
            spec.path("ports"),
            p ->
                new Service.Port(
                    p.path("name").asText(""),
                    p.path("port").asInt(),
                    port(p.path("targetPort")),
                    p.path("nodePort").asInt(0),
                    p.path("protocol").asText("TCP"))),
        Map.of(),
        "",
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static EndpointSlice slice(JsonNode object) {
    var metadata = metadata(object);
    return new EndpointSlice(
        metadata,
        metadata.labels().getOrDefault("kubernetes.io/service-name", ""),
        object.path("addressType").asText("IPv4"),
        list(
            object.path("ports"),
            p ->
                new EndpointSlice.Port(
                    p.path("name").asText(""),
                    p.path("port").asInt(0),
                    p.path("protocol").asText("TCP"))),
        list(object.path("endpoints"), Manifest::endpoint));
  }

  private static EndpointSlice.Endpoint endpoint(JsonNode e) {
    var conditions = e.path("conditions");
    var target = e.path("targetRef");
    return new EndpointSlice.Endpoint(
        Cases.texts(e.path("addresses")),
        truth(conditions, "ready"),
        truth(conditions, "serving"),
        truth(conditions, "terminating"),
        target.path("kind").asText("").equals("Pod")
            ? Optional.of(
                new EndpointSlice.PodReference(
                    target.path("name").asText(),
                    target.path("uid").asText(""),
                    target.path("namespace").asText("")))
            : Optional.empty(),
        text(e, "nodeName"),
        text(e, "zone"));
  }

  private static Pod pod(JsonNode object, JsonNode spec, JsonNode status) {
    var containers = new ArrayList<>(list(spec.path("containers"), c -> c));
    for (var init : list(spec.path("initContainers"), c -> c)) {
      if (init.path("restartPolicy").asText("").equals("Always")) {
        containers.add(init);
      }
    }
    var ports = new ArrayList<Pod.ContainerPort>();
    for (var container : containers) {
      container
          .path("ports")
          .forEach(p ->
              ports.add(
                  new Pod.ContainerPort(
                      p.path("name").asText(""),
                      p.path("containerPort").asInt(),
                      p.path("protocol").asText("TCP"),
                      text(p, "quicServerId"))));
    }
    return new Pod(
        metadata(object),
        spec.path("nodeName").asText(""),
        text(status, "podIP").stream().toList(),
        "",
        status.path("phase").asText("Running"),
        conditions(status),
        list(spec.path("readinessGates"), g -> g.path("conditionType").asText()),
        ports);
  }

  private static Node node(JsonNode object, JsonNode spec, JsonNode status) {
    return new Node(
        metadata(object),
        spec.path("providerID").asText(""),
        list(status.path("addresses"), a -> a.path("address").asText()),
        conditions(status).stream()
            .filter(c -> c.type().equals("Ready"))
            .map(Condition::status)
            .findFirst()
            .orElse("False"),
        spec.path("unschedulable").asBoolean(false),
        list(
            spec.path("taints"),
            t ->
                new Node.Taint(
                    t.path("key").asText(),
                    t.path("value").asText(""),
                    t.path("effect").asText())));
  }

  private static TargetGroupBinding binding(JsonNode object, JsonNode spec) {
    var networking = spec.path("networking");
    return new TargetGroupBinding(
        metadata(object),
        new TargetGroupBinding.Spec(
            text(spec, "targetGroupARN"),
            text(spec, "targetGroupName"),
            text(spec, "targetType"),
            text(spec, "targetGroupProtocol"),
            spec.path("serviceRef").path("name").asText(),
            port(spec.path("serviceRef").path("port")),
            networking.isMissingNode()
                ? Optional.empty()
                : Optional.of(
                    new TargetGroupBinding.Networking(
                        list(networking.path("ingress"), Manifest::rule))),
            spec.has("nodeSelector")
                ? Optional.of(selector(spec.path("nodeSelector")))
                : Optional.empty(),
            text(spec, "ipAddressType"),
            text(spec, "vpcID"),
            spec.path("multiClusterTargetGroup").asBoolean(false),
            text(spec, "iamRoleArnToAssume"),
            text(spec, "assumeRoleExternalId")),
        0,
        List.of());
  }

  private static TargetGroupBinding.NetworkingRule rule(JsonNode rule) {
    return new TargetGroupBinding.NetworkingRule(
        list(
            rule.path("from"),
            f ->
                new TargetGroupBinding.Peer(
                    text(f.path("securityGroup"), "groupID"), text(f.path("ipBlock"), "cidr"))),
        list(
            rule.path("ports"),
            p ->
                new TargetGroupBinding.NetworkingPort(
                    p.path("protocol").asText(""),
                    p.has("port") ? Optional.of(port(p.get("port"))) : Optional.empty())));
  }

  private static LabelSelector selector(JsonNode selector) {
    return new LabelSelector(
        map(selector.path("matchLabels")),
        list(
            selector.path("matchExpressions"),
            e ->
                new LabelSelector.Expression(
                    e.path("key").asText(),
                    e.path("operator").asText(),
                    Cases.texts(e.path("values")))));
  }

  private static Metadata metadata(JsonNode object) {
    var metadata = object.get("metadata");
    return new Metadata(
        metadata.path("namespace").asText(""),
        metadata.path("name").asText(),
        metadata.path("uid").asText(metadata.path("name").asText()),
        "1",
        1,
        map(metadata.path("labels")),
        map(metadata.path("annotations")),
        List.of(),
        Optional.empty(),
        text(metadata, "deletionTimestamp").map(_ -> Instant.EPOCH));
  }

  private static List<Condition> conditions(JsonNode status) {
    return list(
        status.path("conditions"),
        c ->
            new Condition(
                c.path("type").asText(),
                c.path("status").asText(),
                c.path("reason").asText(""),
                c.path("message").asText("")));
  }

  private static PortReference port(JsonNode port) {
    return port.isInt()
        ? new PortReference.Numbered(port.asInt())
        : new PortReference.Named(port.asText(""));
  }

  private static Optional<Boolean> truth(JsonNode node, String field) {
    return node.has(field) ? Optional.of(node.get(field).asBoolean()) : Optional.empty();
  }

  private static Optional<String> text(JsonNode node, String field) {
    return node.has(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
  }

  private static Map<String, String> map(JsonNode node) {
    var map = new TreeMap<String, String>();
    node.properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  private static <T> List<T> list(JsonNode node, Function<JsonNode, T> read) {
    return StreamSupport.stream(node.spliterator(), false).map(read).toList();
  }
}
