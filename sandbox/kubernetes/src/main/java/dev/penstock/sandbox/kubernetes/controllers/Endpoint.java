package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;

/** One pod as an endpoint. Source: Kubernetes documentation, EndpointSlices, conditions. */
final class Endpoint {
  private Endpoint() {}

  /** A pod that has an address and has not ended. */
  static boolean counts(JsonNode pod) {
    var phase = Tree.text(pod, "status", "phase");
    return !Tree.text(pod, "status", "podIP").isEmpty()
        && !phase.equals("Succeeded")
        && !phase.equals("Failed");
  }

  static ObjectNode of(JsonNode service, JsonNode pod, String zone) {
    boolean terminating = Tree.deleting(pod);
    boolean serving = Conditions.isTrue(pod, "Ready");
    boolean always = Tree.at(service, "spec", "publishNotReadyAddresses").asBoolean();
    var endpoint = Tree.object();
    endpoint.putArray("addresses").add(Tree.text(pod, "status", "podIP"));
    endpoint
        .putObject("conditions")
        .put("ready", always || serving && !terminating)
        .put("serving", serving)
        .put("terminating", terminating);
    var hostname = Tree.text(pod, "spec", "hostname");
    if (!hostname.isEmpty()) {
      endpoint.put("hostname", hostname);
    }
    endpoint
        .putObject("targetRef")
        .put("kind", "Pod")
        .put("namespace", Tree.namespace(pod))
        .put("name", Tree.name(pod))
        .put("uid", Tree.uid(pod));
    endpoint.put("nodeName", Tree.text(pod, "spec", "nodeName"));
    if (!zone.isEmpty()) {
      endpoint.put("zone", zone);
    }
    return endpoint;
  }

  /**
   * The Service's ports as this pod has them: a named target port is looked up in its containers,
   * and left out if none has it.
   */
  static ArrayNode ports(JsonNode service, JsonNode pod) {
    var ports = Tree.array();
    for (var port : Tree.items(service, "spec", "ports")) {
      int number = target(port, pod);
      if (number != 0) {
        var entry = ports.addObject().put("name", Tree.text(port, "name"));
        entry.put("protocol", Tree.text(port, "protocol")).put("port", number);
        if (Tree.has(port, "appProtocol")) {
          entry.put("appProtocol", Tree.text(port, "appProtocol"));
        }
      }
    }
    return ports;
  }

  private static int target(JsonNode port, JsonNode pod) {
    var target = port.path("targetPort");
    if (target.isNumber()) {
      return target.asInt();
    }
    return Tree.items(pod, "spec", "containers").stream()
        .flatMap(c -> Tree.items(c, "ports").stream())
        .filter(p -> Tree.text(p, "name").equals(target.asText()))
        .filter(p -> Tree.text(p, "protocol").equals(Tree.text(port, "protocol")))
        .mapToInt(p -> p.path("containerPort").asInt())
        .findFirst()
        .orElse(0);
  }
}
