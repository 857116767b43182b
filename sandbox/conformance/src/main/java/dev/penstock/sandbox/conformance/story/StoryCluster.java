package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the users of a story want in their cluster. */
final class StoryCluster {
  private static final WriteOptions USER = WriteOptions.of("user");
  private static final String BORN = "2026-01-01T00:00:00Z";

  private final SimulatedCluster cluster;
  private final Kind bindings;
  private Map<Place, ObjectNode> wanted = Map.of();
  private int made;

  private record Place(Kind kind, String namespace, String name) {}

  StoryCluster(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.bindings = cluster.api().kinds().find("targetgroupbindings.elbv2.k8s.aws").orElseThrow();
    delete(Kinds.INGRESS_CLASS, "", cluster.spec().ingressClass());
  }

  /** From now on these objects and no others are wanted; a name is that of a namespace, too. */
  void want(JsonNode objects) {
    var next = new LinkedHashMap<Place, ObjectNode>();
    for (var object : objects) {
      var place = place(object);
      next.put(place, object.deepCopy());
      namespace(place);
    }
    wanted.keySet().stream()
        .filter(place -> !next.containsKey(place))
        .forEach(place -> delete(place.kind(), place.namespace(), place.name()));
    next.forEach(this::put);
    wanted = next;
  }

  /** The kind TargetGroupBinding, which is a custom resource. */
  Kind bindings() {
    return bindings;
  }

  /** Adds an object that no user wants, unless there is one. */
  void add(ObjectNode object) {
    var place = place(object);
    if (cluster.api().find(place.kind(), place.namespace(), place.name()).isEmpty()) {
      put(place, object);
    }
  }

  /** Changes an object, if it is there, without asking what an API server would say. */
  void change(Kind kind, String path, Consumer<ObjectNode> change) {
    int slash = path.indexOf('/');
    var namespace = path.substring(0, slash);
    var name = path.substring(slash + 1);
    cluster
        .api()
        .find(kind, namespace, name)
        .ifPresent(live -> {
          ObjectNode object = live.deepCopy();
          change.accept(object);
          cluster.api().store().put(kind.key(namespace, name), object);
        });
  }

  void delete(Kind kind, String namespace, String name) {
    if (cluster.api().find(kind, namespace, name).isPresent()) {
      cluster.api().delete(kind, namespace, name, DeleteOptions.background());
    }
  }

  List<ObjectNode> all(Kind kind) {
    var all = new ArrayList<ObjectNode>();
    for (var namespace : cluster.api().all(Kinds.NAMESPACE, "")) {
      all.addAll(cluster.api().all(kind, text(namespace.path("metadata"), "name")));
    }
    return all;
  }

  private Place place(JsonNode object) {
    var kind =
        cluster
            .api()
            .kinds()
            .ofObject(text(object, "apiVersion"), text(object, "kind"))
            .orElseThrow(
                () -> new IllegalArgumentException("no such kind: " + text(object, "kind")));
    var metadata = object.path("metadata");
    return new Place(
        kind, kind.namespaced() ? text(metadata, "namespace") : "", text(metadata, "name"));
  }

  private void namespace(Place place) {
    if (!place.namespace().isEmpty()
        && cluster.api().find(Kinds.NAMESPACE, "", place.namespace()).isEmpty()) {
      var object = MAKE.objectNode();
      object.put("apiVersion", "v1").put("kind", "Namespace");
      object.putObject("metadata").put("name", place.namespace());
      cluster.api().create(Kinds.NAMESPACE, "", object, USER);
    }
  }

  /**
   * Objects are as the story says, UIDs too (names are made of them), and whatever an API server
   * would refuse.
   */
  private void put(Place place, ObjectNode object) {
    var live = cluster.api().find(place.kind(), place.namespace(), place.name());
    if (live.isPresent() && object.equals(wanted.get(place))) {
      return;
    }
    var next = object.deepCopy();
    var metadata = (ObjectNode) next.path("metadata");
    if (live.isPresent()) {
      var before = live.get().path("metadata");
      for (var kept : List.of("uid", "creationTimestamp", "finalizers", "deletionTimestamp")) {
        if (before.has(kept)) {
          metadata.set(kept, before.get(kept));
        }
      }
      metadata.put("generation", before.path("generation").asInt() + 1);
      if (!object.has("status") && live.get().has("status")) {
        next.set("status", live.get().get("status"));
      }
    } else {
      made++;
      metadata.put("generation", 1);
      metadata.put("creationTimestamp", Nodes.optional(metadata, "creationTimestamp").orElse(BORN));
      metadata.put("uid", Nodes.optional(metadata, "uid").orElse("uid-" + made));
    }
    cluster.api().store().put(place.kind().key(place.namespace(), place.name()), next);
  }
}
