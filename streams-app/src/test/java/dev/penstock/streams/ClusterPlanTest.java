package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.preview.ClusterPlan;
import dev.penstock.streams.preview.ClusterPlan.Change;
import dev.penstock.streams.tables.MemoryTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What managing a cluster would write, before it is managed. */
final class ClusterPlanTest {
  private final World world = new World();

  private ClusterPlan plan() {
    return ClusterPlan.of(world.tables, Facts.CLUSTER).orElseThrow();
  }

  private void shadow(List<KubernetesObject> objects) {
    world.begin(ClusterMode.SHADOW);
    world.list("watch-1", objects);
    world.live(20_000, 500);
  }

  private static List<VerdictKind> verdicts(ClusterPlan plan, String resource) {
    return plan.changes().stream()
        .filter(it -> it.resource().equals(resource))
        .map(Change::verdict)
        .toList();
  }

  private List<String> actions() {
    return plan().changes().stream().map(Change::action).distinct().sorted().toList();
  }

  @Test
  void whatIsMissingIsPlannedAndTheTablesStayAsTheyAre() {
    shadow(Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    var before = MemoryTables.copyOf(world.tables);

    var plan = plan();

    assertEquals(List.of(), plan.unknown());
    assertEquals(List.of("create", "update", "write"), actions());
    assertEquals(
        List.of(VerdictKind.BLOCKED), verdicts(plan, "LoadBalancer LoadBalancer"), plan.toString());
    assertEquals(
        List.of(VerdictKind.CREATE), verdicts(plan, "SecurityGroup backend-sg"), plan.toString());
    assertEquals(before, world.tables);
  }

  @Test
  void whatServesIsNotChanged() {
    var serving = Serving.web();
    serving.look(60_000);
    serving.world.live(20_000, 500);
    var plan = ClusterPlan.of(serving.world.tables, Facts.CLUSTER).orElseThrow();
    assertEquals(List.of(), plan.changes());
    assertEquals(List.of(), plan.unknown());
  }

  @Test
  void beforeTheClusterIsListedNothingIsSaidOfIt() {
    world.begin(ClusterMode.SHADOW);
    var plan = plan();
    assertEquals(List.of(), plan.changes());
    assertTrue(
        plan.unknown().stream().anyMatch(it -> it.sentence().contains("not listed")),
        plan.toString());
  }

  @Test
  void aServiceWithALoadBalancerOfLbcIsNamed() {
    var objects = new ArrayList<>(Facts.cluster());
    objects.removeIf(Service.class::isInstance);
    objects.add(balanced(Facts.service()));
    shadow(objects);
    assertEquals(
        List.of("Service default/web"),
        plan().unmanaged().stream().map(ClusterPlan.Note::subject).toList());
  }

  static Service balanced(Service service) {
    return new Service(
        service.metadata(),
        "LoadBalancer",
        service.clusterIp(),
        service.ipFamilies(),
        service.ports(),
        service.selector(),
        service.externalTrafficPolicy(),
        service.healthCheckNodePort(),
        Optional.of("service.k8s.aws/nlb"),
        service.loadBalancerSourceRanges(),
        service.externalIps(),
        service.externalName(),
        service.status());
  }
}
