package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.schemas.settings.ClusterMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the world should be, computed from the clusters' objects alone and written from the rules of
 * the controllers that we replace: which targets stand behind each host and path, which answers are
 * fixed, which names lead where, which Ingress has an address. Where the rules leave a choice, each
 * allowed choice is right; what is not judged here is never a difference.
 */
public final class Wanted {
  private static final int MOST = 20;

  private Wanted() {}

  /** The first differences between what is wanted and what AWS does, in words; none at best. */
  public static List<String> differences(Sight sight) {
    var evidence = new Evidence(sight);
    evidence.look();
    var differences = new ArrayList<String>();
    for (var cluster : judged(evidence)) {
      new WantedStacks(evidence, cluster, evidence.home(cluster)).compare(differences);
    }
    new WantedBindings(evidence, judged(evidence)).compare(differences);
    new WantedNames(evidence, judged(evidence)).compare(differences);
    return differences.subList(0, Math.min(MOST, differences.size()));
  }

  /** Clusters that we manage and that are who they were. */
  private static List<ClusterEyes> judged(Evidence evidence) {
    return evidence.clusters().stream()
        .filter(cluster -> evidence.heard().cluster(cluster.name()).mode() == ClusterMode.MANAGE)
        .filter(cluster -> evidence.heard().cluster(cluster.name()).uid().equals(cluster.uid()))
        .toList();
  }
}
