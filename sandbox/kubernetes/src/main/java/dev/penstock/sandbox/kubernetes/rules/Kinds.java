package dev.penstock.sandbox.kubernetes.rules;

import static dev.penstock.sandbox.kubernetes.rules.Kind.Trait.ALL;
import static dev.penstock.sandbox.kubernetes.rules.Kind.Trait.CUSTOM;
import static dev.penstock.sandbox.kubernetes.rules.Kind.Trait.GENERATION;
import static dev.penstock.sandbox.kubernetes.rules.Kind.Trait.SCALE;
import static dev.penstock.sandbox.kubernetes.rules.Kind.Trait.STATUS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The table of the kinds that are served: built in, and those of the CustomResourceDefinitions in
 * the store.
 */
public final class Kinds {
  public static final Kind NAMESPACE =
      kind("", "v1", "Namespace", "namespaces", "ns", false, STATUS);
  public static final Kind POD = kind("", "v1", "Pod", "pods", "po", true, STATUS, ALL);
  public static final Kind SERVICE =
      kind("", "v1", "Service", "services", "svc", true, STATUS, ALL);
  public static final Kind NODE = kind("", "v1", "Node", "nodes", "no", false, STATUS);
  public static final Kind EVENT = kind("", "v1", "Event", "events", "ev", true);
  public static final Kind SECRET = kind("", "v1", "Secret", "secrets", "", true);
  public static final Kind CONFIG_MAP = kind("", "v1", "ConfigMap", "configmaps", "cm", true);
  public static final Kind SERVICE_ACCOUNT =
      kind("", "v1", "ServiceAccount", "serviceaccounts", "sa", true);
  public static final Kind ENDPOINTS = kind("", "v1", "Endpoints", "endpoints", "ep", true);
  public static final Kind DEPLOYMENT =
      kind(
          "apps",
          "v1",
          "Deployment",
          "deployments",
          "deploy",
          true,
          STATUS,
          GENERATION,
          SCALE,
          ALL);
  public static final Kind REPLICA_SET =
      kind("apps", "v1", "ReplicaSet", "replicasets", "rs", true, STATUS, GENERATION, SCALE, ALL);
  public static final Kind STATEFUL_SET =
      kind(
          "apps", "v1", "StatefulSet", "statefulsets", "sts", true, STATUS, GENERATION, SCALE, ALL);
  public static final Kind DAEMON_SET =
      kind("apps", "v1", "DaemonSet", "daemonsets", "ds", true, STATUS, GENERATION, ALL);
  public static final Kind INGRESS =
      kind("networking.k8s.io", "v1", "Ingress", "ingresses", "ing", true, STATUS, GENERATION);
  public static final Kind INGRESS_CLASS =
      kind("networking.k8s.io", "v1", "IngressClass", "ingressclasses", "", false, GENERATION);
  public static final Kind ENDPOINT_SLICE =
      kind("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", "", true, GENERATION);
  public static final Kind LEASE = kind("coordination.k8s.io", "v1", "Lease", "leases", "", true);
  public static final Kind CUSTOM_RESOURCE_DEFINITION =
      kind(
          "apiextensions.k8s.io",
          "v1",
          "CustomResourceDefinition",
          "customresourcedefinitions",
          "crd",
          false,
          STATUS,
          GENERATION);

  /** In the order in which discovery lists them. */
  public static final List<Kind> BUILT_IN =
      List.of(
          CONFIG_MAP,
          ENDPOINTS,
          EVENT,
          NAMESPACE,
          NODE,
          POD,
          SECRET,
          SERVICE_ACCOUNT,
          SERVICE,
          DAEMON_SET,
          DEPLOYMENT,
          REPLICA_SET,
          STATEFUL_SET,
          INGRESS,
          INGRESS_CLASS,
          ENDPOINT_SLICE,
          LEASE,
          CUSTOM_RESOURCE_DEFINITION);

  private final ObjectStore store;

  public Kinds(ObjectStore store) {
    this.store = store;
  }

  public List<Kind> all() {
    var all = new ArrayList<>(BUILT_IN);
    for (var definition : store.list(CUSTOM_RESOURCE_DEFINITION.resource(), "")) {
      for (var version : definition.path("spec").path("versions")) {
        if (version.path("served").asBoolean()) {
          all.add(custom(definition, version));
        }
      }
    }
    return all;
  }

  public Optional<Kind> find(String group, String version, String plural) {
    return all().stream()
        .filter(k -> k.group().equals(group) && k.version().equals(version))
        .filter(k -> k.plural().equals(plural))
        .findFirst();
  }

  /** By {@code plural} or {@code plural.group}. */
  public Optional<Kind> find(String resource) {
    return all().stream().filter(k -> k.resource().equals(resource)).findFirst();
  }

  public Optional<Kind> ofObject(String apiVersion, String kind) {
    return all().stream()
        .filter(k -> k.apiVersion().equals(apiVersion) && k.kind().equals(kind))
        .findFirst();
  }

  private static Kind custom(JsonNode definition, JsonNode version) {
    var spec = definition.path("spec");
    var traits = EnumSet.of(CUSTOM, GENERATION);
    if (version.path("subresources").has("status")) {
      traits.add(STATUS);
    }
    if (Tree.items(spec, "names", "categories").stream().anyMatch(c -> c.asText().equals("all"))) {
      traits.add(ALL);
    }
    return new Kind(
        Tree.text(spec, "group"),
        Tree.text(version, "name"),
        Tree.text(spec, "names", "kind"),
        Tree.text(spec, "names", "plural"),
        Tree.items(spec, "names", "shortNames").stream().map(JsonNode::asText).toList(),
        Tree.text(spec, "scope").equals("Namespaced"),
        traits);
  }

  private static Kind kind(
      String group,
      String version,
      String kind,
      String plural,
      String shortName,
      boolean namespaced,
      Kind.Trait... traits) {
    var set = EnumSet.noneOf(Kind.Trait.class);
    set.addAll(List.of(traits));
    var shortNames = shortName.isEmpty() ? List.<String>of() : List.of(shortName);
    return new Kind(group, version, kind, plural, shortNames, namespaced, set);
  }
}
