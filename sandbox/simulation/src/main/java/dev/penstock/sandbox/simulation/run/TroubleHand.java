package dev.penstock.sandbox.simulation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.script.CloudTrouble;
import dev.penstock.sandbox.simulation.script.ClusterTrouble;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets the edges go wrong, and ends what lasts for a time. */
final class TroubleHand {
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int BAD_REQUEST = 400;
  private static final double PERCENT = 100;

  private final PlayedWorld world;
  private final NodeHand nodes;

  TroubleHand(PlayedWorld world, NodeHand nodes) {
    this.world = world;
    this.nodes = nodes;
  }

  void perform(ClusterTrouble trouble) {
    switch (trouble) {
      case ClusterTrouble.WatchesExpire(var cluster) -> world.cluster(cluster).expire();
      case ClusterTrouble.WatchesBreak(var cluster) -> world.cluster(cluster).faults().cutWatches();
      case ClusterTrouble.ListRefused(var cluster, var resource, var code, var lasts) ->
          strike(
              cluster,
              new ClusterFaults.Rule("list", resource, new ClusterFaults.Effect.Answer(code), -1),
              lasts);
      case ClusterTrouble.RequestsRefused(var cluster, var verb, var code, var times) ->
          world
              .cluster(cluster)
              .faults()
              .add(new ClusterFaults.Rule(verb, "*", new ClusterFaults.Effect.Answer(code), times));
      case ClusterTrouble.ConnectionsDrop(var cluster, var verb, var served, var times) ->
          world
              .cluster(cluster)
              .faults()
              .add(new ClusterFaults.Rule(verb, "*", new ClusterFaults.Effect.Drop(served), times));
      case ClusterTrouble.Away(var cluster, var lasts) -> away(cluster, lasts);
      case ClusterTrouble.Swap(var cluster) -> {
        nodes.forget(cluster);
        world.cluster(cluster).swap();
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
        dev.penstock.sandbox.aws.AwsFaults.Rule.sometimes(
            trouble.operation(), effect, trouble.percent() / PERCENT);
    var faults = world.pipeline().aws().faults();
    faults.add(rule);
    world.later(
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
    world.pipeline().aws().faults().clear();
    world.fleet().numbers().forEach(cluster -> world.cluster(cluster).faults().clear());
  }

  private void strike(int cluster, ClusterFaults.Rule rule, Duration lasts) {
    var faults = world.cluster(cluster).faults();
    faults.add(rule);
    world.later(
        lasts,
        () -> {
          var left = new ArrayList<>(faults.rules());
          left.remove(rule);
          faults.clear();
          left.forEach(faults::add);
        });
  }

  private void away(int cluster, Duration lasts) {
    strike(
        cluster, new ClusterFaults.Rule("*", "*", new ClusterFaults.Effect.Answer(503), -1), lasts);
    world.cluster(cluster).faults().cutWatches();
    world.later(lasts, () -> world.cluster(cluster).expire());
  }

  private void removeDefinition(int cluster, String name, Duration lasts) {
    var api = world.cluster(cluster).api();
    var definition = api.get(Kinds.CUSTOM_RESOURCE_DEFINITION, "", name).deepCopy();
    if (Tree.deleting(definition)) {
      return;
    }
    var lost = new ArrayList<ObjectNode>();
    lost.add(bare(definition));
    world.kind(cluster, name).stream()
        .filter(kind -> !kind.namespaced())
        .flatMap(kind -> api.all(kind, "").stream())
        .forEach(object -> lost.add(bare(object)));
    world.kubectl(cluster).delete(Kinds.CUSTOM_RESOURCE_DEFINITION, "", name);
    world.later(lasts, () -> install(cluster, name, lost));
  }

  private void install(int cluster, String name, List<ObjectNode> lost) {
    var found = world.kubectl(cluster).find(Kinds.CUSTOM_RESOURCE_DEFINITION, "", name);
    if (found.isPresent()) {
      if (Tree.deleting(found.get())) {
        world.later(AGAIN, () -> install(cluster, name, lost));
      }
      return;
    }
    lost.forEach(object -> world.kubectl(cluster).apply(object.toString()));
  }

  private static ObjectNode bare(ObjectNode object) {
    var bare = object.deepCopy();
    bare.remove("status");
    Tree.child(bare, "metadata")
        .remove(List.of("uid", "resourceVersion", "creationTimestamp", "managedFields"));
    return bare;
  }

  private void strip(int cluster, int app) {
    var namespace = ScriptFleet.namespace(app);
    var name = ScriptFleet.app(app);
    var api = world.cluster(cluster).api();
    var object = api.get(Kinds.INGRESS, namespace, name);
    for (var finalizer : Tree.items(object, "metadata", "finalizers")) {
      world
          .cluster(cluster)
          .stripFinalizer(Kinds.INGRESS.resource(), namespace, name, finalizer.asText());
    }
  }

  private void vanish(int cluster, int app) {
    strip(cluster, app);
    world
        .cluster(cluster)
        .api()
        .delete(
            Kinds.INGRESS,
            ScriptFleet.namespace(app),
            ScriptFleet.app(app),
            DeleteOptions.background());
    world.cluster(cluster).expire();
  }
}
