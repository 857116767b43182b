package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.plan.StackPlan;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.ListenerSpec.MutualAuthentication;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Target groups and trust stores that are not ours and are given by their names. */
final class ForeignNamesTest {
  private static final String AWS =
      """
      subnets:
        - {id: subnet-1, az: us-west-2a, tags: {kubernetes.io/role/internal-elb: "1"}}
        - {id: subnet-2, az: us-west-2b, tags: {kubernetes.io/role/internal-elb: "1"}}
      targetGroups: [{name: theirs, arn: "arn:theirs"}]
      trustStores: [{name: clients, arn: "arn:clients"}]
      """;
  private static final String OBJECTS =
      """
      - kind: IngressClass
        metadata: {name: alb}
        spec: {controller: ingress.k8s.aws/alb}
      - kind: Ingress
        metadata: {name: shop, namespace: apps}
        spec:
          ingressClassName: alb
          defaultBackend: {service: {name: act, port: {name: use-annotation}}}
          rules:
            - http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: {service: {name: act, port: {name: use-annotation}}}
      """;

  private static CaseWorld world(String targetGroup, String trustStore) {
    var content = new ObjectMapper().createObjectNode();
    content.set("aws", Rows.yaml(AWS));
    var objects = Rows.yaml(OBJECTS);
    ((ObjectNode) objects.get(1).path("metadata"))
        .putObject("annotations")
        .put("alb.ingress.kubernetes.io/certificate-arn", "arn:certificate")
        .put(
            "alb.ingress.kubernetes.io/actions.act",
            "{\"type\":\"forward\",\"targetGroupName\":\"" + targetGroup + "\"}")
        .put(
            "alb.ingress.kubernetes.io/mutual-authentication",
            "[{\"port\":443,\"mode\":\"verify\",\"trustStore\":\"" + trustStore + "\"}]");
    content.set("objects", objects);
    return new CaseWorld(content);
  }

  private static AppliedCloud live() {
    var world = world("theirs", "clients");
    return new AppliedCloud(world.cloud(), Plans.of(world, world.cloud()));
  }

  private static List<Action> ruleActions(StackPlan plan) {
    return Plans.specs(plan, ListenerRuleSpec.class).stream()
        .flatMap(rule -> rule.actions().stream())
        .toList();
  }

  private static ListenerSpec listener(StackPlan plan) {
    return Plans.specs(plan, ListenerSpec.class).getFirst();
  }

  private static List<String> told(StackPlan plan) {
    return plan.problems().stream()
        .map(p -> p.problem().reason() + ": " + p.problem().message())
        .toList();
  }

  private static List<Action> toTheirs() {
    var group = new Action.WeightedTargetGroup(new Link.Known("arn:theirs"), Optional.empty());
    return List.of(new Action.Forward(List.of(group), Optional.empty()));
  }

  @Test
  void namesBecomeTheArnsThatAwsHasForThem() {
    var world = world("theirs", "clients");

    var plan = Plans.of(world, world.cloud());

    assertEquals(toTheirs(), ruleActions(plan));
    assertEquals(toTheirs(), listener(plan).defaultActions());
    assertEquals(
        Optional.of("arn:clients"),
        listener(plan).mutualAuthentication().flatMap(MutualAuthentication::trustStoreArn));
    assertEquals(List.of(), told(plan));
  }

  @Test
  void aTargetGroupThatIsGoneChangesNothingOfWhatServes() {
    var plan = Plans.of(world("gone", "clients"), live());

    assertEquals(toTheirs(), ruleActions(plan));
    assertEquals(toTheirs(), listener(plan).defaultActions());
    assertEquals(List.of("NoTargetGroup: there is no target group \"gone\""), told(plan));
  }

  @Test
  void aTrustStoreThatIsGoneTakesNoCheckAway() {
    var plan = Plans.of(world("theirs", "gone"), live());

    assertEquals(toTheirs(), ruleActions(plan));
    assertEquals(Optional.empty(), listener(plan).mutualAuthentication());
    assertEquals(List.of("NoTrustStore: there is no trust store \"gone\""), told(plan));
  }

  @Test
  void whatWasNotLookedUpYetBlocksThePlan() {
    var world = world("theirs", "clients");

    var plan = Plans.of(world, new UnaskedCloud(world.cloud()));

    assertEquals(Optional.of("trust store \"clients\" was not looked up yet"), plan.blockedOn());
  }
}
