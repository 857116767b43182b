package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.translate.TargetGroupBindingTranslator;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite.ApplyTargetGroupBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The TargetGroupBinding objects that mirror our target groups: made, kept and deleted as LBC does
 * (LBC 4.2, 4.4). One that was deleted from outside loses its finalizer and is made again; one that
 * is not ours is left alone (I1).
 */
final class TargetGroupBindingWriter {
  static final String FINALIZER = "elbv2.k8s.aws/resources";

  private static final int MAX_ROUNDS = 3;

  /** LBC refuses to change these, so the object is made anew. */
  private static final List<String> IMMUTABLE =
      List.of("targetGroupARN", "targetType", "ipAddressType", "vpcID");

  /** LBC's webhook fills these in: absent in ours says nothing. */
  private static final List<String> FILLED_IN =
      List.of("targetGroupName", "targetType", "targetGroupProtocol", "ipAddressType", "vpcID");

  private TargetGroupBindingWriter() {}

  static void apply(Attempt attempt, ApplyTargetGroupBinding write)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    var spec = TargetGroupBindingTranslator.write(write.spec());
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var current = read(attempt);
      if (current.isEmpty()) {
        if (created(attempt, write, spec)) {
          return;
        }
      } else {
        requireOurs(attempt, current.get(), write, spec);
        if (!current.get().path("metadata").hasNonNull("deletionTimestamp")
            && changes(current.get(), spec, IMMUTABLE).isEmpty()) {
          ObjectEdit.edit(attempt, attempt.object(), "", now -> update(now, write, spec));
          return;
        }
        removeWithFinalizer(attempt, current.get());
      }
    }
    throw Unwritable.pending(attempt.object() + " is still being deleted");
  }

  static void delete(Attempt attempt)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    var current = read(attempt);
    if (current.isEmpty()) {
      return;
    }
    attempt.requireSame(current.get());
    if (!hasStackLabel(current.get())) {
      throw foreign(attempt);
    }
    removeWithFinalizer(attempt, current.get());
  }

  private static Optional<JsonNode> read(Attempt attempt) throws KubernetesCallFailed {
    try {
      return Optional.of(attempt.answered(attempt.api().get(attempt.object())));
    } catch (KubernetesCallFailed failed) {
      if (failed.fault() == KubernetesFault.NOT_FOUND) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private static boolean created(Attempt attempt, ApplyTargetGroupBinding write, ObjectNode spec)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    var name = attempt.object();
    var body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", name.type().apiVersion()).put("kind", name.type().kind());
    var metadata = body.putObject("metadata");
    metadata.put("name", name.name()).put("namespace", name.namespace());
    metadata.putArray("finalizers").add(FINALIZER);
    write.labels().forEach(metadata.putObject("labels")::put);
    body.set("spec", spec);
    return attempt.create(body);
  }

  private static void removeWithFinalizer(Attempt attempt, JsonNode current)
      throws KubernetesCallFailed, LogFailed, Unwritable, Suspended {
    FinalizerWriter.remove(attempt, attempt.object(), FINALIZER);
    attempt.beforeWrite();
    try {
      attempt.api().delete(attempt.object(), current.path("metadata").path("uid").asText());
    } catch (KubernetesCallFailed failed) {
      if (failed.fault() != KubernetesFault.NOT_FOUND) {
        throw failed;
      }
    }
  }

  private static ArrayNode update(
      JsonNode current, ApplyTargetGroupBinding write, ObjectNode spec) {
    var patch = changes(current, spec, fields(current, spec));
    var metadata = current.path("metadata");
    if (FinalizerWriter.index(metadata.path("finalizers"), FINALIZER) < 0) {
      patch.addAll(FinalizerWriter.adding(metadata.path("finalizers"), FINALIZER));
    }
    if (!write.labels().isEmpty() && !metadata.path("labels").isObject()) {
      ObjectEdit.add(patch, "/metadata/labels", JsonNodeFactory.instance.objectNode());
    }
    write
        .labels()
        .forEach((key, value) -> {
          if (!metadata.path("labels").path(key).asText().equals(value)) {
            var path = "/metadata/labels" + ObjectEdit.step(key);
            ObjectEdit.add(patch, path, JsonNodeFactory.instance.textNode(value));
          }
        });
    return patch;
  }

  /** What differs of the named fields. */
  private static ArrayNode changes(JsonNode current, ObjectNode spec, List<String> fields) {
    var patch = ObjectEdit.none();
    for (var field : fields) {
      var wanted = spec.path(field);
      var found = current.path("spec").path(field);
      var path = "/spec" + ObjectEdit.step(field);
      if (wanted.isMissingNode()) {
        if (!found.isMissingNode() && !FILLED_IN.contains(field)) {
          ObjectEdit.remove(patch, path);
        }
      } else if (!wanted.equals(found)) {
        ObjectEdit.add(patch, path, wanted);
      }
    }
    return patch;
  }

  private static List<String> fields(JsonNode current, ObjectNode spec) {
    var fields = new ArrayList<String>();
    spec.fieldNames().forEachRemaining(fields::add);
    current
        .path("spec")
        .fieldNames()
        .forEachRemaining(field -> {
          if (!fields.contains(field)) {
            fields.add(field);
          }
        });
    return fields;
  }

  private static void requireOurs(
      Attempt attempt, JsonNode current, ApplyTargetGroupBinding write, ObjectNode spec)
      throws Unwritable {
    var labels = current.path("metadata").path("labels");
    var labelled =
        write.labels().entrySet().stream()
            .anyMatch(label -> labels.path(label.getKey()).asText().equals(label.getValue()));
    var sameGroup =
        spec.has("targetGroupARN")
            && spec.path("targetGroupARN").equals(current.path("spec").path("targetGroupARN"));
    if (!labelled && !sameGroup) {
      throw foreign(attempt);
    }
  }

  private static boolean hasStackLabel(JsonNode current) {
    for (var names = current.path("metadata").path("labels").fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (name.startsWith("ingress.k8s.aws/stack") || name.startsWith("service.k8s.aws/stack")) {
        return true;
      }
    }
    return false;
  }

  private static Unwritable foreign(Attempt attempt) {
    return Unwritable.rejected(
        Fault.FOREIGN, "NotOurs", attempt.object() + " carries no label of a stack of ours");
  }
}
