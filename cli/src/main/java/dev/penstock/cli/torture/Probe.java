package dev.penstock.cli.torture;

import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.Kubectl;
import dev.penstock.sandbox.simulation.run.Work;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import dev.penstock.schemas.key.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An endpoint change that can be made at a moment: one pod of an application answers 503 until it
 * is fired, and is a target again when the change reached AWS.
 */
final class Probe {
  private static final String SICK = "sandbox.penstock.dev/ready";

  private final TortureWorld world;
  private final Work work;
  private final int cluster;
  private final int app;
  private final String name;
  private final Scope home;
  private String address = "";

  Probe(TortureWorld world, Work work, int cluster, int app) {
    var site = world.fleet().sites().get(cluster - 1);
    this.world = world;
    this.work = work;
    this.cluster = cluster;
    this.app = app;
    this.name = site.cluster().name();
    this.home = site.home();
  }

  /** The first pod becomes sick. */
  void arm() {
    world.still(() -> {
      work.perform(new AppDeed.Sicken(cluster, app, 0));
      address =
          new Kubectl(world.cluster(name))
              .all(Kinds.POD, ScriptFleet.namespace(app)).stream()
                  .filter(pod -> !Tree.annotation(pod, SICK).isEmpty())
                  .map(pod -> Tree.text(pod, "status", "podIP"))
                  .findFirst()
                  .orElse("");
    });
  }

  /** The pod is no target. */
  boolean armed() {
    return !address.isEmpty() && registered().isEmpty();
  }

  /** The pod is well again. */
  void fire() {
    world.still(() -> work.perform(new AppDeed.Heal(cluster, app)));
  }

  /** Since when the pod is a target. */
  Optional<Instant> registered() {
    var found = new AtomicReference<>(Optional.<Instant>empty());
    world.still(() ->
        found.set(
            world.aws().table(home.toString(), "targets", TargetRow.class).all().stream()
                .filter(row -> row.model().id().equals(address) && row.drainedAt() == null)
                .map(TargetRow::registeredAt)
                .findFirst()));
    return found.get();
  }

  @Override
  public String toString() {
    return name + " " + ScriptFleet.app(app) + " " + address;
  }
}
