package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions.Propagation;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Deletes what no owner holds any more, and does what the finalizers of foreground and orphaning
 * deletion wait for.
 */
final class GarbageCollector implements Controller {
  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";

  private final ApiRules api;
  private final Hand hand;
  private final TreeMap<String, StoreKey> living = new TreeMap<>();
  private final TreeMap<String, TreeSet<StoreKey>> dependents = new TreeMap<>();

  GarbageCollector(ApiRules api) {
    this.api = api;
    this.hand = new Hand(api, "kube-controller-manager");
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    var suspects = new TreeSet<StoreKey>();
    var owners = new TreeSet<StoreKey>();
    for (var change : changes) {
      index(change);
      var uid = Tree.uid(change.object());
      if (change instanceof StoreChange.Deleted) {
        suspects.addAll(dependents.getOrDefault(uid, new TreeSet<>()));
        dependents.remove(uid);
        for (var owner : ownersOf(change.object())) {
          Optional.ofNullable(living.get(owner)).ifPresent(owners::add);
        }
      } else if (Tree.deleting(change.object())) {
        owners.add(change.key());
      } else if (!ownersOf(change.object()).isEmpty()) {
        suspects.add(change.key());
      }
    }
    owners.forEach(this::release);
    suspects.forEach(this::collect);
    return Instant.MAX;
  }

  private void index(StoreChange change) {
    var uid = Tree.uid(change.object());
    if (change instanceof StoreChange.Deleted) {
      living.remove(uid);
      return;
    }
    living.put(uid, change.key());
    ownersOf(change.object())
        .forEach(o -> dependents.computeIfAbsent(o, _ -> new TreeSet<>()).add(change.key()));
  }

  private static List<String> ownersOf(JsonNode object) {
    return Tree.items(object, "metadata", "ownerReferences").stream()
        .map(o -> Tree.text(o, "uid"))
        .toList();
  }

  private void collect(StoreKey key) {
    var object = api.store().get(key);
    if (object.isEmpty() || Tree.deleting(object.get())) {
      return;
    }
    var owners = ownersOf(object.get());
    boolean abandoned = !owners.isEmpty() && owners.stream().noneMatch(living::containsKey);
    if (abandoned) {
      kind(key).ifPresent(k -> hand.delete(k, object.get(), DeleteOptions.background()));
    }
  }

  private void release(StoreKey key) {
    var object = api.store().get(key).filter(Tree::deleting);
    var kind = kind(key);
    if (object.isEmpty() || kind.isEmpty()) {
      return;
    }
    var finalizers = Tree.items(object.get(), "metadata", "finalizers");
    for (var finalizer : finalizers) {
      switch (finalizer.asText()) {
        case ORPHAN -> orphan(kind.get(), object.get());
        case FOREGROUND -> foreground(kind.get(), object.get());
        default -> {}
      }
    }
  }

  private void orphan(Kind kind, ObjectNode owner) {
    for (var dependent : dependentsOf(owner)) {
      kind(dependent)
          .ifPresent(k ->
              api.store().get(dependent).ifPresent(d -> hand.edit(k, d, o -> disown(o, owner))));
    }
    drop(kind, owner, ORPHAN);
  }

  private static void disown(ObjectNode dependent, ObjectNode owner) {
    var rest = new ArrayList<JsonNode>();
    for (var reference : Tree.items(dependent, "metadata", "ownerReferences")) {
      if (!Tree.text(reference, "uid").equals(Tree.uid(owner))) {
        rest.add(reference);
      }
    }
    Tree.child(dependent, "metadata").putArray("ownerReferences").addAll(rest);
  }

  private void foreground(Kind kind, ObjectNode owner) {
    boolean blocked = false;
    for (var key : dependentsOf(owner)) {
      var dependent = api.store().get(key);
      var dependentKind = kind(key);
      if (dependent.isPresent() && dependentKind.isPresent()) {
        if (!Tree.deleting(dependent.get())) {
          var how = DeleteOptions.background().with(Propagation.FOREGROUND);
          hand.delete(dependentKind.get(), dependent.get(), how);
        }
        blocked |= blocks(dependent.get(), owner) && api.store().get(key).isPresent();
      }
    }
    if (!blocked) {
      drop(kind, owner, FOREGROUND);
    }
  }

  private static boolean blocks(ObjectNode dependent, ObjectNode owner) {
    return Tree.items(dependent, "metadata", "ownerReferences").stream()
        .filter(r -> Tree.text(r, "uid").equals(Tree.uid(owner)))
        .anyMatch(r -> r.path("blockOwnerDeletion").asBoolean());
  }

  private List<StoreKey> dependentsOf(ObjectNode owner) {
    return List.copyOf(dependents.getOrDefault(Tree.uid(owner), new TreeSet<>()));
  }

  private void drop(Kind kind, ObjectNode object, String finalizer) {
    hand.edit(
        kind,
        object,
        o -> {
          var rest = Tree.items(o, "metadata", "finalizers");
          rest.removeIf(f -> f.asText().equals(finalizer));
          Tree.child(o, "metadata").putArray("finalizers").addAll(rest);
        });
  }

  private Optional<Kind> kind(StoreKey key) {
    return api.kinds().find(key.resource());
  }

  @Override
  public void reset() {
    living.clear();
    dependents.clear();
  }
}
