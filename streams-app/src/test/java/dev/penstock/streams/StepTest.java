package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.settings.ClusterMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From facts to commands, outcomes and statuses. */
final class StepTest {
  private final World world = new World();

  private void begin(ClusterMode mode) {
    world.append(Facts.REGION, new PersonFact.ClusterRegistered("ann", Facts.registration()));
    world.append(Facts.REGION, new PersonFact.ClusterModeChanged("ann", Facts.CLUSTER, mode));
    world.append(Facts.REGION, new CloudFact.ApplyStarted(Answers.TENURE));
    world.append(Facts.DNS, new CloudFact.ApplyStarted(Answers.TENURE));
    world.append(
        Facts.REGION,
        new ClusterFact.KubernetesApplyStarted(Facts.CLUSTER, Answers.KUBERNETES_TENURE));
  }

  @Test
  void anIngressBecomesALoadBalancerAndGetsItsAddress() {
    begin(ClusterMode.MANAGE);
    world.settle(_ -> true);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.settle(_ -> true);
    world.live(5_000, 250);
    assertTrue(
        world.commands.stream()
            .anyMatch(c ->
                c.operation() instanceof Operation.Create(var spec)
                    && spec instanceof LoadBalancerSpec));
    assertTrue(
        world.kubernetesCommands.stream()
            .flatMap(c -> c.writes().stream())
            .anyMatch(w -> w instanceof KubernetesWrite.SetLoadBalancerStatus));
    assertEquals(List.of(), List.copyOf(world.open.keySet()));
  }
}
