package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A patch applied to a document that is not stored itself, such as a Scale. */
public final class Patches {
  private Patches() {}

  public static ObjectNode apply(ObjectNode document, Patch patch, String kind) {
    return switch (patch) {
      case Patch.Json(var operations) -> {
        if (JsonPatch.apply(document, operations) instanceof ObjectNode object) {
          yield object;
        }
        throw Refusal.badRequest("the patched document is not an object");
      }
      case Patch.Merge(var changes) -> MergePatch.merge(document, changes);
      case Patch.Strategic(var changes) -> MergePatch.strategic(document, changes, kind);
      case Patch.Apply(var config) -> MergePatch.merge(document, config);
    };
  }
}
