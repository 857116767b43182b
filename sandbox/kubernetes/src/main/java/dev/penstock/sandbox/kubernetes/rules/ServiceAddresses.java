package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.util.Set;
import java.util.TreeSet;

/** Cluster IPs and node ports: the lowest free one, kept for the life of the Service. */
final class ServiceAddresses {
  private static final String NETWORK = "172.20.";
  private static final int FIRST_NODE_PORT = 30_000;
  private static final int LAST_NODE_PORT = 32_767;

  private final ObjectStore store;

  ServiceAddresses(ObjectStore store) {
    this.store = store;
  }

  void allocate(ObjectNode service) {
    var spec = Tree.child(service, "spec");
    var type = Tree.text(spec, "type");
    if (type.equals("ExternalName")) {
      return;
    }
    if (Tree.text(spec, "clusterIP").isEmpty()) {
      spec.put("clusterIP", freeAddress());
    }
    spec.putArray("clusterIPs").add(Tree.text(spec, "clusterIP"));
    boolean nodePorts =
        type.equals("NodePort")
            || type.equals("LoadBalancer")
                && Tree.at(spec, "allocateLoadBalancerNodePorts").asBoolean(true);
    if (nodePorts) {
      allocateNodePorts(service, spec);
    }
  }

  private void allocateNodePorts(ObjectNode service, ObjectNode spec) {
    var used = usedPorts(Tree.uid(service));
    Tree.items(spec, "ports").forEach(p -> used.add(p.path("nodePort").asInt()));
    for (var port : Tree.items(spec, "ports")) {
      if (port.path("nodePort").asInt() == 0) {
        ((ObjectNode) port).put("nodePort", freePort(used));
      }
    }
    boolean local = Tree.text(spec, "externalTrafficPolicy").equals("Local");
    boolean checks = local && Tree.text(spec, "type").equals("LoadBalancer");
    if (checks && spec.path("healthCheckNodePort").asInt() == 0) {
      spec.put("healthCheckNodePort", freePort(used));
    }
  }

  /**
   * An update that does not name them keeps what was allocated; a type without node ports gives
   * them back.
   */
  void keep(ObjectNode service, ObjectNode live) {
    var spec = Tree.child(service, "spec");
    var type = Tree.text(spec, "type");
    if (type.equals("ExternalName")) {
      return;
    }
    if (!spec.has("clusterIP") && Tree.has(live, "spec", "clusterIP")) {
      spec.set("clusterIP", live.get("spec").get("clusterIP"));
    }
    boolean plain = type.equals("ClusterIP") || type.isEmpty();
    for (var port : Tree.items(spec, "ports")) {
      if (plain) {
        ((ObjectNode) port).remove("nodePort");
      } else {
        keepNodePort((ObjectNode) port, live);
      }
    }
    if (plain) {
      spec.remove("externalTrafficPolicy");
      spec.remove("allocateLoadBalancerNodePorts");
      spec.remove("healthCheckNodePort");
    }
  }

  private static void keepNodePort(ObjectNode port, ObjectNode live) {
    if (port.has("nodePort")) {
      return;
    }
    for (var old : Tree.items(live, "spec", "ports")) {
      boolean same =
          old.path("port").equals(port.path("port"))
              && Tree.text(old, "protocol").equals(port.path("protocol").asText("TCP"));
      if (same && old.has("nodePort")) {
        port.set("nodePort", old.get("nodePort"));
      }
    }
  }

  private Set<Integer> usedPorts(String exceptUid) {
    var used = new TreeSet<Integer>();
    for (var service : store.list(Kinds.SERVICE.resource(), "")) {
      if (!Tree.uid(service).equals(exceptUid)) {
        Tree.items(service, "spec", "ports").forEach(p -> used.add(p.path("nodePort").asInt()));
        used.add(Tree.at(service, "spec", "healthCheckNodePort").asInt());
      }
    }
    return used;
  }

  private static int freePort(Set<Integer> used) {
    for (int port = FIRST_NODE_PORT; port <= LAST_NODE_PORT; port++) {
      if (used.add(port)) {
        return port;
      }
    }
    throw Refusal.ofCode(500, "no free node port is left");
  }

  private String freeAddress() {
    var used = new TreeSet<String>();
    for (JsonNode service : store.list(Kinds.SERVICE.resource(), "")) {
      used.add(Tree.text(service, "spec", "clusterIP"));
    }
    for (int i = 1; i < 65_535; i++) {
      var address = NETWORK + (i >> 8) + "." + (i & 255);
      if (!used.contains(address)) {
        return address;
      }
    }
    throw Refusal.ofCode(500, "no free cluster IP is left");
  }
}
