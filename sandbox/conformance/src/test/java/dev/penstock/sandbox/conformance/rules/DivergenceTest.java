package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.plan.StackPlan;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What plan/DIVERGENCES.md promises, and that the plan says which rule decided. */
final class DivergenceTest {
  private static final String GROUP =
      """
      aws:
        subnets:
          - {id: subnet-1, az: a, cidr: 10.0.0.0/20, tags: {kubernetes.io/role/internal-elb: "1"}}
          - {id: subnet-2, az: b, cidr: 10.0.16.0/20, tags: {kubernetes.io/role/internal-elb: "1"}}
        loadBalancers: [%s]
      objects:
        - {kind: IngressClass, metadata: {name: alb}, spec: {controller: ingress.k8s.aws/alb}}
        - kind: IngressClass
          metadata: {name: odd}
          spec: {controller: ingress.k8s.aws/alb, parameters: {apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: odd}}
        - {kind: IngressClassParams, metadata: {name: odd}, spec: {sslRedirectPort: x}}
        - kind: Ingress
          metadata: {name: a, namespace: apps, annotations: %s}
          spec: {ingressClassName: odd}
        - kind: Ingress
          metadata: {name: b, namespace: apps, annotations: %s}
          spec: {ingressClassName: alb}
      """;
  private static final String PLAIN = "{alb.ingress.kubernetes.io/group.name: g}";
  private static final String TLS =
      """
      {alb.ingress.kubernetes.io/group.name: g, alb.ingress.kubernetes.io/ssl-redirect: "443",
      alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80},{"HTTPS":443}]',
      alb.ingress.kubernetes.io/certificate-arn: "arn:1"}\
      """;

  @Test
  void onlyTheMemberWhoseClassHasNoPortLosesItsRedirect() throws IOException {
    var plan = plan("", TLS, TLS);
    var first =
        plan.resources().stream()
            .map(StackPlan.Desired::spec)
            .filter(ListenerSpec.class::isInstance)
            .map(ListenerSpec.class::cast)
            .filter(l -> l.protocol().equals("HTTP"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        1, first.defaultActions().stream().filter(Action.Redirect.class::isInstance).count());
    assertEquals(
        List.of("apps/a InvalidClassRedirect"),
        plan.problems().stream().map(p -> p.member().path() + " " + p.problem().reason()).toList());
  }

  @Test
  void subnetsAreThoseOfTheStacksOwnLoadBalancer() throws IOException {
    assertEquals(Optional.empty(), balancer(plan("", PLAIN, PLAIN)).divergence());
    var own = balancer(plan(balancer("network", "subnet-8", "Nlb"), PLAIN, PLAIN));
    assertEquals(Optional.of("own-load-balancer"), own.divergence());
    assertEquals(List.of("subnet-1", "subnet-2"), ((LoadBalancerSpec) own.spec()).subnets());
  }

  private static String balancer(String type, String subnet, String resource) {
    return "{arn: arn:lb, type: %s, scheme: internal, subnets: [%s], tags: {elbv2.k8s.aws/cluster: demo, ingress.k8s.aws/stack: g, ingress.k8s.aws/resource: %s}}"
        .formatted(type, subnet, resource);
  }

  private static StackPlan.Desired balancer(StackPlan plan) {
    return plan.resources().stream()
        .filter(d -> d.spec() instanceof LoadBalancerSpec)
        .findFirst()
        .orElseThrow();
  }

  private static StackPlan plan(String balancers, String a, String b) throws IOException {
    var text = GROUP.formatted(balancers, a.strip(), b.strip());
    var world = new CaseWorld(new ObjectMapper(new YAMLFactory()).readTree(text));
    return Plans.of(world, world.cloud());
  }
}
