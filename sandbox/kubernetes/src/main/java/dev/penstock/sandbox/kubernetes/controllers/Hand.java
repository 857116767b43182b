package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One stand-in's way to write: always on the newest state of the object, silent if the object is
 * gone.
 */
final class Hand {
  private final ApiRules api;
  private final WriteOptions options;

  Hand(ApiRules api, String manager) {
    this.api = api;
    this.options = WriteOptions.of(manager);
  }

  void status(Kind kind, ObjectNode object, Consumer<ObjectNode> change) {
    edit(kind, object, options.on("status"), o -> change.accept(Tree.child(o, "status")));
  }

  void edit(Kind kind, ObjectNode object, Consumer<ObjectNode> change) {
    edit(kind, object, options, change);
  }

  /** Writes what only the scheduler may write: a pod's node. */
  void bind(Kind kind, ObjectNode object, Consumer<ObjectNode> change) {
    edit(kind, object, options.on("binding"), change);
  }

  private void edit(Kind kind, ObjectNode object, WriteOptions as, Consumer<ObjectNode> change) {
    var namespace = Tree.namespace(object);
    var name = Tree.name(object);
    var live = api.find(kind, namespace, name).filter(o -> Tree.uid(o).equals(Tree.uid(object)));
    if (live.isPresent()) {
      var copy = live.get().deepCopy();
      change.accept(copy);
      api.update(kind, namespace, name, copy, as);
    }
  }

  ObjectNode create(Kind kind, String namespace, ObjectNode object) {
    return api.create(kind, namespace, object, options);
  }

  /**
   * Creates what the namespace may refuse because it is on its way out, or what somebody else made
   * before.
   */
  Optional<ObjectNode> tryCreate(Kind kind, String namespace, ObjectNode object) {
    try {
      return Optional.of(create(kind, namespace, object));
    } catch (Refusal _) {
      return Optional.empty();
    }
  }

  void delete(Kind kind, ObjectNode object, DeleteOptions how) {
    if (!api.gone(kind, object)) {
      api.delete(kind, Tree.namespace(object), Tree.name(object), how);
    }
  }
}
