package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Refusal.Cause;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When a Service is valid. Source: Kubernetes API reference, v1 Service. */
final class ServiceRules {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  private ServiceRules() {}

  static void check(
      ObjectNode service, @Nullable ObjectNode live, ObjectStore store, List<Cause> causes) {
    var spec = service.path("spec");
    var type = Tree.text(spec, "type");
    if (!TYPES.contains(type)) {
      causes.add(Cause.unsupported("spec.type", type, TYPES));
    }
    boolean headless = Tree.text(spec, "clusterIP").equals("None");
    var ports = Tree.items(spec, "ports");
    if (ports.isEmpty() && !headless && !type.equals("ExternalName")) {
      causes.add(Cause.required("spec.ports", ""));
    }
    if (type.equals("ExternalName") && Tree.text(spec, "externalName").isEmpty()) {
      causes.add(Cause.required("spec.externalName", ""));
    }
    ports(ports, causes);
    nodePorts(service, store, causes);
    if (live != null) {
      immutable(spec, live.path("spec"), causes);
    }
  }

  private static void ports(List<JsonNode> ports, List<Cause> causes) {
    var names = new TreeSet<String>();
    var numbers = new TreeSet<String>();
    for (int i = 0; i < ports.size(); i++) {
      var field = "spec.ports[" + i + "]";
      var port = ports.get(i);
      var name = Tree.text(port, "name");
      var protocol = Tree.text(port, "protocol");
      if (name.isEmpty() && ports.size() > 1) {
        causes.add(Cause.required(field + ".name", ""));
      } else if (!name.isEmpty() && !names.add(name)) {
        causes.add(Cause.duplicate(field + ".name", Names.quoted(name)));
      } else if (!name.isEmpty()) {
        Names.subdomain(field + ".name", name, true, causes);
      }
      inRange(field + ".port", port.path("port"), causes);
      if (port.path("targetPort").isNumber()) {
        inRange(field + ".targetPort", port.path("targetPort"), causes);
      }
      if (!PROTOCOLS.contains(protocol)) {
        causes.add(Cause.unsupported(field + ".protocol", protocol, PROTOCOLS));
      }
      if (!numbers.add(port.path("port") + "/" + protocol)) {
        causes.add(Cause.duplicate(field, port.path("port") + "/" + protocol));
      }
    }
  }

  private static void nodePorts(ObjectNode service, ObjectStore store, List<Cause> causes) {
    var ports = Tree.items(service, "spec", "ports");
    for (int i = 0; i < ports.size(); i++) {
      int asked = ports.get(i).path("nodePort").asInt();
      var field = "spec.ports[" + i + "].nodePort";
      if (asked != 0 && (asked < 30_000 || asked > 32_767)) {
        causes.add(
            Cause.invalid(
                field,
                Integer.toString(asked),
                "provided port is not in the valid range. The range of valid ports is"
                    + " 30000-32767"));
      } else if (asked != 0 && taken(asked, service, store)) {
        causes.add(
            Cause.invalid(field, Integer.toString(asked), "provided port is already allocated"));
      }
    }
  }

  private static boolean taken(int nodePort, ObjectNode service, ObjectStore store) {
    return store.list(Kinds.SERVICE.resource(), "").stream()
        .filter(other -> !Tree.uid(other).equals(Tree.uid(service)))
        .flatMap(other -> Tree.items(other, "spec", "ports").stream())
        .anyMatch(port -> port.path("nodePort").asInt() == nodePort);
  }

  private static void immutable(JsonNode spec, JsonNode live, List<Cause> causes) {
    var before = Tree.text(live, "clusterIP");
    var after = Tree.text(spec, "clusterIP");
    boolean toExternal = Tree.text(spec, "type").equals("ExternalName");
    if (!before.isEmpty() && !toExternal && !before.equals(after)) {
      causes.add(
          Cause.invalid("spec.clusterIPs[0]", "[\"" + after + "\"]", "may not change once set"));
    }
  }

  static void inRange(String field, JsonNode port, List<Cause> causes) {
    int number = port.asInt();
    if (number < 1 || number > 65_535) {
      causes.add(
          Cause.invalid(field, Integer.toString(number), "must be between 1 and 65535, inclusive"));
    }
  }
}
