package dev.penstock.sandbox.simulation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import dev.penstock.sandbox.simulation.script.Mistake;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Does what becomes of Ingresses and bindings. */
final class RouteHand {
  private static final String BINDINGS = "targetgroupbindings.elbv2.k8s.aws";
  private static final String BINDING =
      """
      apiVersion: elbv2.k8s.aws/v1beta1
      kind: TargetGroupBinding
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        serviceRef: {name: %1$s, port: 80}
        targetGroupARN: %3$s
        targetType: ip
      """;

  private final Ground world;

  RouteHand(Ground world) {
    this.world = world;
  }

  void perform(RouteDeed deed) {
    switch (deed) {
      case RouteDeed.Publish(var cluster, var app, var route) ->
          world
              .kubectl(cluster)
              .apply(Manifests.ingress(app, route, world.fleet().home(cluster).certificate()));
      case RouteDeed.Unpublish(var cluster, var app) -> unpublish(cluster, app);
      case RouteDeed.Regroup(var cluster, var app, var group, var order) ->
          patch(cluster, app, regrouped(group, order));
      case RouteDeed.Rescheme(var cluster, var app, var internal) ->
          patch(
              cluster,
              app,
              Manifests.annotation("scheme", internal ? "internal" : "internet-facing"));
      case RouteDeed.Reclass(var cluster, var app, var ingressClass) ->
          patch(cluster, app, "spec: {ingressClassName: " + ingressClass + "}");
      case RouteDeed.Rehost(var cluster, var app, var host) -> rehost(cluster, app, host);
      case RouteDeed.Spoil(var cluster, var app, var mistake) -> spoil(cluster, app, mistake);
      case RouteDeed.Mend(var cluster, var app) -> {
        patch(cluster, app, Manifests.mended());
        backend(cluster, app, ScriptFleet.app(app), 80);
      }
      case RouteDeed.Tune(var cluster, var app, var variant) -> patch(cluster, app, tuned(variant));
      case RouteDeed.Touch(var cluster, var app, var value) ->
          patch(cluster, app, "metadata: {labels: {touched: 'v" + value + "'}}");
      case RouteDeed.EditWhileDeleting(var cluster, var app) -> {
        unpublish(cluster, app);
        patch(cluster, app, Manifests.annotation("healthcheck-path", "/late"));
      }
      case RouteDeed.Bind(var cluster, var app, var group) -> bind(cluster, app, group);
      case RouteDeed.Unbind(var cluster, var app) -> unbind(cluster, app);
      case RouteDeed.DeleteMirrors(var cluster, var app) ->
          mirrors(cluster, app)
              .forEach(mirror -> delete(cluster, Tree.namespace(mirror), Tree.name(mirror)));
    }
  }

  /** The bindings that mirror our target groups of the application's Service. */
  private List<ObjectNode> mirrors(int cluster, int app) {
    return world.kind(cluster, BINDINGS).stream()
        .flatMap(kind -> world.kubectl(cluster).all(kind, ScriptFleet.namespace(app)).stream())
        .filter(b -> Tree.text(b, "spec", "serviceRef", "name").equals(ScriptFleet.app(app)))
        .filter(b -> !Tree.name(b).equals(ScriptFleet.app(app)))
        .toList();
  }

  private void unpublish(int cluster, int app) {
    world.kubectl(cluster).delete(Kinds.INGRESS, ScriptFleet.namespace(app), ScriptFleet.app(app));
  }

  private void patch(int cluster, int app, String patch) {
    world
        .kubectl(cluster)
        .patch(Kinds.INGRESS, ScriptFleet.namespace(app), ScriptFleet.app(app), patch);
  }

  private static String regrouped(int group, int order) {
    return group == 0
        ? Manifests.annotations("group.name: null", "group.order: null")
        : Manifests.annotations(
            "group.name: " + Manifests.group(group), "group.order: '" + order + "'");
  }

  /** Tags and attributes of several kinds; variant 0 takes them back. */
  private static String tuned(int variant) {
    return switch (variant) {
      case 0 ->
          Manifests.annotations(
              "tags: null", "load-balancer-attributes: null", "target-group-attributes: null");
      case 1 -> Manifests.annotation("tags", "team=edge");
      case 2 ->
          Manifests.annotation("load-balancer-attributes", "idle_timeout.timeout_seconds=120");
      case 3 ->
          Manifests.annotation(
              "target-group-attributes", "deregistration_delay.timeout_seconds=30");
      default -> Manifests.annotation("tags", "team=edge,tier=" + variant);
    };
  }

  private void rehost(int cluster, int app, int host) {
    var name = ScriptFleet.host(host);
    edit(
        cluster,
        app,
        object -> {
          Tree.child(object, "metadata", "annotations")
              .put("external-dns.alpha.kubernetes.io/hostname", name);
          for (var rule : Tree.items(object, "spec", "rules")) {
            ((ObjectNode) rule).put("host", name);
          }
        });
  }

  private void spoil(int cluster, int app, Mistake mistake) {
    switch (mistake) {
      case SERVICE -> backend(cluster, app, "nowhere", 80);
      case PORT -> backend(cluster, app, ScriptFleet.app(app), 81);
      case ANNOTATION, JSON, TARGET_TYPE, CERTIFICATE ->
          patch(cluster, app, Manifests.mistake(mistake));
    }
  }

  private void backend(int cluster, int app, String service, int port) {
    edit(
        cluster,
        app,
        object -> {
          for (var rule : Tree.items(object, "spec", "rules")) {
            for (var path : Tree.items(rule, "http", "paths")) {
              point((ObjectNode) Tree.at(path, "backend", "service"), service, port);
            }
          }
        });
  }

  private static void point(ObjectNode backend, String service, int port) {
    backend.put("name", service);
    backend.putObject("port").put("number", port);
  }

  private void edit(int cluster, int app, Consumer<ObjectNode> change) {
    var api = world.cluster(cluster).api();
    var object =
        api.get(Kinds.INGRESS, ScriptFleet.namespace(app), ScriptFleet.app(app)).deepCopy();
    change.accept(object);
    api.update(
        Kinds.INGRESS,
        ScriptFleet.namespace(app),
        ScriptFleet.app(app),
        object,
        WriteOptions.of("kubectl"));
  }

  private void bind(int cluster, int app, int group) {
    var name = "theirs-" + cluster + "-" + group;
    var elb = world.elb(cluster);
    var arn =
        elb.createTargetGroup(r ->
                r.name(name)
                    .protocol(ProtocolEnum.HTTP)
                    .port(80)
                    .vpcId(SandboxWorld.VPC)
                    .targetType(TargetTypeEnum.IP))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    if (world.kind(cluster, BINDINGS).isPresent()) {
      var binding = BINDING.formatted(ScriptFleet.app(app), ScriptFleet.namespace(app), arn);
      world.kubectl(cluster).apply(binding);
    }
  }

  private void unbind(int cluster, int app) {
    delete(cluster, ScriptFleet.namespace(app), ScriptFleet.app(app));
  }

  private void delete(int cluster, String namespace, String binding) {
    world
        .kind(cluster, BINDINGS)
        .ifPresent(kind -> world.kubectl(cluster).delete(kind, namespace, binding));
  }
}
