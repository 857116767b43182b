package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.List;

/** Who made whom. */
final class Owners {
  private Owners() {}

  /** The owner reference that is marked as the controller, or a missing node. */
  static JsonNode controller(JsonNode object) {
    for (var owner : Tree.items(object, "metadata", "ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner;
      }
    }
    return MissingNode.getInstance();
  }

  static boolean controls(JsonNode owner, JsonNode object) {
    return Tree.text(controller(object), "uid").equals(Tree.uid(owner));
  }

  static List<ObjectNode> controlled(ApiRules api, Kind kind, JsonNode owner) {
    return api.all(kind, Tree.namespace(owner)).stream().filter(o -> controls(owner, o)).toList();
  }

  static ObjectNode reference(Kind kind, JsonNode owner) {
    return Tree.object()
        .put("apiVersion", kind.apiVersion())
        .put("kind", kind.kind())
        .put("name", Tree.name(owner))
        .put("uid", Tree.uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }
}
