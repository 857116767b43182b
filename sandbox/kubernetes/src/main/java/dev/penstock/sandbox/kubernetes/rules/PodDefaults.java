package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The defaults of a pod's spec, alone or as the template of a workload. */
final class PodDefaults {
  private PodDefaults() {}

  static void fill(ObjectNode spec) {
    Tree.putIfAbsent(spec, "restartPolicy", "Always");
    Tree.putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
    Tree.putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
    Tree.child(spec, "securityContext");
    Tree.putIfAbsent(spec, "schedulerName", "default-scheduler");
    for (var field : List.of("initContainers", "containers")) {
      Tree.items(spec, field).forEach(c -> container((ObjectNode) c));
    }
  }

  static void fillPod(ObjectNode spec) {
    fill(spec);
    Tree.putIfAbsent(spec, "serviceAccountName", "default");
    Tree.putIfAbsent(spec, "serviceAccount", Tree.text(spec, "serviceAccountName"));
    if (!spec.has("enableServiceLinks")) {
      spec.put("enableServiceLinks", true);
    }
    if (!spec.has("tolerations")) {
      var tolerations = spec.putArray("tolerations");
      for (var taint : List.of("not-ready", "unreachable")) {
        tolerations
            .addObject()
            .put("key", "node.kubernetes.io/" + taint)
            .put("operator", "Exists")
            .put("effect", "NoExecute")
            .put("tolerationSeconds", 300);
      }
    }
  }

  private static void container(ObjectNode container) {
    var image = Tree.text(container, "image");
    boolean latest = image.endsWith(":latest") || !image.contains(":");
    Tree.putIfAbsent(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
    Tree.putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
    Tree.putIfAbsent(container, "terminationMessagePolicy", "File");
    Tree.child(container, "resources");
    Tree.items(container, "ports")
        .forEach(p -> Tree.putIfAbsent((ObjectNode) p, "protocol", "TCP"));
    for (var field : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
      if (container.get(field) instanceof ObjectNode probe) {
        probe(probe);
      }
    }
  }

  private static void probe(ObjectNode probe) {
    Tree.putIfAbsent(probe, "timeoutSeconds", 1);
    Tree.putIfAbsent(probe, "periodSeconds", 10);
    Tree.putIfAbsent(probe, "successThreshold", 1);
    Tree.putIfAbsent(probe, "failureThreshold", 3);
    if (probe.get("httpGet") instanceof ObjectNode get) {
      Tree.putIfAbsent(get, "path", "/");
      Tree.putIfAbsent(get, "scheme", "HTTP");
    }
  }
}
