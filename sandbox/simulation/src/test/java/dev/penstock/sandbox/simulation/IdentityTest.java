package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.aws.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/**
 * What our log made stays known by its ARN: the tags by which it is found are put back when
 * somebody takes or changes them, and nothing is made a second time.
 */
class IdentityTest {
  private static final String CLUSTER = "elbv2.k8s.aws/cluster";
  private static final String STACK = "ingress.k8s.aws/stack";
  private static final String RESOURCE = "ingress.k8s.aws/resource";

  /** Tags that somebody changes; an empty value removes the tag. */
  private record Theft(String of, Map<String, String> tags) {
    @Override
    public String toString() {
      return of + " " + tags;
    }
  }

  private static Stream<Theft> thefts() {
    return Stream.of(
            "load balancer", "target group", "listener", "rule", "frontend group", "backend group")
        .flatMap(of ->
            Stream.of(
                    Map.of(CLUSTER, ""),
                    Map.of(CLUSTER, "other"),
                    Map.of(STACK, "other"),
                    Map.of(RESOURCE, "other"),
                    Map.of(CLUSTER, "", STACK, "", RESOURCE, ""))
                .map(tags -> new Theft(of, tags)));
  }

  @ParameterizedTest
  @MethodSource("thefts")
  void tagsThatSomebodyTakesArePutBackAndNothingElseIsWritten(Theft theft) throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(6));
    var id = id(stage, theft.of());
    var before = tags(stage, id);
    steal(stage, id, theft.tags(), before);
    var mark = stage.mark();

    stage.pass(Duration.ofMinutes(35));

    assertEquals(
        before.equals(stolen(before, theft.tags()))
            ? List.of()
            : List.of(id.startsWith("sg-") ? "CreateTags" : "AddTags"),
        writes(stage, mark));
    assertEquals(before, tags(stage, id));

    var quiet = stage.mark();
    stage.pass(Duration.ofMinutes(65));
    assertEquals(List.of(), writes(stage, quiet));
  }

  private static String id(Stage stage, String of) {
    return switch (of) {
      case "load balancer" -> stage.loadBalancers().getFirst().loadBalancerArn();
      case "target group" -> stage.targetGroups().getFirst().targetGroupArn();
      case "listener" -> stage.listeners().getFirst().listenerArn();
      case "rule" -> stage.rules(443).getFirst().ruleArn();
      case "frontend group" -> group(stage, "k8s-default-nginxing-");
      default -> group(stage, "k8s-traffic-");
    };
  }

  private static String group(Stage stage, String prefix) {
    return stage.ec2.describeSecurityGroups().securityGroups().stream()
        .filter(g -> g.groupName().startsWith(prefix))
        .findFirst()
        .orElseThrow()
        .groupId();
  }

  private static TreeMap<String, String> tags(Stage stage, String id) {
    var tags = new TreeMap<String, String>();
    if (id.startsWith("sg-")) {
      stage
          .ec2
          .describeSecurityGroups(r -> r.groupIds(id))
          .securityGroups()
          .getFirst()
          .tags()
          .forEach(tag -> tags.put(tag.key(), tag.value()));
    } else {
      stage
          .elb
          .describeTags(r -> r.resourceArns(id))
          .tagDescriptions()
          .getFirst()
          .tags()
          .forEach(tag -> tags.put(tag.key(), tag.value()));
    }
    return tags;
  }

  private static TreeMap<String, String> stolen(
      Map<String, String> before, Map<String, String> theft) {
    var left = new TreeMap<>(before);
    theft.forEach(
        (key, value) -> left.computeIfPresent(key, (_, _) -> value.isEmpty() ? null : value));
    return left;
  }

  /** Only tags that are there are changed. */
  private static void steal(
      Stage stage, String id, Map<String, String> theft, Map<String, String> before) {
    theft.forEach((key, value) -> {
      if (before.containsKey(key) && value.isEmpty()) {
        remove(stage, id, key);
      } else if (before.containsKey(key)) {
        change(stage, id, key, value);
      }
    });
  }

  private static void remove(Stage stage, String id, String key) {
    if (id.startsWith("sg-")) {
      stage.ec2.deleteTags(r -> r.resources(id).tags(t -> t.key(key)));
    } else {
      stage.elb.removeTags(r -> r.resourceArns(id).tagKeys(key));
    }
  }

  private static void change(Stage stage, String id, String key, String value) {
    if (id.startsWith("sg-")) {
      stage.ec2.createTags(r -> r.resources(id).tags(t -> t.key(key).value(value)));
    } else {
      stage.elb.addTags(r -> r.resourceArns(id).tags(Tag.builder().key(key).value(value).build()));
    }
  }

  private static List<String> writes(Stage stage, long mark) {
    return stage.calls(mark).stream()
        .filter(RequestLog.Entry::wrote)
        .map(e -> e.operation().name())
        .toList();
  }
}
