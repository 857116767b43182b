package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands in a cell, as kubectl's users know it from a real server. */
final class Cells {
  private static final String NONE = "<none>";

  private Cells() {}

  static Function<JsonNode, Object> at(String... path) {
    return o -> orNone(Tree.text(o, path));
  }

  static Function<JsonNode, Object> number(String... path) {
    return o -> Tree.at(o, path).asInt();
  }

  static Function<JsonNode, Object> count(String field) {
    return o -> o.path(field).size();
  }

  static Function<JsonNode, Object> selector(String... path) {
    return o ->
        orNone(
            Tree.texts(o, path).entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(",")));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  private static String joined(List<String> parts) {
    return orNone(String.join(",", parts));
  }

  static Object readyReplicas(JsonNode workload) {
    return Tree.at(workload, "status", "readyReplicas").asInt()
        + "/"
        + Tree.at(workload, "spec", "replicas").asInt();
  }

  static Object containers(JsonNode workload) {
    return templates(workload, "name");
  }

  static Object images(JsonNode workload) {
    return templates(workload, "image");
  }

  private static String templates(JsonNode workload, String field) {
    return joined(
        Tree.items(workload, "spec", "template", "spec", "containers").stream()
            .map(c -> Tree.text(c, field))
            .toList());
  }

  static Object readyContainers(JsonNode pod) {
    long ready =
        Tree.items(pod, "status", "containerStatuses").stream()
            .filter(c -> c.path("ready").asBoolean())
            .count();
    return ready + "/" + Tree.items(pod, "spec", "containers").size();
  }

  static Object podStatus(JsonNode pod) {
    if (Tree.deleting(pod)) {
      return "Terminating";
    }
    for (var container : Tree.items(pod, "status", "containerStatuses")) {
      var waiting = Tree.text(container, "state", "waiting", "reason");
      if (!waiting.isEmpty()) {
        return waiting;
      }
    }
    var reason = Tree.text(pod, "status", "reason");
    return reason.isEmpty() ? Tree.text(pod, "status", "phase") : reason;
  }

  static Object restarts(JsonNode pod) {
    return Integer.toString(
        Tree.items(pod, "status", "containerStatuses").stream()
            .mapToInt(c -> c.path("restartCount").asInt())
            .sum());
  }

  static Object readinessGates(JsonNode pod) {
    var gates = Tree.items(pod, "spec", "readinessGates");
    if (gates.isEmpty()) {
      return NONE;
    }
    var conditions = Tree.at(pod, "status", "conditions");
    long open =
        gates.stream()
            .map(g -> Tree.find(conditions, "type", Tree.text(g, "conditionType")))
            .filter(c -> Tree.text(c, "status").equals("True"))
            .count();
    return open + "/" + gates.size();
  }

  static Object externalIp(JsonNode service) {
    return switch (Tree.text(service, "spec", "type")) {
      case "ExternalName" -> Tree.text(service, "spec", "externalName");
      case "LoadBalancer" -> {
        var addresses = addresses(service);
        yield addresses.isEmpty() ? "<pending>" : String.join(",", addresses);
      }
      default ->
          joined(
              Tree.items(service, "spec", "externalIPs").stream().map(JsonNode::asText).toList());
    };
  }

  static Object servicePorts(JsonNode service) {
    return joined(
        Tree.items(service, "spec", "ports").stream()
            .map(p ->
                p.path("port").asText()
                    + (p.has("nodePort") ? ":" + p.path("nodePort").asText() : "")
                    + "/"
                    + Tree.text(p, "protocol"))
            .toList());
  }

  static Object ingressClass(JsonNode ingress) {
    var own = Tree.text(ingress, "spec", "ingressClassName");
    return own.isEmpty() ? orNone(Tree.annotation(ingress, "kubernetes.io/ingress.class")) : own;
  }

  static Object hosts(JsonNode ingress) {
    var hosts = new LinkedHashSet<String>();
    for (var rule : Tree.items(ingress, "spec", "rules")) {
      var host = Tree.text(rule, "host");
      if (!host.isEmpty()) {
        hosts.add(host);
      }
    }
    if (hosts.isEmpty()) {
      return "*";
    }
    var some = hosts.stream().limit(3).collect(Collectors.joining(","));
    return hosts.size() > 3 ? some + " + %d more...".formatted(hosts.size() - 3) : some;
  }

  static Object ingressAddress(JsonNode ingress) {
    return String.join(",", addresses(ingress));
  }

  private static List<String> addresses(JsonNode object) {
    return Tree.items(object, "status", "loadBalancer", "ingress").stream()
        .map(i -> Tree.has(i, "ip") ? Tree.text(i, "ip") : Tree.text(i, "hostname"))
        .toList();
  }

  static Object classParameters(JsonNode ingressClass) {
    var parameters = Tree.at(ingressClass, "spec", "parameters");
    if (parameters.isMissingNode()) {
      return NONE;
    }
    var group = Tree.text(parameters, "apiGroup");
    var kind = Tree.text(parameters, "kind");
    return (group.isEmpty() ? kind : kind + "." + group) + "/" + Tree.text(parameters, "name");
  }

  static Object slicePorts(JsonNode slice) {
    var ports = Tree.items(slice, "ports").stream().map(p -> p.path("port").asText()).toList();
    return ports.isEmpty() ? "<unset>" : String.join(",", ports);
  }

  static Object sliceEndpoints(JsonNode slice) {
    var addresses = new ArrayList<String>();
    Tree.items(slice, "endpoints")
        .forEach(e -> Tree.items(e, "addresses").forEach(a -> addresses.add(a.asText())));
    return addresses.isEmpty() ? "<unset>" : shortened(addresses);
  }

  static Object endpoints(JsonNode endpoints) {
    var addresses = new ArrayList<String>();
    for (var subset : Tree.items(endpoints, "subsets")) {
      for (var address : Tree.items(subset, "addresses")) {
        for (var port : Tree.items(subset, "ports")) {
          addresses.add(Tree.text(address, "ip") + ":" + port.path("port").asText());
        }
      }
    }
    return addresses.isEmpty() ? NONE : shortened(addresses);
  }

  private static String shortened(List<String> addresses) {
    var some = addresses.stream().limit(3).collect(Collectors.joining(","));
    return addresses.size() > 3 ? some + " + %d more...".formatted(addresses.size() - 3) : some;
  }

  static Object nodeStatus(JsonNode node) {
    var ready = Tree.find(Tree.at(node, "status", "conditions"), "type", "Ready");
    var status = Tree.text(ready, "status").equals("True") ? "Ready" : "NotReady";
    boolean closed = Tree.at(node, "spec", "unschedulable").asBoolean();
    return closed ? status + ",SchedulingDisabled" : status;
  }

  static Object internalIp(JsonNode node) {
    var addresses = Tree.at(node, "status", "addresses");
    return orNone(Tree.text(Tree.find(addresses, "type", "InternalIP"), "address"));
  }

  static Object involved(JsonNode event) {
    return Tree.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT)
        + "/"
        + Tree.text(event, "involvedObject", "name");
  }

  static String lastSeen(JsonNode event) {
    var series = Tree.text(event, "series", "lastObservedTime");
    var last = series.isEmpty() ? Tree.text(event, "lastTimestamp") : series;
    return last.isEmpty() ? Tree.text(event, "eventTime") : last;
  }
}
