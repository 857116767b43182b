package dev.penstock.sandbox.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Patch;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** A cluster whose time passes only when a test says so. */
final class VirtualCluster implements InstantSource {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final WriteOptions USER = WriteOptions.of("user");

  final SimulatedCluster cluster;
  final ApiRules api;
  final ObjectStore store = new ObjectStore();
  private Instant now = START;

  VirtualCluster(ClusterSpec spec) {
    cluster = new SimulatedCluster(spec, store, this, new Random(7));
    api = cluster.api();
    cluster.settle();
  }

  VirtualCluster() {
    this(ClusterSpec.sandbox());
  }

  @Override
  public Instant instant() {
    return now;
  }

  /**
   * Lets the time pass, stopping wherever something is due; {@code each} looks at the cluster at
   * every stop.
   */
  void pass(Duration duration, Runnable each) {
    var end = now.plus(duration);
    while (true) {
      var next = cluster.settle();
      each.run();
      if (next.isAfter(end)) {
        now = end;
        cluster.settle();
        each.run();
        return;
      }
      now = next;
    }
  }

  void pass(Duration duration) {
    pass(duration, () -> {});
  }

  static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  ObjectNode create(Kind kind, String text) {
    return api.create(kind, kind.namespaced() ? "default" : "", yaml(text), USER);
  }

  ObjectNode get(Kind kind, String name) {
    return api.get(kind, kind.namespaced() ? "default" : "", name);
  }

  ObjectNode merge(Kind kind, String name, String text) {
    var patch = new Patch.Merge(yaml(text));
    return api.patch(kind, kind.namespaced() ? "default" : "", name, patch, USER);
  }

  List<ObjectNode> all(Kind kind) {
    return api.all(kind, kind.namespaced() ? "default" : "");
  }

  /** A Deployment of pods labelled {@code app: NAME}, on port 80, probed after 5 s every 5 s. */
  ObjectNode deploy(String name, int replicas, String strategy) {
    return create(
        Kinds.DEPLOYMENT,
        """
        metadata: {name: %1$s}
        spec:
          replicas: %2$d
          strategy: {rollingUpdate: %3$s}
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              containers:
                - name: web
                  image: web:1
                  ports: [{containerPort: 80}]
                  readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 5, periodSeconds: 5}
        """
            .formatted(name, replicas, strategy));
  }

  ObjectNode serve(String name) {
    return create(
        Kinds.SERVICE,
        """
        metadata: {name: %1$s}
        spec: {selector: {app: %1$s}, ports: [{port: 80}]}
        """
            .formatted(name));
  }

  static String condition(ObjectNode object, String type) {
    return Tree.text(Tree.find(Tree.at(object, "status", "conditions"), "type", type), "status");
  }

  /** Everything in the store, as text. */
  String dump() {
    var text = new StringBuilder();
    for (var resource : store.resources()) {
      store.list(resource, "").forEach(o -> text.append(o).append('\n'));
    }
    return text.toString();
  }
}
