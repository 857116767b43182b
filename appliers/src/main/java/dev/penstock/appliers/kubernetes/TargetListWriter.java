package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.translate.ConfigMapTranslator;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.KubernetesWrite.ApplyTargetList;

/**
 * The ConfigMap that says which targets of a shared group are this cluster's (LBC 5.6). One that
 * nobody had read when the list was decided is left as it is: what it lists is ours too.
 */
final class TargetListWriter {
  private static final String DATA = "/data";

  private TargetListWriter() {}

  static void apply(Attempt attempt, ApplyTargetList write)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    var list = ConfigMapTranslator.write(write.targets());
    try {
      ObjectEdit.edit(
          attempt, attempt.object(), "", current -> update(attempt, current, write, list));
    } catch (KubernetesCallFailed failed) {
      if (failed.fault() != KubernetesFault.NOT_FOUND) {
        throw failed;
      }
      create(attempt, list);
    }
  }

  private static ArrayNode update(
      Attempt attempt, JsonNode current, ApplyTargetList write, String list) throws Unwritable {
    attempt.answered(current);
    var found = current.path("data").path(ConfigMapTranslator.TARGETS).asText();
    if (found.equals(list)) {
      return ObjectEdit.none();
    }
    if (write.fresh()) {
      throw Unwritable.pending(attempt.object() + " is there already and has to be read first");
    }
    var patch = ObjectEdit.none();
    if (!current.path("data").isObject()) {
      ObjectEdit.add(patch, DATA, JsonNodeFactory.instance.objectNode());
    }
    return ObjectEdit.add(
        patch,
        DATA + ObjectEdit.step(ConfigMapTranslator.TARGETS),
        JsonNodeFactory.instance.textNode(list));
  }

  private static void create(Attempt attempt, String list)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    var name = attempt.object();
    var body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", name.type().apiVersion()).put("kind", name.type().kind());
    body.putObject("metadata").put("name", name.name()).put("namespace", name.namespace());
    body.putObject("data").put(ConfigMapTranslator.TARGETS, list);
    if (!attempt.create(body)) {
      throw Unwritable.pending(name + " was made by another one just now");
    }
  }

  static void delete(Attempt attempt)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    try {
      var current = attempt.answered(attempt.api().get(attempt.object()));
      attempt.requireSame(current);
      attempt.beforeWrite();
      attempt.api().delete(attempt.object(), current.path("metadata").path("uid").asText());
    } catch (KubernetesCallFailed failed) {
      if (failed.fault() != KubernetesFault.NOT_FOUND) {
        throw failed;
      }
    }
  }
}
