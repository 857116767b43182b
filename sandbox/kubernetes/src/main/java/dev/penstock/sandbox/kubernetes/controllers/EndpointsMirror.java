package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Instant;
import java.util.Map;

/** The old form of a Service's endpoints, which {@code kubectl describe} still reads. */
final class EndpointsMirror {
  private final ApiRules api;
  private final Hand hand;

  EndpointsMirror(ApiRules api) {
    this.api = api;
    this.hand = new Hand(api, "kube-controller-manager");
  }

  void write(
      ObjectNode service,
      Map<JsonNode, ? extends Map<String, ObjectNode>> endpointsByPorts,
      Instant now) {
    var subsets = Tree.array();
    endpointsByPorts.forEach((ports, endpoints) -> subset(subsets, ports, endpoints));
    var namespace = Tree.namespace(service);
    var name = Tree.name(service);
    var live = api.find(Kinds.ENDPOINTS, namespace, name);
    if (live.isPresent()) {
      boolean changed = !Tree.at(live.get(), "subsets").equals(subsets);
      if (changed) {
        hand.edit(Kinds.ENDPOINTS, live.get(), e -> e.set("subsets", subsets));
      }
      return;
    }
    var endpoints = Tree.object();
    var metadata = endpoints.putObject("metadata").put("name", name);
    metadata
        .putObject("annotations")
        .put("endpoints.kubernetes.io/last-change-trigger-time", Conditions.time(now));
    metadata.putArray("ownerReferences").add(Owners.reference(Kinds.SERVICE, service));
    endpoints.set("subsets", subsets);
    hand.tryCreate(Kinds.ENDPOINTS, namespace, endpoints);
  }

  private static void subset(ArrayNode subsets, JsonNode ports, Map<String, ObjectNode> endpoints) {
    var ready = Tree.array();
    var notReady = Tree.array();
    for (var endpoint : endpoints.values()) {
      var conditions = endpoint.path("conditions");
      if (conditions.path("terminating").asBoolean()) {
        continue;
      }
      var list = conditions.path("ready").asBoolean() ? ready : notReady;
      var address = list.addObject().put("ip", endpoint.path("addresses").path(0).asText());
      address.put("nodeName", Tree.text(endpoint, "nodeName"));
      address.set("targetRef", endpoint.path("targetRef"));
    }
    if (ready.isEmpty() && notReady.isEmpty()) {
      return;
    }
    var subset = subsets.addObject();
    if (!ready.isEmpty()) {
      subset.set("addresses", ready);
    }
    if (!notReady.isEmpty()) {
      subset.set("notReadyAddresses", notReady);
    }
    subset.set("ports", ports.deepCopy());
  }
}
