package dev.penstock.sandbox.simulation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.util.List;
import java.util.Optional;

/** Does what becomes of applications. */
final class AppHand {
  private static final String STUCK = "sandbox.penstock.dev/stuck";
  private static final String READY = "sandbox.penstock.dev/ready";

  private final Ground world;

  AppHand(Ground world) {
    this.world = world;
  }

  void perform(AppDeed deed) {
    switch (deed) {
      case AppDeed.Deploy it -> deploy(it);
      case AppDeed.Scale(var cluster, var app, var replicas) ->
          world.kubectl(cluster).scale(ScriptFleet.namespace(app), ScriptFleet.app(app), replicas);
      case AppDeed.Roll(var cluster, var app, var revision) ->
          template(
              cluster,
              app,
              "{spec: {containers: [{name: web, image: 'web:"
                  + revision
                  + "', "
                  + "ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: /, port: 80}, "
                  + "initialDelaySeconds: 3, periodSeconds: 5}}]}}");
      case AppDeed.Gate(var cluster, var app) -> gate(cluster, app);
      case AppDeed.DeletePod(var cluster, var app, var pod) ->
          pod(cluster, app, pod)
              .ifPresent(
                  p -> world.kubectl(cluster).delete(Kinds.POD, Tree.namespace(p), Tree.name(p)));
      case AppDeed.KillPod(var cluster, var app, var pod) -> kill(cluster, app, pod);
      case AppDeed.Sicken(var cluster, var app, var pod) ->
          pod(cluster, app, pod).ifPresent(p -> mark(cluster, p, READY, "'false'"));
      case AppDeed.Heal(var cluster, var app) ->
          pods(cluster, app).forEach(p -> mark(cluster, p, READY, "null"));
      case AppDeed.Stick(var cluster, var app, var pod) ->
          pod(cluster, app, pod)
              .ifPresent(p -> {
                mark(cluster, p, STUCK, "'true'");
                world.kubectl(cluster).delete(Kinds.POD, Tree.namespace(p), Tree.name(p));
              });
      case AppDeed.DeleteService(var cluster, var app) ->
          world
              .kubectl(cluster)
              .delete(Kinds.SERVICE, ScriptFleet.namespace(app), ScriptFleet.app(app));
      case AppDeed.Remove(var cluster, var app) -> remove(cluster, app);
      case AppDeed.DeleteNamespace(var cluster, var namespace) ->
          world.kubectl(cluster).delete(Kinds.NAMESPACE, "", namespace);
    }
  }

  /** No pod stays beyond its grace any more. */
  void release() {
    for (var cluster : world.fleet().numbers()) {
      world.kubectl(cluster).all(Kinds.POD, "").stream()
          .filter(p -> !Tree.annotation(p, STUCK).isEmpty())
          .forEach(p -> mark(cluster, p, STUCK, "null"));
    }
  }

  private void deploy(AppDeed.Deploy deed) {
    var kubectl = world.kubectl(deed.cluster());
    var namespace = ScriptFleet.namespace(deed.app());
    if (kubectl.find(Kinds.NAMESPACE, "", namespace).isEmpty()) {
      kubectl.apply(Manifests.namespace(namespace));
    }
    kubectl.apply(Manifests.application(deed.app(), deed.replicas(), deed.nodePort()));
  }

  private void remove(int cluster, int app) {
    var kubectl = world.kubectl(cluster);
    for (var kind : List.of(Kinds.INGRESS, Kinds.SERVICE, Kinds.DEPLOYMENT)) {
      if (kubectl.find(kind, ScriptFleet.namespace(app), ScriptFleet.app(app)).isPresent()) {
        kubectl.delete(kind, ScriptFleet.namespace(app), ScriptFleet.app(app));
      }
    }
  }

  private void gate(int cluster, int app) {
    var label = "metadata: {labels: {elbv2.k8s.aws/pod-readiness-gate-inject: enabled}}";
    var namespace = ScriptFleet.namespace(app);
    world.kubectl(cluster).patch(Kinds.NAMESPACE, "", namespace, label);
    template(cluster, app, "{metadata: {annotations: {gated: 'yes'}}}");
  }

  private void template(int cluster, int app, String template) {
    var patch = "spec: {template: " + template + "}";
    var kubectl = world.kubectl(cluster);
    kubectl.patch(Kinds.DEPLOYMENT, ScriptFleet.namespace(app), ScriptFleet.app(app), patch);
  }

  private void kill(int cluster, int app, int number) {
    pod(cluster, app, number)
        .ifPresent(p ->
            world
                .cluster(cluster)
                .api()
                .delete(Kinds.POD, Tree.namespace(p), Tree.name(p), DeleteOptions.now()));
  }

  private void mark(int cluster, ObjectNode pod, String annotation, String value) {
    var patch = "metadata: {annotations: {" + annotation + ": " + value + "}}";
    world.kubectl(cluster).patch(Kinds.POD, Tree.namespace(pod), Tree.name(pod), patch);
  }

  private Optional<ObjectNode> pod(int cluster, int app, int number) {
    var pods = pods(cluster, app);
    return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(number % pods.size()));
  }

  private List<ObjectNode> pods(int cluster, int app) {
    return world.kubectl(cluster).all(Kinds.POD, ScriptFleet.namespace(app)).stream()
        .filter(p -> Tree.text(p, "metadata", "labels", "app").equals(ScriptFleet.app(app)))
        .toList();
  }
}
