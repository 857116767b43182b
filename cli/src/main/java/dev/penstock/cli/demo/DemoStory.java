package dev.penstock.cli.demo;

import dev.penstock.cli.demo.Scene.Look;
import dev.penstock.cli.demo.Scene.Step;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The demo, scene by scene: the example is applied, scaled, rolled, broken and healed, changed by
 * hand in AWS, and deleted.
 */
final class DemoStory {
  private static final String HOST = "nginx.example.com";
  private static final String INGRESS = "nginx-ingress";
  private static final String DEPLOYMENT = "nginx-app";

  private final DemoView view;
  private final String example;
  private final List<SecurityGroup> founding = new ArrayList<>();
  private final List<String> before = new ArrayList<>();

  DemoStory(DemoView view, String example) {
    this.view = view;
    this.example = example;
  }

  List<Scene> scenes() {
    return List.of(applied(), scaled(), rolled(), broken(), healed(), changedByHand(), deleted());
  }

  private Scene applied() {
    return new Scene(
        "kubectl apply -f deploy/examples/nginx-complete.yaml",
        this::apply,
        List.of(
            new Step("an internet-facing load balancer in three zones", this::loadBalancer),
            new Step("listeners HTTP 80 and HTTPS 443 with its certificate", this::listeners),
            new Step("HTTP redirects to HTTPS", this::redirect),
            new Step("one rule: " + HOST + "/* to the Service", this::rule),
            new Step("three targets registered and healthy", () -> targetsAreThePods(3)),
            new Step("alias A and AAAA and the ownership TXT", this::records),
            new Step("the address on the Ingress", this::address)));
  }

  private Scene scaled() {
    return new Scene(
        "kubectl scale deployment nginx-app --replicas=5",
        () -> scale(5),
        List.of(new Step("five healthy targets", () -> targetsAreThePods(5))));
  }

  private Scene rolled() {
    return new Scene(
        "kubectl rollout restart deployment nginx-app",
        () -> {
          before.clear();
          before.addAll(view.readyAddresses());
          view.cluster()
              .apps()
              .deployments()
              .inNamespace("default")
              .withName(DEPLOYMENT)
              .rolling()
              .restart();
        },
        List.of(
            new Step("five new pods are the healthy targets", this::allNew),
            new Step(
                "nothing of the old pods is left but what drains", () -> targetsAreThePods(5))));
  }

  private Scene broken() {
    return new Scene(
        "the readiness probe of one pod fails",
        () -> markReady("false"),
        List.of(new Step("its target is gone, four serve", () -> targetsAreThePods(4))));
  }

  private Scene healed() {
    return new Scene(
        "the probe passes again",
        () -> markReady("true"),
        List.of(new Step("its target is back", () -> targetsAreThePods(5))));
  }

  private Scene changedByHand() {
    return new Scene(
        "somebody deletes the listener rule by hand in AWS",
        () ->
            view.rules(443).forEach(rule -> view.elb().deleteRule(r -> r.ruleArn(rule.ruleArn()))),
        List.of(new Step("the rule is back, made anew", this::rule)));
  }

  private Scene deleted() {
    return new Scene(
        "kubectl delete -f deploy/examples/nginx-complete.yaml",
        () ->
            view.cluster()
                .load(new ByteArrayInputStream(example.getBytes(StandardCharsets.UTF_8)))
                .inNamespace("default")
                .delete(),
        List.of(
            new Step("the DNS records are gone", this::noRecords),
            new Step(
                "the load balancer is gone",
                () -> gone("load balancers", view.loadBalancers().size())),
            new Step(
                "the target group is gone",
                () -> gone("target groups", view.targetGroups().size())),
            new Step("the security groups are as they were", this::noGroups),
            new Step("the Ingress is gone", this::noIngress)));
  }

  private void apply() {
    founding.clear();
    founding.addAll(view.securityGroups());
    view.cluster()
        .load(new ByteArrayInputStream(example.getBytes(StandardCharsets.UTF_8)))
        .inNamespace("default")
        .create();
  }

  private Look loadBalancer() {
    var found = view.loadBalancers();
    var right =
        found.size() == 1
            && found.getFirst().schemeAsString().equals("internet-facing")
            && found.getFirst().availabilityZones().size() == 3;
    return Look.of(
        right,
        found.stream()
            .map(lb -> lb.loadBalancerName() + " (" + lb.state().codeAsString() + ")")
            .collect(Collectors.joining(", ")));
  }

  private Look listeners() {
    var found = view.listeners();
    var right =
        found.size() == 2
            && found.get(0).port() == 80
            && found.get(1).port() == 443
            && found
                .get(1)
                .certificates()
                .getFirst()
                .certificateArn()
                .endsWith("certificate/your-cert");
    return Look.of(
        right,
        found.stream()
            .map(l -> l.protocolAsString() + ":" + l.port())
            .collect(Collectors.joining(", ")));
  }

  private Look redirect() {
    var actions =
        view.listeners().stream()
            .filter(listener -> listener.protocol() == ProtocolEnum.HTTP)
            .flatMap(listener -> listener.defaultActions().stream())
            .toList();
    var right =
        actions.size() == 1
            && actions.getFirst().type() == ActionTypeEnum.REDIRECT
            && actions.getFirst().redirectConfig().port().equals("443");
    return Look.of(right, right ? actions.getFirst().redirectConfig().statusCodeAsString() : "");
  }

  private Look rule() {
    var rules = view.rules(443);
    return Look.of(
        rules.size() == 1,
        rules.stream()
            .map(rule -> "priority " + rule.priority())
            .collect(Collectors.joining(", ")));
  }

  private Look targetsAreThePods(int pods) {
    var healthy = view.targets("healthy");
    var all = view.targets().stream().map(t -> t.targetHealth().stateAsString()).sorted().toList();
    var right =
        view.pods().size() >= pods
            && healthy.equals(view.readyAddresses())
            && healthy.size() == pods
            && all.stream().allMatch(state -> state.equals("healthy") || state.equals("draining"));
    return Look.of(right, right ? String.join(" ", healthy) : all.toString());
  }

  private Look allNew() {
    var healthy = view.targets("healthy");
    var right = healthy.size() == 5 && healthy.stream().noneMatch(before::contains);
    return Look.of(right, String.join(" ", healthy));
  }

  private Look records() {
    var names = recordTexts();
    var right =
        names.contains("A " + HOST + ".")
            && names.contains("AAAA " + HOST + ".")
            && names.stream().anyMatch(name -> name.startsWith("TXT "));
    return Look.of(right, String.join(", ", names));
  }

  private Look noRecords() {
    return gone("record sets", recordTexts().size());
  }

  private List<String> recordTexts() {
    return view.records(HOST).stream().map(DemoStory::text).sorted().toList();
  }

  private static String text(ResourceRecordSet set) {
    return set.typeAsString() + " " + set.name();
  }

  private Look address() {
    var address = view.address(INGRESS);
    var wanted =
        view.loadBalancers().stream()
            .map(lb -> lb.dnsName().toLowerCase(java.util.Locale.ROOT))
            .toList();
    return Look.of(address.isPresent() && wanted.contains(address.get()), address.orElse("none"));
  }

  private Look noIngress() {
    var left =
        view.cluster().network().v1().ingresses().inNamespace("default").list().getItems().size();
    return gone("Ingresses", left);
  }

  private Look noGroups() {
    var left = view.securityGroups();
    return Look.of(left.equals(founding), left.equals(founding) ? "" : left.toString());
  }

  private static Look gone(String what, int left) {
    return Look.of(left == 0, left == 0 ? "" : left + " " + what);
  }

  private void scale(int replicas) {
    view.cluster().apps().deployments().inNamespace("default").withName(DEPLOYMENT).scale(replicas);
  }

  private void markReady(String value) {
    var pod = view.pods().getFirst().getMetadata().getName();
    view.cluster()
        .pods()
        .inNamespace("default")
        .withName(pod)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"sandbox.penstock.dev/ready\":\"" + value + "\"}}}");
  }
}
