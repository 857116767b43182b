package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;

/** How a manifest, or a person with {@code kubectl annotate}, makes a pod or node misbehave. */
final class Marks {
  private static final String READY = "sandbox.penstock.dev/ready";
  private static final String STATUS = "sandbox.penstock.dev/http-status";
  private static final String STUCK = "sandbox.penstock.dev/stuck";
  private static final String DOWN = "sandbox.penstock.dev/down";
  private static final String READY_VARIABLE = "SANDBOX_READY";

  private Marks() {}

  /** The HTTP status that the pod's application answers with. */
  static int httpStatus(JsonNode pod) {
    var status = Tree.annotation(pod, STATUS);
    if (status.matches("[1-5]\\d\\d")) {
      return Integer.parseInt(status);
    }
    var ready = Tree.annotation(pod, READY);
    boolean fails = ready.isEmpty() ? variable(pod).equals("false") : ready.equals("false");
    return fails ? 503 : 200;
  }

  private static String variable(JsonNode pod) {
    for (var container : Tree.items(pod, "spec", "containers")) {
      var found = Tree.find(container.path("env"), "name", READY_VARIABLE);
      if (!found.isMissingNode()) {
        return Tree.text(found, "value");
      }
    }
    return "";
  }

  /**
   * A process that does not die: it stays Terminating, and serves, until the mark goes or the pod
   * is deleted by force.
   */
  static boolean stuck(JsonNode pod) {
    return Tree.annotation(pod, STUCK).equals("true");
  }

  /** A node whose kubelet has fallen silent and whose pods do not answer. */
  static boolean down(JsonNode node) {
    return Tree.annotation(node, DOWN).equals("true");
  }
}
