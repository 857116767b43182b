package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Refusal.Cause;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes an object invalid (422): the common metadata, then the rules of its kind. */
final class Validation {
  private static final int MAX_ANNOTATION_BYTES = 262_144;

  private final ObjectStore store;

  Validation(ObjectStore store) {
    this.store = store;
  }

  void check(Kind kind, ObjectNode object, @Nullable ObjectNode live) {
    var causes = new ArrayList<Cause>();
    metadata(kind, object, live, causes);
    switch (kind.resource()) {
      case "ingresses.networking.k8s.io" -> IngressRules.check(object, causes);
      case "services" -> ServiceRules.check(object, live, store, causes);
      case "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps" ->
          WorkloadRules.check(object, live, causes);
      case "pods" -> WorkloadRules.checkPod(object, live, causes);
      default -> {
        if (kind.has(Kind.Trait.CUSTOM)) {
          CustomRules.check(object, schema(kind), causes);
        }
      }
    }
    if (!causes.isEmpty()) {
      throw Refusal.invalid(kind, Tree.name(object), causes);
    }
  }

  private JsonNode schema(Kind kind) {
    var definition = store.get(Kinds.CUSTOM_RESOURCE_DEFINITION.key("", kind.resource()));
    return definition.map(d -> CustomRules.schema(d, kind.version())).orElseGet(Tree::object);
  }

  /** Drops what a custom resource's schema does not know. */
  void prune(Kind kind, ObjectNode object) {
    if (kind.has(Kind.Trait.CUSTOM)) {
      CustomRules.prune(object, schema(kind));
    }
  }

  private static void metadata(
      Kind kind, ObjectNode object, @Nullable ObjectNode live, List<Cause> causes) {
    var name = Tree.name(object);
    Names.subdomain("metadata.name", name, nameIsLabel(kind), causes);
    for (var label : Tree.texts(object, "metadata", "labels").entrySet()) {
      Names.qualified("metadata.labels", label.getKey(), causes);
      Names.labelValue("metadata.labels", label.getValue(), causes);
    }
    int bytes = 0;
    for (var annotation : Tree.texts(object, "metadata", "annotations").entrySet()) {
      Names.qualified("metadata.annotations", annotation.getKey(), causes);
      bytes += annotation.getKey().length() + annotation.getValue().length();
    }
    if (bytes > MAX_ANNOTATION_BYTES) {
      causes.add(
          new Cause(
              "FieldValueTooLong",
              "metadata.annotations",
              "Too long: may not be more than " + MAX_ANNOTATION_BYTES + " bytes"));
    }
    if (live != null && Tree.deleting(live)) {
      newFinalizers(object, live, causes);
    }
  }

  private static boolean nameIsLabel(Kind kind) {
    return kind.equals(Kinds.NAMESPACE) || kind.equals(Kinds.SERVICE);
  }

  private static void newFinalizers(ObjectNode object, ObjectNode live, List<Cause> causes) {
    var before = Tree.items(live, "metadata", "finalizers");
    var added =
        Tree.items(object, "metadata", "finalizers").stream()
            .filter(f -> !before.contains(f))
            .map(JsonNode::asText)
            .toList();
    if (!added.isEmpty()) {
      causes.add(
          Cause.forbidden(
              "metadata.finalizers",
              "no new finalizers can be added if the object is being deleted, found new finalizers "
                  + added));
    }
  }
}
