package dev.penstock.sandbox.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Patch;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** What a person does with a simulated cluster. */
public final class Kubectl {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final WriteOptions USER = WriteOptions.of("kubectl");

  private final SimulatedCluster cluster;

  public Kubectl(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** {@code kubectl apply -f}: creates the documents' objects, or patches those that exist. */
  public void apply(String documents) {
    try (var objects = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(documents)) {
      while (objects.hasNext()) {
        apply(objects.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kubectl patch --type merge}. */
  public void patch(Kind kind, String namespace, String name, String patch) {
    cluster.api().patch(kind, namespace, name, new Patch.Merge(yaml(patch)), USER);
  }

  public void scale(String namespace, String deployment, int replicas) {
    patch(Kinds.DEPLOYMENT, namespace, deployment, "spec: {replicas: " + replicas + "}");
  }

  public void delete(Kind kind, String namespace, String name) {
    cluster.api().delete(kind, namespace, name, DeleteOptions.background());
  }

  public Optional<ObjectNode> find(Kind kind, String namespace, String name) {
    return cluster.api().find(kind, namespace, name);
  }

  public List<ObjectNode> all(Kind kind, String namespace) {
    return cluster.api().all(kind, namespace);
  }

  private void apply(ObjectNode object) {
    var kind =
        cluster
            .api()
            .kinds()
            .ofObject(object.path("apiVersion").asText(), object.path("kind").asText())
            .orElseThrow();
    var namespace = kind.namespaced() ? named(object) : "";
    var name = Tree.name(object);
    if (find(kind, namespace, name).isPresent()) {
      cluster.api().patch(kind, namespace, name, new Patch.Apply(object), USER.forced());
    } else {
      cluster.api().create(kind, namespace, object, USER);
    }
  }

  private static String named(ObjectNode object) {
    var namespace = Tree.namespace(object);
    return namespace.isEmpty() ? "default" : namespace;
  }

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
