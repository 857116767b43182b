package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.Optional;
import java.util.Set;

/** Services of type LoadBalancer, which nobody plans yet. */
final class Services {
  private static final Set<String> TYPES = Set.of("external", "nlb-ip");

  private Services() {}

  /** The first of a story that asks for a load balancer of ours, as {@code namespace/name}. */
  static Optional<String> first(JsonNode content) {
    var config = content.path("config");
    var ours = Nodes.optional(config, "load-balancer-class").orElse("service.k8s.aws/nlb");
    return Nodes.stream(content.path("steps"))
        .flatMap(step -> Nodes.stream(step.path("objects")))
        .filter(object -> isOurs(object, ours))
        .map(object -> object.path("metadata"))
        .map(metadata -> text(metadata, "namespace") + "/" + text(metadata, "name"))
        .findFirst();
  }

  private static boolean isOurs(JsonNode object, String ours) {
    var asked =
        text(
            object.path("metadata").path("annotations"),
            "service.beta.kubernetes.io/aws-load-balancer-type");
    return text(object, "kind").equals("Service")
        && text(object.path("spec"), "type").equals("LoadBalancer")
        && (text(object.path("spec"), "loadBalancerClass").equals(ours) || TYPES.contains(asked));
  }
}
