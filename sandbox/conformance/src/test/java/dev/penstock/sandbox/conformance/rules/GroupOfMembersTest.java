package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.ingress.IngressStacks;
import dev.penstock.plan.ingress.StackInput;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.table.MemberRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One member's error changes nothing for the others (I7), and what was good stays. */
final class GroupOfMembersTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void anInvalidMemberThatWasNeverGoodIsAnsweredWith503InItsPlace() throws IOException {
    var world = world("http", "nope");
    var plan = build(world, world.members(), List.of());
    assertEquals(List.of("forward", "503"), answers(plan));
    assertEquals(List.of("apps/b"), told(plan));
    assertEquals(1, plan.statuses().size());
  }

  @Test
  void anInvalidMemberKeepsItsLastGoodRules() throws IOException {
    var good = world("http", "http").members();
    var world = world("http", "nope");
    var plan = build(world, world.members(), good);
    assertEquals(List.of("forward", "forward"), answers(plan));
    assertEquals(List.of("apps/b"), told(plan));
  }

  @Test
  void aGroupWithoutAnyGoodMemberIsBlockedAndConcludesNothing() throws IOException {
    var world = world("nope", "nope");
    var plan = build(world, world.members(), List.of());
    assertTrue(plan.blockedOn().isPresent());
    assertEquals(List.of(), plan.resources());
    assertEquals(List.of("apps/a", "apps/b"), told(plan));
  }

  @Test
  void theSameInputGivesTheSamePlan() throws IOException {
    var world = world("http", "http");
    var members = world.members();
    assertEquals(build(world, members, List.of()), build(world, members.reversed(), List.of()));
  }

  private static StackPlan build(
      CaseWorld world, List<MemberIntent> members, List<MemberIntent> lastGood) {
    var rows = new ArrayList<MemberRow>();
    for (MemberIntent member : members) {
      Optional<MemberIntent> good =
          lastGood.stream().filter(g -> g.member().equals(member.member())).findFirst();
      rows.add(new MemberRow(member, good, List.of(), 1, Optional.empty()));
    }
    var stack = members.getFirst().stack();
    return IngressStacks.build(
        new StackInput(
            stack, world.registration(), rows, world.cloud(), Map.of(), Quotas.defaults()));
  }

  private static List<String> answers(StackPlan plan) {
    var answers = new ArrayList<String>();
    plan.resources()
        .forEach(desired -> {
          if (desired.spec() instanceof ListenerRuleSpec rule) {
            answers.add(
                rule.actions().getFirst() instanceof Action.FixedResponse(var status, _, _)
                    ? status
                    : "forward");
          }
        });
    return answers;
  }

  private static List<String> told(StackPlan plan) {
    return plan.problems().stream().map(p -> p.member().path()).distinct().sorted().toList();
  }

  private static CaseWorld world(String portOfA, String portOfB) throws IOException {
    var text =
        """
        aws:
          subnets:
            - {id: subnet-1, az: us-west-2a, tags: {kubernetes.io/role/internal-elb: "1"}}
            - {id: subnet-2, az: us-west-2b, tags: {kubernetes.io/role/internal-elb: "1"}}
        objects:
          - {kind: IngressClass, metadata: {name: alb}, spec: {controller: ingress.k8s.aws/alb}}
          - kind: Service
            metadata: {name: web, namespace: apps, uid: u1}
            spec: {type: NodePort, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]}
        """
            + ingress("a", portOfA)
            + ingress("b", portOfB);
    return new CaseWorld(YAML.readTree(text));
  }

  private static String ingress(String name, String port) {
    return """
      - kind: Ingress
        metadata: {name: %1$s, namespace: apps, annotations: {alb.ingress.kubernetes.io/group.name: g}}
        spec:
          ingressClassName: alb
          rules:
            - host: %1$s.example.com
              http:
                paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: %2$s}}}}
    """
        .formatted(name, port);
  }
}
