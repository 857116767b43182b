package dev.penstock.cli.demo;

import dev.penstock.cli.demo.Scene.Look;
import dev.penstock.cli.demo.Scene.Step;
import dev.penstock.sandbox.aws.SandboxWorld;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * Three namespaces share one load balancer; one Ingress is edited, one namespace deleted; a person
 * binds a target group of their own to a Service; all of it goes.
 */
final class GroupStory {
  private static final String APP =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: %1$s}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: %1$s}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: web, image: web:1, ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: %1$s}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: web
        namespace: %1$s
        annotations:
          alb.ingress.kubernetes.io/scheme: internet-facing
          alb.ingress.kubernetes.io/target-type: ip
          alb.ingress.kubernetes.io/group.name: platform
          alb.ingress.kubernetes.io/group.order: '%2$d'
      spec:
        ingressClassName: alb
        rules:
          - host: %1$s.example.com
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: web, port: {number: 80}}}
      """;
  private static final String BINDING =
      """
      apiVersion: elbv2.k8s.aws/v1beta1
      kind: TargetGroupBinding
      metadata: {name: theirs, namespace: red}
      spec:
        serviceRef: {name: web, port: 80}
        targetGroupARN: %s
        targetType: ip
      """;

  private final DemoView view;
  private String theirs = "";

  GroupStory(DemoView view) {
    this.view = view;
  }

  List<Scene> scenes() {
    return List.of(grouped(), edited(), withoutBlue(), bound(), unbound(), deleted());
  }

  private Scene grouped() {
    return new Scene(
        "three namespaces share one group",
        () -> {
          create(APP.formatted("red", 3));
          create(APP.formatted("green", 1));
          create(APP.formatted("blue", 2));
        },
        List.of(
            new Step(
                "one load balancer, rules in the order of the group",
                () -> hosts("green.example.com", "blue.example.com", "red.example.com")),
            new Step("six healthy targets", () -> healthy(6)),
            new Step("a name for each", () -> names(3))));
  }

  private Scene edited() {
    return new Scene(
        "the host of one Ingress is edited",
        () ->
            view.cluster()
                .network()
                .v1()
                .ingresses()
                .inNamespace("green")
                .withName("web")
                .patch(
                    PatchContext.of(PatchType.JSON),
                    """
                    [{"op": "replace", "path": "/spec/rules/0/host", "value": "lime.example.com"}]\
                    """),
        List.of(
            new Step(
                "its rule alone follows",
                () -> hosts("lime.example.com", "blue.example.com", "red.example.com")),
            new Step("so does its name", () -> Look.of(named("lime") && !named("green"), "")),
            new Step("six healthy targets still", () -> healthy(6))));
  }

  private Scene withoutBlue() {
    return new Scene(
        "a namespace is deleted",
        () -> view.cluster().namespaces().withName("blue").delete(),
        List.of(
            new Step("its rule alone is gone", () -> hosts("lime.example.com", "red.example.com")),
            new Step("two target groups serve", () -> groups(2)),
            new Step("four healthy targets", () -> healthy(4))));
  }

  private Scene bound() {
    return new Scene(
        "a person binds a target group of their own to a Service",
        () -> {
          theirs =
              view.elb()
                  .createTargetGroup(r ->
                      r.name("theirs")
                          .protocol(ProtocolEnum.HTTP)
                          .port(80)
                          .vpcId(SandboxWorld.VPC)
                          .targetType(TargetTypeEnum.IP))
                  .targetGroups()
                  .getFirst()
                  .targetGroupArn();
          create(BINDING.formatted(theirs));
        },
        List.of(new Step("the Service's pods are its targets", () -> boundTargets(2))));
  }

  private Scene unbound() {
    return new Scene(
        "the binding is deleted",
        () -> delete(BINDING.formatted(theirs)),
        List.of(
            new Step("the group is empty", () -> boundTargets(0)),
            new Step("it is theirs and stays", () -> groups(3))));
  }

  private Scene deleted() {
    return new Scene(
        "everything is deleted",
        () -> {
          view.elb().deleteTargetGroup(r -> r.targetGroupArn(theirs));
          view.cluster().namespaces().withName("red").delete();
          view.cluster().namespaces().withName("green").delete();
        },
        List.of(
            new Step("no name is left", () -> names(0)),
            new Step("no load balancer is left", () -> Look.of(view.loadBalancers().isEmpty(), "")),
            new Step("no target group is left", () -> groups(0))));
  }

  private Look hosts(String... wanted) {
    var found =
        view.rules(80).stream()
            .sorted((a, b) -> Integer.parseInt(a.priority()) - Integer.parseInt(b.priority()))
            .map(GroupStory::host)
            .toList();
    return Look.of(
        view.loadBalancers().size() == 1 && found.equals(List.of(wanted)), found.toString());
  }

  private static String host(Rule rule) {
    return rule.conditions().stream()
        .filter(condition -> condition.field().equals("host-header"))
        .flatMap(condition -> condition.hostHeaderConfig().values().stream())
        .findFirst()
        .orElse("");
  }

  private Look healthy(int count) {
    var found = view.targets("healthy");
    return Look.of(found.size() == count, found.toString());
  }

  private Look groups(int count) {
    return Look.of(view.targetGroups().size() == count, view.targetGroups().size() + " groups");
  }

  private Look boundTargets(int count) {
    var found =
        view
            .elb()
            .describeTargetHealth(r -> r.targetGroupArn(theirs))
            .targetHealthDescriptions()
            .stream()
            .map(target -> target.targetHealth().stateAsString())
            .filter(state -> !state.equals("draining"))
            .toList();
    return Look.of(found.size() == count, found.toString());
  }

  private boolean named(String host) {
    return view.records(host + ".example.com").stream()
        .anyMatch(set -> set.typeAsString().equals("A"));
  }

  private Look names(int count) {
    var found = List.of("red", "lime", "green", "blue").stream().filter(this::named).toList();
    return Look.of(found.size() == count, found.toString());
  }

  private void create(String documents) {
    view.cluster().load(bytes(documents)).create();
  }

  private void delete(String documents) {
    view.cluster().load(bytes(documents)).delete();
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
