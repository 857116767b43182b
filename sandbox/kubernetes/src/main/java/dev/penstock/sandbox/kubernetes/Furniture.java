package dev.penstock.sandbox.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a cluster before its users come: namespaces, the API's own Service, nodes, the
 * custom resources of load balancing, the Ingress class.
 */
final class Furniture {
  static final String KUBELET_VERSION = "v1.32.4-eks-sandbox";
  private static final WriteOptions INSTALLER = WriteOptions.of("sandbox");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Furniture() {}

  static void install(ClusterSpec spec, ApiRules api, Instant now) {
    var namespaces =
        new ArrayList<>(List.of("kube-system", "kube-public", "kube-node-lease", "default"));
    namespaces.addAll(spec.namespaces());
    for (var name : namespaces) {
      var namespace = Tree.object();
      namespace.putObject("metadata").put("name", name);
      api.create(Kinds.NAMESPACE, "", namespace, INSTALLER);
    }
    apiService(api);
    for (var node : spec.nodes()) {
      api.create(Kinds.NODE, "", node(node, now), INSTALLER);
      var lease = Tree.object();
      lease.putObject("metadata").put("name", node.name());
      lease.putObject("spec").put("holderIdentity", node.name());
      api.create(Kinds.LEASE, "kube-node-lease", lease, INSTALLER);
    }
    for (var file : List.of("ingressclassparams", "targetgroupbindings")) {
      api.create(Kinds.CUSTOM_RESOURCE_DEFINITION, "", definition(file), INSTALLER);
    }
    if (!spec.ingressClass().isEmpty()) {
      ingressClass(spec, api);
    }
  }

  private static void apiService(ApiRules api) {
    var service = Tree.object();
    var labels = service.putObject("metadata").put("name", "kubernetes").putObject("labels");
    labels.put("component", "apiserver").put("provider", "kubernetes");
    service.putObject("spec").putArray("ports").addObject().put("name", "https").put("port", 443);
    api.create(Kinds.SERVICE, "default", service, INSTALLER);
  }

  static ObjectNode node(ClusterSpec.Node spec, Instant now) {
    var node = Tree.object();
    var metadata = node.putObject("metadata").put("name", spec.name());
    metadata
        .putObject("labels")
        .put("kubernetes.io/arch", "amd64")
        .put("kubernetes.io/os", "linux")
        .put("kubernetes.io/hostname", spec.name())
        .put("node.kubernetes.io/instance-type", "m5.large")
        .put("topology.kubernetes.io/region", spec.region())
        .put("topology.kubernetes.io/zone", spec.zone());
    node.putObject("spec").put("providerID", spec.providerId());
    var status = node.putObject("status");
    var addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", spec.internalIp());
    addresses.addObject().put("type", "Hostname").put("address", spec.name());
    var room = List.of("capacity", "allocatable");
    room.forEach(r -> status.putObject(r).put("cpu", "2").put("memory", "8Gi").put("pods", "110"));
    status
        .putObject("nodeInfo")
        .put("architecture", "amd64")
        .put("operatingSystem", "linux")
        .put("osImage", "Penstock sandbox")
        .put("kernelVersion", "none")
        .put("containerRuntimeVersion", "sandbox://1")
        .put("kubeletVersion", KUBELET_VERSION);
    var since = now.truncatedTo(ChronoUnit.SECONDS).toString();
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "KubeletReady")
        .put("message", "kubelet is posting ready status")
        .put("lastHeartbeatTime", since)
        .put("lastTransitionTime", since);
    return node;
  }

  private static void ingressClass(ClusterSpec spec, ApiRules api) {
    Kind params = api.kinds().find("ingressclassparams.elbv2.k8s.aws").orElseThrow();
    var parameters = Tree.object();
    parameters.putObject("metadata").put("name", spec.ingressClass());
    parameters.putObject("spec");
    api.create(params, "", parameters, INSTALLER);
    var ingressClass = Tree.object();
    var metadata = ingressClass.putObject("metadata").put("name", spec.ingressClass());
    if (spec.defaultIngressClass()) {
      metadata.putObject("annotations").put("ingressclass.kubernetes.io/is-default-class", "true");
    }
    ingressClass
        .putObject("spec")
        .put("controller", "ingress.k8s.aws/alb")
        .putObject("parameters")
        .put("apiGroup", "elbv2.k8s.aws")
        .put("kind", "IngressClassParams")
        .put("name", spec.ingressClass())
        .put("scope", "Cluster");
    api.create(Kinds.INGRESS_CLASS, "", ingressClass, INSTALLER);
  }

  private static ObjectNode definition(String file) {
    try (var in = Furniture.class.getResourceAsStream(file + ".yaml")) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
