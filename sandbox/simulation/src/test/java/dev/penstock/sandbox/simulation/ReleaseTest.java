package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.event.PersonFact.ClusterModeChanged;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.StackRow.MemberProblem;
import dev.penstock.streams.preview.ClusterPlan;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cluster that is released: in LBC's form to the last tag, and then left alone. */
class ReleaseTest {
  private static final String RESOURCE = "ingress.k8s.aws/resource";
  private static final Duration QUIET = Duration.ofHours(1);

  private static void annotate(Stage stage, String key, String value) {
    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        "metadata: {annotations: {alb.ingress.kubernetes.io/%s: '%s'}}".formatted(key, value));
  }

  private static void mode(Stage stage, ClusterMode mode) {
    for (var scope : stage.pipeline.fleet().scopes()) {
      stage.pipeline.append(scope, new ClusterModeChanged("tester", Stage.CLUSTER, mode));
    }
  }

  /** Both have a successor by now, and the rules of one listener have gaps. */
  private static Stage replaced() throws Exception {
    var stage = Stage.withNginx();
    for (var change :
        List.of(Map.entry("backend-protocol-version", "HTTP2"), Map.entry("scheme", "internal"))) {
      annotate(stage, change.getKey(), change.getValue());
      for (int n = 0; n < 6; n++) {
        stage.pass(Duration.ofMinutes(3));
        stage.approve();
      }
    }
    paths(stage, "/first", "/second");
    paths(stage, "/second");
    return stage;
  }

  /** Paths of one host, in this order. */
  private static void paths(Stage stage, String... paths) throws Exception {
    var list = new StringBuilder();
    for (var path : paths) {
      list.append(
          "{path: %s, pathType: Exact, backend: {service: {name: nginx-service, port: {number: 80}}}},"
              .formatted(path));
    }
    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        "spec: {rules: [{host: nginx.example.com, http: {paths: [%s]}}]}".formatted(list));
    stage.pass(Duration.ofMinutes(5));
  }

  private static List<String> resources(Stage stage) {
    var arns = new ArrayList<String>();
    stage.loadBalancers().forEach(it -> arns.add(it.loadBalancerArn()));
    stage.targetGroups().forEach(it -> arns.add(it.targetGroupArn()));
    return arns.stream().map(arn -> resource(stage, arn)).sorted().toList();
  }

  private static String resource(Stage stage, String arn) {
    return stage.elb.describeTags(r -> r.resourceArns(arn)).tagDescriptions().stream()
        .flatMap(description -> description.tags().stream())
        .filter(tag -> tag.key().equals(RESOURCE))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static List<MemberProblem> problems(Stage stage) {
    return stage.pipeline.tables().scan(Table.STACKS, "").stream()
        .flatMap(entry -> entry.row().problems().stream())
        .toList();
  }

  /** Of the one rule of HTTPS: its number, and the tag that repeats it. */
  private static List<String> numbers(Stage stage) {
    var rules = stage.rules(443).stream().filter(rule -> !rule.isDefault()).toList();
    assertEquals(1, rules.size(), rules.toString());
    var rule = rules.getFirst();
    return List.of(rule.priority(), resource(stage, rule.ruleArn()));
  }

  @Test
  void theNumbersOfSuccessorsAndOfRulesGoAndNothingIsWrittenAfterwards() throws Exception {
    var stage = replaced();
    assertEquals(
        List.of("LoadBalancer@1", "default/nginx-ingress-nginx-service:80@2"), resources(stage));
    assertEquals(List.of("3", "443:3"), numbers(stage));
    var arn = stage.loadBalancers().getFirst().loadBalancerArn();

    mode(stage, ClusterMode.RELEASED);
    stage.pass(Duration.ofMinutes(5));
    assertEquals(
        List.of("LoadBalancer", "default/nginx-ingress-nginx-service:80"), resources(stage));
    assertEquals(List.of("1", "443:1"), numbers(stage));
    assertEquals(arn, stage.loadBalancers().getFirst().loadBalancerArn());

    var mark = stage.mark();
    annotate(stage, "healthcheck-path", "/ready");
    stage.pass(QUIET);
    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(List.of(), problems(stage), "what is not ours is nobody's problem");

    mode(stage, ClusterMode.MANAGE);
    stage.pass(QUIET);
    assertEquals(Map.of("ModifyTargetGroup", 1L), stage.writes(mark));
  }

  @Test
  void whatWasReleasedIsTakenOverAgainWithoutAWriteToAws() throws Exception {
    var stage = replaced();
    mode(stage, ClusterMode.RELEASED);
    stage.pass(QUIET);
    mode(stage, ClusterMode.SHADOW);
    stage.pass(QUIET);
    var plan = ClusterPlan.of(stage.pipeline.tables(), Stage.CLUSTER).orElseThrow();
    // A group that kept its successor's name is shown once more, under the name without a number.
    assertTrue(
        plan.changes().stream().allMatch(it -> it.resource().equals("TargetGroupBinding")),
        plan.toString());
    assertEquals(List.of(), plan.unknown());

    var mark = stage.mark();
    mode(stage, ClusterMode.MANAGE);
    stage.pass(QUIET);
    assertEquals(Map.of(), stage.writes(mark));
  }
}
