package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * Furnishes a new namespace and empties a dying one; the same for the objects of a dying
 * CustomResourceDefinition.
 */
final class NamespaceController implements Controller {
  private final ApiRules api;
  private final Hand hand;
  private final TreeSet<String> dying = new TreeSet<>();
  private final TreeSet<String> dyingKinds = new TreeSet<>();

  NamespaceController(ApiRules api) {
    this.api = api;
    this.hand = new Hand(api, "kube-controller-manager");
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    for (var change : changes) {
      switch (change.key().resource()) {
        case "namespaces" -> namespace(change);
        case "customresourcedefinitions.apiextensions.k8s.io" -> definition(change);
        default -> {}
      }
    }
    List.copyOf(dying).forEach(name -> empty(name, now));
    List.copyOf(dyingKinds).forEach(this::emptyKind);
    return Instant.MAX;
  }

  private void namespace(StoreChange change) {
    var name = change.key().name();
    if (change instanceof StoreChange.Deleted) {
      dying.remove(name);
    } else if (Tree.deleting(change.object())) {
      dying.add(name);
    } else if (change instanceof StoreChange.Added) {
      furnish(name);
    }
  }

  private void furnish(String namespace) {
    if (api.find(Kinds.SERVICE_ACCOUNT, namespace, "default").isEmpty()) {
      var account = Tree.object();
      account.putObject("metadata").put("name", "default");
      hand.tryCreate(Kinds.SERVICE_ACCOUNT, namespace, account);
    }
  }

  private void definition(StoreChange change) {
    var name = change.key().name();
    if (change instanceof StoreChange.Deleted) {
      dyingKinds.remove(name);
    } else if (Tree.deleting(change.object())) {
      dyingKinds.add(name);
    }
  }

  private void empty(String name, Instant now) {
    var namespace = api.find(Kinds.NAMESPACE, "", name);
    if (namespace.isEmpty()) {
      return;
    }
    int left = 0;
    int held = 0;
    for (var kind : api.kinds().all()) {
      if (kind.namespaced()) {
        for (var object : api.all(kind, name)) {
          remove(kind, object);
          boolean there = !api.gone(kind, object);
          left += there ? 1 : 0;
          held += there && !Tree.items(object, "metadata", "finalizers").isEmpty() ? 1 : 0;
        }
      }
    }
    int remaining = left;
    int waiting = held;
    if (remaining > 0) {
      hand.status(Kinds.NAMESPACE, namespace.get(), s -> remain(s, remaining, waiting, now));
      return;
    }
    hand.edit(Kinds.NAMESPACE, namespace.get(), n -> Tree.child(n, "spec").putArray("finalizers"));
  }

  private static void remain(ObjectNode status, int left, int held, Instant now) {
    Conditions.set(
        status,
        "NamespaceContentRemaining",
        "True",
        "SomeResourcesRemain",
        "Some resources are remaining: %d".formatted(left),
        now);
    Conditions.set(
        status,
        "NamespaceFinalizersRemaining",
        held > 0 ? "True" : "False",
        held > 0 ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
        held > 0
            ? "Some content in the namespace has finalizers remaining: %d".formatted(held)
            : "",
        now);
  }

  private void remove(Kind kind, ObjectNode object) {
    if (!Tree.deleting(object)) {
      hand.delete(kind, object, DeleteOptions.background());
    }
  }

  private void emptyKind(String resource) {
    var definition = api.find(Kinds.CUSTOM_RESOURCE_DEFINITION, "", resource);
    var kind = api.kinds().find(resource);
    if (definition.isEmpty()) {
      return;
    }
    if (kind.isPresent()) {
      api.all(kind.get(), "").forEach(o -> remove(kind.get(), o));
    }
    if (kind.isEmpty() || api.all(kind.get(), "").isEmpty()) {
      hand.edit(
          Kinds.CUSTOM_RESOURCE_DEFINITION,
          definition.get(),
          d -> {
            var rest = Tree.items(d, "metadata", "finalizers");
            rest.removeIf(f -> f.asText().equals("customresourcecleanup.apiextensions.k8s.io"));
            Tree.child(d, "metadata").putArray("finalizers").addAll(rest);
          });
    }
  }

  @Override
  public void reset() {
    dying.clear();
    dyingKinds.clear();
  }
}
