package dev.penstock.sandbox.simulation.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which Service stands behind a target group, by what the clusters' objects ask for. */
final class Selections {
  /** A Service that some living object puts behind a target group. */
  record Backing(ClusterEyes cluster, JsonNode service) {
    /** Pods that the Service selects, gone ones too. */
    List<ClusterEyes.Pod> pods() {
      var selector = Tree.texts(service, "spec", "selector");
      return cluster.pods().stream()
          .filter(_ -> !selector.isEmpty())
          .filter(pod -> Tree.namespace(pod.object()).equals(Tree.namespace(service)))
          .filter(pod ->
              Tree.texts(pod.object(), "metadata", "labels")
                  .entrySet()
                  .containsAll(selector.entrySet()))
          .toList();
    }

    /** Whether one of its pods is a target. */
    boolean fills(List<TargetRow> targets) {
      return pods().stream()
          .anyMatch(pod -> targets.stream().anyMatch(row -> row.model().id().equals(pod.ip())));
    }
  }

  private final Evidence evidence;

  Selections(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Empty if nobody asks for the target group. */
  Optional<Backing> of(Estate estate, String groupArn) {
    return evidence
        .cluster(estate.clusterOf(groupArn))
        .flatMap(cluster -> tagged(cluster, estate.resourceOf(groupArn)))
        .or(() -> filling(estate, groupArn));
  }

  /** Of several bindings onto one group the one that fills it, if any of them does. */
  private Optional<Backing> filling(Estate estate, String groupArn) {
    var bound = evidence.clusters().stream().flatMap(cluster -> bound(cluster, groupArn)).toList();
    return bound.stream()
        .filter(backing -> backing.fills(estate.targets().in(groupArn)))
        .findFirst()
        .or(() -> bound.stream().findFirst());
  }

  /** By the resource id {@code namespace/ingress-service:port} (LBC 4.3). */
  private Optional<Backing> tagged(ClusterEyes cluster, String resource) {
    for (var member : evidence.members(cluster)) {
      if (member.leaving()) {
        continue;
      }
      for (var port : member.services()) {
        if (resource.equals(member.path() + "-" + port.service() + ":" + port.port())) {
          return service(cluster, member.namespace(), port.service());
        }
      }
    }
    return Optional.empty();
  }

  private static Stream<Backing> bound(ClusterEyes cluster, String groupArn) {
    return cluster.all(ClusterEyes.BINDINGS).stream()
        .filter(binding -> !Tree.deleting(binding))
        .filter(binding -> Tree.text(binding, "spec", "targetGroupARN").equals(groupArn))
        .flatMap(binding ->
            service(
                cluster, Tree.namespace(binding), Tree.text(binding, "spec", "serviceRef", "name"))
                .stream());
  }

  private static Optional<Backing> service(ClusterEyes cluster, String namespace, String name) {
    return cluster
        .find(ClusterEyes.SERVICES, namespace, name)
        .map(service -> new Backing(cluster, service));
  }
}
