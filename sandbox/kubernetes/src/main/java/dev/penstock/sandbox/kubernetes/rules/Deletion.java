package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What deleting means: at once, or marked and waiting for a grace period, for finalizers, for the
 * contents of a namespace.
 */
final class Deletion {
  private static final String ORPHAN = "orphan";
  private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
  private static final String FOREGROUND = "foregroundDeletion";

  private final ObjectStore store;
  private final InstantSource clock;

  Deletion(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  ObjectNode delete(Kind kind, ObjectNode live, DeleteOptions options) {
    require(kind, live, options);
    var object = live.deepCopy();
    int grace = grace(kind, live, options);
    addFinalizer(object, options.propagation());
    if (kind.equals(Kinds.NAMESPACE)) {
      object.withObjectProperty("status").put("phase", "Terminating");
    } else if (kind.equals(Kinds.CUSTOM_RESOURCE_DEFINITION)) {
      add(Tree.child(object, "metadata"), CLEANUP);
    }
    boolean waits = grace > 0 || held(kind, object);
    if (options.dryRun()) {
      return object;
    }
    var key = kind.key(Tree.namespace(live), Tree.name(live));
    if (!waits) {
      return store.remove(key).orElse(live);
    }
    mark(kind, object, grace);
    if (object.equals(live)) {
      return live;
    }
    return store.put(key, object);
  }

  /** Removes an object whose deletion waited only for what the last write took away. */
  void finish(Kind kind, ObjectNode saved) {
    boolean due = Tree.deleting(saved) && graceLeft(saved) == 0 && !held(kind, saved);
    if (due) {
      store.remove(kind.key(Tree.namespace(saved), Tree.name(saved)));
    }
  }

  private void require(Kind kind, ObjectNode live, DeleteOptions options) {
    var name = Tree.name(live);
    var uid = Tree.uid(live);
    if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
      throw Refusal.conflict(
          kind,
          name,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(options.uid(), uid));
    }
    var revision = Tree.text(live, "metadata", "resourceVersion");
    if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(revision)) {
      throw Refusal.conflict(
          kind,
          name,
          "Precondition failed: ResourceVersion in precondition: %s, ResourceVersion in object"
                  .formatted(options.resourceVersion())
              + " meta: "
              + revision);
    }
    boolean system =
        kind.equals(Kinds.NAMESPACE) && List.of("default", "kube-system").contains(name);
    if (system) {
      throw Refusal.forbidden(kind, name, "this namespace may not be deleted");
    }
  }

  private static int grace(Kind kind, ObjectNode live, DeleteOptions options) {
    boolean runs = kind.equals(Kinds.POD) && Tree.has(live, "spec", "nodeName");
    if (!runs || finished(live)) {
      return 0;
    }
    int own = Tree.at(live, "spec", "terminationGracePeriodSeconds").asInt(30);
    int asked = options.graceSeconds() < 0 ? own : options.graceSeconds();
    return Tree.deleting(live) ? Math.min(asked, graceLeft(live)) : asked;
  }

  private static boolean finished(JsonNode pod) {
    var phase = Tree.text(pod, "status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static int graceLeft(JsonNode object) {
    return Tree.at(object, "metadata", "deletionGracePeriodSeconds").asInt(0);
  }

  private boolean held(Kind kind, ObjectNode object) {
    boolean content =
        kind.equals(Kinds.NAMESPACE) && !Tree.items(object, "spec", "finalizers").isEmpty();
    return content || !Tree.items(object, "metadata", "finalizers").isEmpty();
  }

  private void mark(Kind kind, ObjectNode object, int grace) {
    var metadata = Tree.child(object, "metadata");
    boolean first = !metadata.has("deletionTimestamp");
    if (first && kind.has(Kind.Trait.GENERATION)) {
      metadata.put("generation", metadata.path("generation").asInt() + 1);
    }
    if (first || metadata.path("deletionGracePeriodSeconds").asInt() != grace) {
      var end = clock.instant().plus(Duration.ofSeconds(grace)).truncatedTo(ChronoUnit.SECONDS);
      metadata.put("deletionTimestamp", end.toString());
      metadata.put("deletionGracePeriodSeconds", grace);
    }
  }

  private static void addFinalizer(ObjectNode object, DeleteOptions.Propagation propagation) {
    var metadata = Tree.child(object, "metadata");
    switch (propagation) {
      case BACKGROUND -> {}
      case FOREGROUND -> add(metadata, FOREGROUND);
      case ORPHAN -> add(metadata, ORPHAN);
    }
  }

  private static void add(ObjectNode metadata, String finalizer) {
    var list = Tree.list(metadata, "finalizers");
    for (var present : list) {
      if (present.asText().equals(finalizer)) {
        return;
      }
    }
    list.add(finalizer);
  }
}
