package dev.penstock.sandbox.simulation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.script.NodeDeed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Does what becomes of nodes. */
final class NodeHand {
  private static final String DOWN = "metadata: {annotations: {sandbox.penstock.dev/down: %s}}";
  private static final String TAINTED =
      "spec: {taints: [{key: ToBeDeletedByClusterAutoscaler, effect: NoSchedule}]}";

  private final PlayedWorld world;
  private final Map<Integer, Map<String, ObjectNode>> away = new TreeMap<>();

  NodeHand(PlayedWorld world) {
    this.world = world;
  }

  void perform(NodeDeed deed) {
    switch (deed) {
      case NodeDeed.NodeLeaves(var cluster, var node) -> leave(cluster, node);
      case NodeDeed.NodesReturn(var cluster) -> comeBack(cluster);
      case NodeDeed.NodeFails(var cluster, var node) ->
          patch(cluster, one(cluster, node), DOWN.formatted("'true'"));
      case NodeDeed.NodesRecover(var cluster) ->
          patch(cluster, all(cluster), DOWN.formatted("null"));
      case NodeDeed.NodeTainted(var cluster, var node) ->
          patch(cluster, one(cluster, node), TAINTED);
      case NodeDeed.NodesUntainted(var cluster) ->
          patch(cluster, all(cluster), "spec: {taints: null}");
    }
  }

  /** Another cluster stands there, with nodes of its own. */
  void forget(int cluster) {
    away.remove(cluster);
  }

  private void leave(int cluster, int number) {
    for (var node : one(cluster, number)) {
      var kept = node.deepCopy();
      Tree.child(kept, "metadata").remove(List.of("uid", "resourceVersion", "creationTimestamp"));
      away.computeIfAbsent(cluster, _ -> new TreeMap<>()).put(Tree.name(node), kept);
      world.kubectl(cluster).delete(Kinds.NODE, "", Tree.name(node));
    }
  }

  private void comeBack(int cluster) {
    var kubectl = world.kubectl(cluster);
    away.getOrDefault(cluster, Map.of()).values().forEach(node -> kubectl.apply(node.toString()));
    away.remove(cluster);
  }

  private void patch(int cluster, List<ObjectNode> nodes, String patch) {
    var kubectl = world.kubectl(cluster);
    nodes.forEach(node -> kubectl.patch(Kinds.NODE, "", Tree.name(node), patch));
  }

  private List<ObjectNode> one(int cluster, int number) {
    var nodes = all(cluster);
    return nodes.isEmpty() ? List.of() : List.of(nodes.get(number % nodes.size()));
  }

  private List<ObjectNode> all(int cluster) {
    return world.kubectl(cluster).all(Kinds.NODE, "");
  }
}
