package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.util.Locale;

/**
 * Writes into the cluster what another controller left on its objects after a step of a story:
 * finalizers, addresses, TargetGroupBindings.
 */
final class LeftInCluster {
  private static final String DELETED = "2026-01-01T00:00:00Z";

  private final StoryCluster cluster;
  private final LeftInAws aws;

  LeftInCluster(StoryCluster cluster, LeftInAws aws) {
    this.cluster = cluster;
    this.aws = aws;
  }

  void make(JsonNode kubernetes) {
    kubernetes
        .path("ingresses")
        .properties()
        .forEach(e -> mark(Kinds.INGRESS, e.getKey(), e.getValue()));
    kubernetes
        .path("bindings")
        .properties()
        .forEach(e -> {
          binding(e.getKey(), e.getValue());
          mark(cluster.bindings(), e.getKey(), e.getValue());
        });
  }

  private void mark(Kind kind, String path, JsonNode left) {
    cluster.change(
        kind,
        path,
        object -> {
          var metadata = (ObjectNode) object.path("metadata");
          if (left.has("finalizers")) {
            metadata.set("finalizers", left.get("finalizers"));
          }
          if (left.path("deleting").asBoolean()) {
            metadata.put("deletionTimestamp", DELETED);
          }
          if (left.has("loadBalancer")) {
            var status = object.putObject("status").putObject("loadBalancer");
            var addresses = status.putArray("ingress");
            left.get("loadBalancer").forEach(address -> addresses.add(address(address)));
          }
        });
  }

  private ObjectNode address(JsonNode told) {
    var address = MAKE.objectNode();
    address.put("hostname", aws.host(text(told, "hostname")).toLowerCase(Locale.ROOT));
    if (told.has("ports")) {
      var ports = address.putArray("ports");
      told.get("ports")
          .forEach(port ->
              ports.addObject().put("port", port.path("port").asInt()).put("protocol", "TCP"));
    }
    return address;
  }

  /** One that a person made is there already. */
  private void binding(String path, JsonNode left) {
    ObjectNode spec = left.path("spec").deepCopy();
    spec.put("targetGroupARN", aws.id(text(spec, "targetGroupARN")));
    for (var rule : spec.path("networking").path("ingress")) {
      for (var peer : rule.path("from")) {
        if (peer.path("securityGroup") instanceof ObjectNode group) {
          group.put("groupID", aws.id(text(group, "groupID")));
        }
      }
    }
    var object = MAKE.objectNode();
    object.put("apiVersion", "elbv2.k8s.aws/v1beta1").put("kind", "TargetGroupBinding");
    int slash = path.indexOf('/');
    var metadata = object.putObject("metadata");
    metadata.put("namespace", path.substring(0, slash)).put("name", path.substring(slash + 1));
    metadata.set("labels", left.path("labels"));
    object.set("spec", spec);
    cluster.add(object);
  }
}
