package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Instant;
import java.util.ArrayList;

/** What a kubelet writes into a pod's status at each turn of its life. */
final class PodStatus {
  private PodStatus() {}

  static void creating(ObjectNode status, ObjectNode pod, ObjectNode node, Instant now) {
    host(status, node);
    status.put("startTime", Conditions.time(now));
    Conditions.set(status, "PodReadyToStartContainers", "False", "", "", now);
    Conditions.set(status, "Initialized", "True", "", "", now);
    unready(status, "Ready", pod, now);
    unready(status, "ContainersReady", pod, now);
    containers(status, pod, false)
        .forEach(c -> c.putObject("state").putObject("waiting").put("reason", "ContainerCreating"));
  }

  private static void unready(ObjectNode status, String type, ObjectNode pod, Instant now) {
    Conditions.set(status, type, "False", "ContainersNotReady", unreadyMessage(pod), now);
  }

  private static String unreadyMessage(ObjectNode pod) {
    var names =
        Tree.items(pod, "spec", "containers").stream().map(c -> Tree.text(c, "name")).toList();
    return "containers with unready status: [" + String.join(" ", names) + "]";
  }

  static void running(ObjectNode status, ObjectNode pod, ObjectNode node, String ip, Instant now) {
    host(status, node);
    status.put("phase", "Running").put("podIP", ip);
    status.putArray("podIPs").addObject().put("ip", ip);
    Tree.putIfAbsent(status, "startTime", Conditions.time(now));
    Conditions.set(status, "PodReadyToStartContainers", "True", "", "", now);
    Conditions.set(status, "Initialized", "True", "", "", now);
    containers(status, pod, true)
        .forEach(c -> {
          c.put("containerID", "sandbox://" + Tree.uid(pod) + "/" + Tree.text(c, "name"));
          c.putObject("state").putObject("running").put("startedAt", Conditions.time(now));
        });
  }

  private static void host(ObjectNode status, ObjectNode node) {
    var addresses = Tree.at(node, "status", "addresses");
    var ip = Tree.text(Tree.find(addresses, "type", "InternalIP"), "address");
    status.put("hostIP", ip);
    status.putArray("hostIPs").addObject().put("ip", ip);
  }

  private static Iterable<ObjectNode> containers(
      ObjectNode status, ObjectNode pod, boolean started) {
    var made = new ArrayList<ObjectNode>();
    var list = status.putArray("containerStatuses");
    for (var container : Tree.items(pod, "spec", "containers")) {
      made.add(
          list.addObject()
              .put("name", Tree.text(container, "name"))
              .put("image", Tree.text(container, "image"))
              .put("imageID", started ? "sandbox://" + Tree.text(container, "image") : "")
              .put("ready", false)
              .put("restartCount", 0)
              .put("started", started));
    }
    return made;
  }

  /**
   * Ready is what the containers say and every readiness gate allows. Source: Kubernetes
   * documentation, Pod readiness.
   */
  static void ready(ObjectNode status, ObjectNode pod, boolean containersReady, Instant now) {
    for (var container : Tree.items(status, "containerStatuses")) {
      ((ObjectNode) container).put("ready", containersReady);
    }
    if (!containersReady) {
      unready(status, "ContainersReady", pod, now);
      unready(status, "Ready", pod, now);
      return;
    }
    Conditions.set(status, "ContainersReady", "True", "", "", now);
    var closed = closedGate(status, pod);
    if (closed.isEmpty()) {
      Conditions.set(status, "Ready", "True", "", "", now);
    } else {
      Conditions.set(status, "Ready", "False", "ReadinessGatesNotReady", closed, now);
    }
  }

  private static String closedGate(ObjectNode status, JsonNode pod) {
    for (var gate : Tree.items(pod, "spec", "readinessGates")) {
      var type = Tree.text(gate, "conditionType");
      var value = Tree.text(Tree.find(status.path("conditions"), "type", type), "status");
      if (!value.equals("True")) {
        return value.isEmpty()
            ? "corresponding condition of pod readiness gate \"%s\" does not exist.".formatted(type)
            : "the status of pod readiness gate \"%s\" is not \"True\", but %s"
                .formatted(type, value);
      }
    }
    return "";
  }

  static void ended(ObjectNode status, Instant now) {
    status.put("phase", "Succeeded");
    for (var container : Tree.items(status, "containerStatuses")) {
      var object = (ObjectNode) container;
      object.put("ready", false).put("started", false);
      object
          .putObject("state")
          .putObject("terminated")
          .put("exitCode", 0)
          .put("reason", "Completed")
          .put("finishedAt", Conditions.time(now));
    }
    Conditions.set(status, "Ready", "False", "PodCompleted", "", now);
    Conditions.set(status, "ContainersReady", "False", "PodCompleted", "", now);
  }
}
