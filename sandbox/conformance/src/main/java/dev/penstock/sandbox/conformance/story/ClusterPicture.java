package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;

/** What the controllers wrote to Ingresses and TargetGroupBindings, in the form of a story. */
final class ClusterPicture {
  private final StoryCluster cluster;
  private final StoryNames names;

  ClusterPicture(StoryCluster cluster, StoryNames names) {
    this.cluster = cluster;
    this.names = names;
  }

  ObjectNode draw() {
    var picture = MAKE.objectNode();
    var ingresses = picture.putObject("ingresses");
    each(
        Kinds.INGRESS,
        (path, object) -> {
          var node = marks(object);
          var addresses = object.path("status").path("loadBalancer").path("ingress");
          if (!addresses.isEmpty()) {
            var list = node.putArray("loadBalancer");
            addresses.forEach(address -> list.add(address(address)));
          }
          ingresses.set(path, node);
        });
    var bindings = picture.putObject("bindings");
    each(
        cluster.bindings(),
        (path, object) -> {
          var node = marks(object);
          node.set("labels", object.path("metadata").path("labels"));
          ObjectNode spec = object.path("spec").deepCopy();
          spec.put("targetGroupARN", names.of(text(spec, "targetGroupARN")));
          for (var rule : spec.path("networking").path("ingress")) {
            for (var peer : rule.path("from")) {
              if (peer.path("securityGroup") instanceof ObjectNode group) {
                group.put("groupID", names.of(text(group, "groupID")));
              }
            }
          }
          node.set("spec", spec);
          bindings.set(path, node);
        });
    return picture;
  }

  @FunctionalInterface
  private interface Draws {
    void draw(String path, ObjectNode object);
  }

  private void each(Kind kind, Draws draws) {
    for (var object : cluster.all(kind)) {
      var metadata = object.path("metadata");
      draws.draw(text(metadata, "namespace") + "/" + text(metadata, "name"), object);
    }
  }

  private static ObjectNode marks(JsonNode object) {
    var node = MAKE.objectNode();
    var metadata = object.path("metadata");
    if (!metadata.path("finalizers").isEmpty()) {
      node.set("finalizers", metadata.get("finalizers"));
    }
    if (metadata.has("deletionTimestamp")) {
      node.put("deleting", true);
    }
    return node;
  }

  private ObjectNode address(JsonNode address) {
    var node = MAKE.objectNode();
    node.put("hostname", names.host(text(address, "hostname")));
    var ports = node.putArray("ports");
    address.path("ports").forEach(port -> ports.addObject().set("port", port.path("port")));
    return node;
  }
}
