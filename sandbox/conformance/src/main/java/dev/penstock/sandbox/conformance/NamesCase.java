package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.names.Finalizers;
import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.names.StackNames.TargetGroupParts;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.util.Map;
import java.util.Optional;

/** One row of the family names. */
final class NamesCase {
  private final JsonNode in;
  private final JsonNode out;

  NamesCase(JsonNode row) {
    this.in = row.path("in");
    this.out = row.path("out");
  }

  /** Whether a row is of an Ingress; those of Services follow later. */
  static boolean isDecided(JsonNode row) {
    return isOfIngress(row.path("in"));
  }

  private static boolean isOfIngress(JsonNode in) {
    return Nodes.text(in, "kind").equals("ingress");
  }

  /** The first difference; what a frontend NLB adds is left to its own cases. */
  Optional<String> difference() {
    if (!isOfIngress(in)) {
      return Optional.of("out: only names of Ingresses are decided yet");
    }
    var cluster = Nodes.text(in, "cluster");
    var namespace = Nodes.text(in, "namespace");
    var ingress = Nodes.text(in, "ingress");
    var id = Nodes.optional(in, "group").orElse(namespace + "/" + ingress);
    var stack = new StackId("cluster", StackKind.INGRESS, id);
    var names = StackNames.of(cluster, stack);
    var got = Nodes.MAKE.objectNode();
    got.put("stackId", id);
    var loadBalancer = names.loadBalancer(Nodes.optional(in, "scheme").orElse("internal"), 0);
    var balancers = got.putObject("loadBalancers").put("LoadBalancer", loadBalancer);
    got.putObject("securityGroups").put("ManagedLBSecurityGroup", names.managedSecurityGroup(0));
    var targetGroup = names.targetGroup(parts(), 0);
    var resource =
        namespace
            + "/"
            + ingress
            + "-"
            + Nodes.text(in, "service")
            + ":"
            + Nodes.text(in, "portReference");
    var groups = got.putObject("targetGroups").put(resource, targetGroup);
    got.putObject("bindings").put(resource, namespace + "/" + targetGroup);
    var listeners = got.putArray("listeners").add("80");
    if (in.path("frontendNlb").asBoolean()) {
      balancers.put(StackNames.FRONTEND, StackNames.frontend(loadBalancer, 0));
      groups.put(
          StackNames.frontendTargetGroup(80),
          names.frontendTargetGroup(80, "traffic-port", "HTTP", 0));
      listeners.add(StackNames.frontendListener(80));
    }
    var backend = got.putObject("backendSecurityGroup");
    backend.put("name", StackNames.backendSecurityGroup(cluster));
    backend.put("description", StackNames.BACKEND_GROUP_DESCRIPTION);
    StackTags.backendSecurityGroup(cluster, Map.of()).forEach(backend.putObject("tags")::put);
    got.put("finalizer", Finalizers.of(stack));
    StackTags.stack(cluster, stack).forEach(got.putObject("stackTags")::put);
    StackTags.bindingLabels(stack).forEach(got.putObject("bindingLabels")::put);
    return Difference.first("out", out, got).map(Difference::text);
  }

  private TargetGroupParts parts() {
    var targetType = Nodes.text(in, "targetType");
    return new TargetGroupParts(
        Nodes.text(in, "namespace"),
        Nodes.text(in, "ingress"),
        Nodes.text(in, "namespace"),
        Nodes.text(in, "service"),
        Nodes.text(in, "serviceUid"),
        Nodes.text(in, "portReference"),
        port(targetType),
        targetType,
        Nodes.optional(in, "protocol").orElse("HTTP"),
        Nodes.optional(in, "protocolVersion").orElse("HTTP1"),
        in.has("controlPort") ? Optional.of(in.get("controlPort").asInt()) : Optional.empty());
  }

  private int port(String targetType) {
    if (targetType.equals("instance")) {
      return in.path("nodePort").asInt();
    }
    return in.path("targetPort").isTextual() ? 1 : in.path("targetPort").asInt();
  }
}
