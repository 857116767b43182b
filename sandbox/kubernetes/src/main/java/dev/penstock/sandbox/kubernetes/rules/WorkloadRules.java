package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Refusal.Cause;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a pod, and a workload that makes pods, is valid. Source: Kubernetes API reference, apps/v1
 * and v1 Pod.
 */
final class WorkloadRules {
  private WorkloadRules() {}

  static void check(ObjectNode workload, @Nullable ObjectNode live, List<Cause> causes) {
    var spec = workload.path("spec");
    if (spec.path("replicas").asInt() < 0) {
      causes.add(
          Cause.invalid(
              "spec.replicas",
              spec.path("replicas").asText(),
              "must be greater than or equal to 0"));
    }
    if (Tree.at(spec, "selector").isEmpty()) {
      causes.add(Cause.required("spec.selector", ""));
    } else if (!Selector.of(spec.path("selector")).test(spec.path("template"))) {
      causes.add(
          Cause.invalid(
              "spec.template.metadata.labels",
              Tree.at(spec, "template", "metadata", "labels").toString(),
              "`selector` does not match template `labels`"));
    }
    if (live != null && !live.path("spec").path("selector").equals(spec.path("selector"))) {
      causes.add(
          Cause.invalid("spec.selector", spec.path("selector").toString(), "field is immutable"));
    }
    containers(spec.path("template").path("spec"), "spec.template.spec", causes);
  }

  static void checkPod(ObjectNode pod, @Nullable ObjectNode live, List<Cause> causes) {
    containers(pod.path("spec"), "spec", causes);
    if (live != null && !comparable(pod).equals(comparable(live))) {
      causes.add(
          Cause.forbidden(
              "spec",
              "pod updates may not change fields other than `spec.containers[*].image`,"
                  + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
                  + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
                  + " (allow it to be set to 1 if it was previously negative)"));
    }
  }

  /** The spec without what may change. */
  private static JsonNode comparable(ObjectNode pod) {
    var spec = ((ObjectNode) pod.path("spec")).deepCopy();
    spec.remove(List.of("activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"));
    for (var field : List.of("containers", "initContainers")) {
      Tree.items(spec, field).forEach(c -> ((ObjectNode) c).remove("image"));
    }
    return spec;
  }

  private static void containers(JsonNode spec, String field, List<Cause> causes) {
    var containers = Tree.items(spec, "containers");
    if (containers.isEmpty()) {
      causes.add(Cause.required(field + ".containers", ""));
    }
    var names = new TreeSet<String>();
    for (int i = 0; i < containers.size(); i++) {
      var where = field + ".containers[" + i + "]";
      var container = containers.get(i);
      var name = Tree.text(container, "name");
      if (name.isEmpty()) {
        causes.add(Cause.required(where + ".name", ""));
      } else if (!names.add(name)) {
        causes.add(Cause.duplicate(where + ".name", Names.quoted(name)));
      } else {
        Names.subdomain(where + ".name", name, true, causes);
      }
      if (Tree.text(container, "image").isEmpty()) {
        causes.add(Cause.required(where + ".image", ""));
      }
      var ports = Tree.items(container, "ports");
      for (int p = 0; p < ports.size(); p++) {
        var at = where + ".ports[" + p + "].containerPort";
        ServiceRules.inRange(at, ports.get(p).path("containerPort"), causes);
      }
    }
  }
}
