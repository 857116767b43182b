package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Selector;
import dev.penstock.sandbox.kubernetes.rules.Tree;

/**
 * Stands in for the webhook that lets a new pod wait for its load balancers: one gate for each
 * TargetGroupBinding with IP targets that selects the pod when it is made, in namespaces that are
 * labelled for it (LBC 4.17, 5.5).
 */
final class PodReadinessGates {
  private static final String LABEL = "elbv2.k8s.aws/pod-readiness-gate-inject";
  private static final String BINDINGS = "targetgroupbindings.elbv2.k8s.aws";
  private static final String PREFIX = "target-health.elbv2.k8s.aws/";

  private final ApiRules api;

  PodReadinessGates(ApiRules api) {
    this.api = api;
  }

  /** Adds to a pod that is about to be made the gates that it lacks. */
  void inject(String namespace, ObjectNode pod) {
    var kind = api.kinds().find(BINDINGS);
    if (kind.isEmpty() || !labelled(namespace)) {
      return;
    }
    for (var binding : api.all(kind.get(), namespace)) {
      if (Tree.text(binding, "spec", "targetType").equals("ip") && selects(binding, pod)) {
        add(pod, PREFIX + Tree.name(binding));
      }
    }
  }

  private boolean labelled(String namespace) {
    return api.find(Kinds.NAMESPACE, "", namespace)
        .filter(n -> Tree.text(n, "metadata", "labels", LABEL).equals("enabled"))
        .isPresent();
  }

  private boolean selects(JsonNode binding, JsonNode pod) {
    var service = Tree.text(binding, "spec", "serviceRef", "name");
    return api.find(Kinds.SERVICE, Tree.namespace(binding), service)
        .map(s -> Tree.texts(s, "spec", "selector"))
        .filter(labels -> !labels.isEmpty() && Selector.plain(labels).test(pod))
        .isPresent();
  }

  private static void add(ObjectNode pod, String gate) {
    var gates = Tree.list(Tree.child(pod, "spec"), "readinessGates");
    if (Tree.find(gates, "conditionType", gate).isMissingNode()) {
      gates.addObject().put("conditionType", gate);
    }
  }
}
