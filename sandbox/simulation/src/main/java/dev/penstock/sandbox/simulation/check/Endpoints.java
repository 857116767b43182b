package dev.penstock.sandbox.simulation.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The targets behind a port of a Service, as {@code address:port} or {@code instance:port} (LBC
 * 5.3): those that must be registered, and those that may be besides.
 */
record Endpoints(Set<String> must, Set<String> may) {
  private static final String TARGET_TYPE = "alb.ingress.kubernetes.io/target-type";
  private static final List<String> EXCLUDED =
      List.of(
          "node-role.kubernetes.io/master",
          "node.kubernetes.io/exclude-from-external-load-balancers",
          "alpha.service-controller.kubernetes.io/exclude-balancer");

  /** The Service's own word counts before the Ingress's; instances are the default. */
  static boolean isIp(Map<String, String> annotations, JsonNode service) {
    var own = Tree.annotation(service, TARGET_TYPE);
    return (own.isEmpty() ? annotations.getOrDefault(TARGET_TYPE, "instance") : own).equals("ip");
  }

  static boolean hasPort(JsonNode service, String port) {
    return port(service, port).isPresent();
  }

  static Endpoints of(ClusterEyes cluster, JsonNode service, String port, boolean ip) {
    var found = new Endpoints(new TreeSet<>(), new TreeSet<>());
    var wanted = port(service, port);
    if (wanted.isPresent() && ip) {
      found.addPods(cluster, service, Tree.text(wanted.get(), "name"));
    } else if (wanted.isPresent()) {
      found.addNodes(cluster, Tree.text(wanted.get(), "nodePort"));
    }
    return found;
  }

  private static Optional<JsonNode> port(JsonNode service, String port) {
    return Tree.items(service, "spec", "ports").stream()
        .filter(p -> Tree.text(p, "name").equals(port) || Tree.text(p, "port").equals(port))
        .findFirst();
  }

  private void addPods(ClusterEyes cluster, JsonNode service, String portName) {
    for (var slice : cluster.all(ClusterEyes.SLICES, Tree.namespace(service))) {
      var of = Tree.text(slice, "metadata", "labels", "kubernetes.io/service-name");
      if (!of.equals(Tree.name(service)) || !Tree.text(slice, "addressType").equals("IPv4")) {
        continue;
      }
      for (var port : Tree.items(slice, "ports")) {
        if (Tree.text(port, "name").equals(portName)) {
          Tree.items(slice, "endpoints").forEach(e -> add(cluster, e, Tree.text(port, "port")));
        }
      }
    }
  }

  private void add(ClusterEyes cluster, JsonNode endpoint, String port) {
    var ip = endpoint.path("addresses").path(0).asText();
    var target = ip + ":" + port;
    if (!Tree.text(endpoint, "conditions", "ready").equals("false")) {
      must.add(target);
    } else if (Tree.text(endpoint, "conditions", "terminating").equals("true")
        || cluster.podAt(ip).filter(ClusterEyes.Pod::able).isPresent()) {
      may.add(target);
    }
  }

  private void addNodes(ClusterEyes cluster, String nodePort) {
    for (var node : cluster.all(ClusterEyes.NODES)) {
      var id = Tree.text(node, "spec", "providerID");
      var target = id.substring(id.lastIndexOf('/') + 1) + ":" + nodePort;
      var labels = Tree.texts(node, "metadata", "labels");
      if (EXCLUDED.stream().anyMatch(labels::containsKey)) {
        continue;
      }
      switch (ready(node)) {
        case "True" -> (leaving(node) ? may : must).add(target);
        case "Unknown" -> may.add(target);
        default -> {}
      }
    }
  }

  static String ready(JsonNode node) {
    return Tree.text(Tree.find(Tree.at(node, "status", "conditions"), "type", "Ready"), "status");
  }

  private static boolean leaving(JsonNode node) {
    return Tree.items(node, "spec", "taints").stream()
        .map(taint -> Tree.text(taint, "key"))
        .anyMatch(key ->
            key.equals("ToBeDeletedByClusterAutoscaler") || key.equals("karpenter.sh/disrupted"));
  }
}
