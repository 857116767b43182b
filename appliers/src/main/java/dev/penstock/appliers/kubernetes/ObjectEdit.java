package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.log.LogFailed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Read, change, write back if nobody else wrote meanwhile: a JSON patch that tests the resource
 * version; read and tried again on a conflict.
 */
final class ObjectEdit {
  private static final int MAX_TRIES = 5;

  private ObjectEdit() {}

  /** What shall change, as operations of a JSON patch; none if all is as it should be. */
  interface Editor {
    ArrayNode edit(JsonNode current) throws Unwritable;
  }

  static JsonNode edit(Attempt attempt, ResourceName name, String subresource, Editor editor)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    KubernetesCallFailed refused = null;
    var refusedVersion = "";
    for (int i = 0; i < MAX_TRIES; i++) {
      var current = attempt.api().get(name);
      var version = current.path("metadata").path("resourceVersion").asText();
      if (refused != null && refusedVersion.equals(version)) {
        throw refused;
      }
      var changes = editor.edit(current);
      if (changes.isEmpty()) {
        return current;
      }
      attempt.beforeWrite();
      try {
        return attempt.answered(
            attempt.api().patch(name, subresource, conditional(version, changes)));
      } catch (KubernetesCallFailed failed) {
        refused = requireConflict(failed);
        refusedVersion = version;
      }
    }
    throw lost(name, refused);
  }

  /** A failed test of a JSON patch is answered 422, as is a patch that is wrong in itself. */
  private static KubernetesCallFailed requireConflict(KubernetesCallFailed failed)
      throws KubernetesCallFailed {
    if (failed.fault() == KubernetesFault.CONFLICT || failed.fault() == KubernetesFault.INVALID) {
      return failed;
    }
    throw failed;
  }

  private static KubernetesCallFailed lost(ResourceName name, @Nullable KubernetesCallFailed last) {
    return new KubernetesCallFailed(
        KubernetesFault.CONFLICT,
        last == null ? 0 : last.httpStatus(),
        "Conflict",
        name + " changed under each of " + MAX_TRIES + " tries",
        Duration.ZERO);
  }

  static ArrayNode none() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode add(ArrayNode patch, String path, JsonNode value) {
    patch.addObject().put("op", "add").put("path", path).set("value", value);
    return patch;
  }

  static ArrayNode remove(ArrayNode patch, String path) {
    patch.addObject().put("op", "remove").put("path", path);
    return patch;
  }

  static ArrayNode test(ArrayNode patch, String path, JsonNode value) {
    patch.addObject().put("op", "test").put("path", path).set("value", value);
    return patch;
  }

  /** A name as one step of a JSON pointer (RFC 6901). */
  static String step(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static ArrayNode conditional(String version, ArrayNode changes) {
    var text = JsonNodeFactory.instance.textNode(version);
    return test(none(), "/metadata/resourceVersion", text).addAll(changes);
  }
}
