package dev.penstock.cli.torture;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.Kubectl;
import dev.penstock.sandbox.simulation.check.Checks;
import dev.penstock.sandbox.simulation.check.Settled;
import dev.penstock.sandbox.simulation.check.TrafficSamples;
import dev.penstock.sandbox.simulation.check.Violation;
import dev.penstock.sandbox.simulation.check.Wanted;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.MemoryTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The invariants of the simulation over what really happens: each call of ours as it arrives,
 * visitors again and again, and at the end what must be.
 */
final class Judge {
  /** A stranger at a gone pod's address may be reached for so long. */
  private static final Duration STRANGER = Duration.ofSeconds(60);

  private final TortureWorld world;
  private final Checks checks;
  private final TrafficSamples traffic;
  private final News<Violation> news;

  Judge(TortureWorld world) {
    this.world = world;
    this.checks = Checks.of(world);
    this.traffic = new TrafficSamples(world, STRANGER);
    this.news = new News<Violation>(List.of(checks::violations, traffic::violations));
  }

  /** Looks at what is new. */
  void look() {
    world.still(() -> {
      checks.after();
      traffic.sample();
    });
  }

  /** From now on nothing may be written; what was decided before is no matter. */
  void quiet() {
    world.mirror().catchUp();
    world.still(() -> {
      checks.after();
      checks.quiet(true);
    });
  }

  /** What holds only when all work is done. */
  void atRest() throws LogFailed {
    world.mirror().settle();
    world.still(checks::atRest);
  }

  /** The violations that were not asked for before. */
  List<Violation> news() {
    var fresh = new ArrayList<Violation>();
    world.still(() -> fresh.addAll(news.next()));
    return fresh;
  }

  /** What is not yet as it is wanted, or not yet done; none at best. */
  List<String> differences() {
    var differences = new ArrayList<String>();
    world.still(() -> {
      world.fleet().sites().forEach(site -> unfinished(site.cluster().name(), differences));
      differences.addAll(Wanted.differences(world));
    });
    if (differences.isEmpty()) {
      world.mirror().catchUp();
      differences.addAll(Settled.differences(tables()));
    }
    return differences;
  }

  /** Rolling updates under way, and pods that end: a cluster that still moves. */
  private void unfinished(String cluster, List<String> differences) {
    var kubectl = new Kubectl(world.cluster(cluster));
    for (var deployment : kubectl.all(Kinds.DEPLOYMENT, "")) {
      var wanted = Tree.text(deployment, "spec", "replicas");
      for (var count : List.of("replicas", "updatedReplicas", "readyReplicas")) {
        if (!Tree.text(deployment, "status", count).equals(wanted)) {
          differences.add(cluster + " " + Tree.name(deployment) + " has not all " + count);
        }
      }
    }
    kubectl.all(Kinds.POD, "").stream()
        .filter(Tree::deleting)
        .forEach(pod -> differences.add(cluster + " " + Tree.name(pod) + " has not ended"));
  }

  /** What the reconciler makes of the log. */
  private MemoryTables tables() {
    var tables = new MemoryTables();
    for (var scope : world.fleet().scopes()) {
      world.log(scope, 0).stream()
          .sorted(Comparator.comparing(kept -> kept.appended().position()))
          .forEach(kept ->
              Step.step(tables, kept.event(), kept.appended().position(), kept.appended().time()));
    }
    return tables;
  }

  /** How many writes of ours were judged. */
  long writes() {
    return checks.writes();
  }

  /** What visitors met, in words. */
  String traffic() {
    return traffic.text();
  }
}
