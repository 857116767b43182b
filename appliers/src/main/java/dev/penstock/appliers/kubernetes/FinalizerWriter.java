package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.log.LogFailed;

/** Adds and removes one finalizer among others (LBC 4.2). */
final class FinalizerWriter {
  private static final String PATH = "/metadata/finalizers";

  private FinalizerWriter() {}

  /** Nothing can be added to an object that is being deleted, nor to one that is gone. */
  static void add(Attempt attempt, String finalizer)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    ObjectEdit.edit(
        attempt,
        attempt.object(),
        "",
        current -> {
          attempt.requireSame(current);
          return adding(attempt, current, finalizer);
        });
  }

  /** The finalizer of an object that is gone is removed. */
  static void remove(Attempt attempt, ResourceName name, String finalizer)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    try {
      ObjectEdit.edit(
          attempt,
          name,
          "",
          current -> {
            attempt.requireSame(current);
            return removing(current, finalizer);
          });
    } catch (KubernetesCallFailed failed) {
      if (failed.fault() != KubernetesFault.NOT_FOUND) {
        throw failed;
      }
    }
  }

  private static ArrayNode adding(Attempt attempt, JsonNode current, String finalizer)
      throws Unwritable {
    var finalizers = current.path("metadata").path("finalizers");
    if (index(finalizers, finalizer) >= 0) {
      return ObjectEdit.none();
    }
    if (current.path("metadata").hasNonNull("deletionTimestamp")) {
      throw Unwritable.gone(attempt.object() + " is being deleted and takes no finalizer");
    }
    return adding(finalizers, finalizer);
  }

  static ArrayNode adding(JsonNode finalizers, String finalizer) {
    var name = JsonNodeFactory.instance.textNode(finalizer);
    if (finalizers.isEmpty()) {
      return ObjectEdit.add(
          ObjectEdit.none(), PATH, JsonNodeFactory.instance.arrayNode().add(name));
    }
    var patch = ObjectEdit.test(ObjectEdit.none(), PATH, finalizers);
    return ObjectEdit.add(patch, PATH + "/-", name);
  }

  private static ArrayNode removing(JsonNode current, String finalizer) {
    var index = index(current.path("metadata").path("finalizers"), finalizer);
    if (index < 0) {
      return ObjectEdit.none();
    }
    var path = PATH + "/" + index;
    var name = JsonNodeFactory.instance.textNode(finalizer);
    return ObjectEdit.remove(ObjectEdit.test(ObjectEdit.none(), path, name), path);
  }

  static int index(JsonNode finalizers, String finalizer) {
    for (int i = 0; i < finalizers.size(); i++) {
      if (finalizers.path(i).asText().equals(finalizer)) {
        return i;
      }
    }
    return -1;
  }
}
