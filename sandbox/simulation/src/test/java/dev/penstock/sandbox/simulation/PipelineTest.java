package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.DecisionsChanged;
import dev.penstock.streams.decide.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** The example of seed 1: from an applied Ingress to a resolving, balanced, healthy host name. */
class PipelineTest {
  @Test
  void anAppliedIngressServes() throws Exception {
    var stage = Stage.withNginx();

    var balancer = stage.loadBalancers().getFirst();
    assertEquals(1, stage.loadBalancers().size());
    assertEquals("internet-facing", balancer.schemeAsString());
    assertEquals(
        Set.of(80, 443),
        stage.listeners().stream().map(Listener::port).collect(Collectors.toSet()));
    var redirect = stage.rules(80).getFirst().actions().getFirst();
    assertEquals("redirect", redirect.typeAsString());
    assertEquals("443", redirect.redirectConfig().port());
    assertEquals(List.of("1", "default"), stage.rules(443).stream().map(Rule::priority).toList());
    assertEquals("forward", stage.rules(443).getFirst().actions().getFirst().typeAsString());
    assertEquals(3, stage.healthy().size());
    assertEquals(stage.readyPods("default"), stage.healthy());
    assertEquals(balancer.dnsName().toLowerCase(), stage.address("default", "nginx-ingress"));
    var alias = stage.records().get("nginx.example.com. A").aliasTarget().dnsName();
    assertTrue(alias.contains(balancer.dnsName().toLowerCase()), alias);
    assertEquals(
        Set.of(
            "nginx.example.com. A",
            "nginx.example.com. AAAA",
            "a-nginx.example.com. TXT",
            "aaaa-nginx.example.com. TXT"),
        stage.records().keySet());
  }

  @Test
  void deletingEverythingLeavesNothingBehind() throws Exception {
    var founding = new Stage().securityGroups();
    var stage = Stage.withNginx();

    stage.kubectl.delete(Kinds.INGRESS, "default", "nginx-ingress");
    stage.kubectl.delete(Kinds.SERVICE, "default", "nginx-service");
    stage.kubectl.delete(Kinds.DEPLOYMENT, "default", "nginx-app");

    stage.until(
        "the Ingress is gone",
        () -> stage.kubectl.find(Kinds.INGRESS, "default", "nginx-ingress").isEmpty());
    stage.until(
        "AWS is empty",
        () ->
            stage.loadBalancers().isEmpty()
                && stage.targetGroups().isEmpty()
                && stage.records().isEmpty());
    stage.pass(Duration.ofMinutes(5));
    assertEquals(founding, stage.securityGroups());
  }

  @Test
  void theLogOfEachScopeSaysOnceWhichVersionDecidesThere() throws Exception {
    var stage = Stage.withNginx();
    for (var scope : List.of(Fleet.HOME, Fleet.DNS)) {
      var said =
          stage.pipeline.events(scope).map(Event::body).filter(DecisionsChanged.class::isInstance);
      var version = Integer.toString(Version.CURRENT);
      assertEquals(List.of(new DecisionsChanged(version, Optional.empty())), said.toList());
    }
  }
}
