package dev.penstock.sandbox.simulation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.Faults.Effect;
import dev.penstock.sandbox.kubernetes.Faults;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.script.CloudTrouble;
import dev.penstock.sandbox.simulation.script.ClusterTrouble;
import dev.penstock.sandbox.simulation.script.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets the edges go wrong, and ends what lasts for a time. */
final class TroubleHand {
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int BAD_REQUEST = 400;
  private static final double PERCENT = 100;

  private final Scene scene;
  private final NodeHand nodes;

  TroubleHand(Scene scene, NodeHand nodes) {
    this.scene = scene;
    this.nodes = nodes;
  }

  void perform(ClusterTrouble trouble) {
    switch (trouble) {
      case ClusterTrouble.WatchesExpire(var cluster) -> scene.cluster(cluster).expire();
      case ClusterTrouble.WatchesBreak(var cluster) -> scene.cluster(cluster).faults().cutWatches();
      case ClusterTrouble.ListRefused(var cluster, var resource, var code, var lasts) ->
          strike(
              cluster,
              new Faults.Rule("list", resource, new Faults.Effect.Answer(code), -1),
              lasts);
      case ClusterTrouble.RequestsRefused(var cluster, var verb, var code, var times) ->
          scene
              .cluster(cluster)
              .faults()
              .add(new Faults.Rule(verb, "*", new Faults.Effect.Answer(code), times));
      case ClusterTrouble.ConnectionsDrop(var cluster, var verb, var served, var times) ->
          scene
              .cluster(cluster)
              .faults()
              .add(new Faults.Rule(verb, "*", new Faults.Effect.Drop(served), times));
      case ClusterTrouble.Away(var cluster, var lasts) -> away(cluster, lasts);
      case ClusterTrouble.Swap(var cluster) -> {
        nodes.forget(cluster);
        scene.cluster(cluster).swap();
      }
      case ClusterTrouble.DefinitionRemoved(var cluster, var definition, var lasts) ->
          removeDefinition(cluster, definition, lasts);
      case ClusterTrouble.FinalizerStripped(var cluster, var app) -> strip(cluster, app);
      case ClusterTrouble.VanishUnseen(var cluster, var app) -> vanish(cluster, app);
    }
  }

  void perform(CloudTrouble trouble) {
    var effect =
        switch (trouble) {
          case CloudTrouble.Throttles _ -> new Effect.Throttle();
          case CloudTrouble.Fails(_, var status, _, _) ->
              new Effect.Fail("InternalFailure", status);
          case CloudTrouble.LosesAnswers _ -> new Effect.LoseAnswer();
          case CloudTrouble.DeliversTwice _ -> new Effect.DeliverTwice();
          case CloudTrouble.Delays(_, var by, _, _) -> new Effect.Delay(by);
          case CloudTrouble.Lags(_, var by, _, _) -> new Effect.Stale(by);
          case CloudTrouble.Denies _ -> new Effect.Deny();
          case CloudTrouble.QuotaReached(_, var code, _, _) -> new Effect.Fail(code, BAD_REQUEST);
        };
    var rule =
        dev.penstock.sandbox.aws.Faults.Rule.sometimes(
            trouble.operation(), effect, trouble.percent() / PERCENT);
    var faults = scene.pipeline().aws().faults();
    faults.add(rule);
    scene.later(
        trouble.lasts(),
        () -> {
          var left = new ArrayList<>(faults.rules());
          left.remove(rule);
          faults.clear();
          left.forEach(faults::add);
        });
  }

  /** Nothing goes wrong any more; what is to end, ends elsewhere. */
  void calm() {
    scene.pipeline().aws().faults().clear();
    scene.shape().numbers().forEach(cluster -> scene.cluster(cluster).faults().clear());
  }

  private void strike(int cluster, Faults.Rule rule, Duration lasts) {
    var faults = scene.cluster(cluster).faults();
    faults.add(rule);
    scene.later(
        lasts,
        () -> {
          var left = new ArrayList<>(faults.rules());
          left.remove(rule);
          faults.clear();
          left.forEach(faults::add);
        });
  }

  private void away(int cluster, Duration lasts) {
    strike(cluster, new Faults.Rule("*", "*", new Faults.Effect.Answer(503), -1), lasts);
    scene.cluster(cluster).faults().cutWatches();
    scene.later(lasts, () -> scene.cluster(cluster).expire());
  }

  private void removeDefinition(int cluster, String name, Duration lasts) {
    var api = scene.cluster(cluster).api();
    var definition = api.get(Kinds.CUSTOM_RESOURCE_DEFINITION, "", name).deepCopy();
    if (Tree.deleting(definition)) {
      return;
    }
    var lost = new ArrayList<ObjectNode>();
    lost.add(bare(definition));
    scene.kind(cluster, name).stream()
        .filter(kind -> !kind.namespaced())
        .flatMap(kind -> api.all(kind, "").stream())
        .forEach(object -> lost.add(bare(object)));
    scene.kubectl(cluster).delete(Kinds.CUSTOM_RESOURCE_DEFINITION, "", name);
    scene.later(lasts, () -> install(cluster, name, lost));
  }

  private void install(int cluster, String name, List<ObjectNode> lost) {
    var found = scene.kubectl(cluster).find(Kinds.CUSTOM_RESOURCE_DEFINITION, "", name);
    if (found.isPresent()) {
      if (Tree.deleting(found.get())) {
        scene.later(AGAIN, () -> install(cluster, name, lost));
      }
      return;
    }
    lost.forEach(object -> scene.kubectl(cluster).apply(object.toString()));
  }

  private static ObjectNode bare(ObjectNode object) {
    var bare = object.deepCopy();
    bare.remove("status");
    Tree.child(bare, "metadata")
        .remove(List.of("uid", "resourceVersion", "creationTimestamp", "managedFields"));
    return bare;
  }

  private void strip(int cluster, int app) {
    var namespace = Shape.namespace(app);
    var name = Shape.app(app);
    var api = scene.cluster(cluster).api();
    var object = api.get(Kinds.INGRESS, namespace, name);
    for (var finalizer : Tree.items(object, "metadata", "finalizers")) {
      scene
          .cluster(cluster)
          .stripFinalizer(Kinds.INGRESS.resource(), namespace, name, finalizer.asText());
    }
  }

  private void vanish(int cluster, int app) {
    strip(cluster, app);
    scene
        .cluster(cluster)
        .api()
        .delete(Kinds.INGRESS, Shape.namespace(app), Shape.app(app), DeleteOptions.background());
    scene.cluster(cluster).expire();
  }
}
