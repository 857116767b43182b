package dev.penstock.sandbox.simulation.machines;

import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets trouble come over machines, and ends it. */
public final class Troubles {
  /** Longer than a silent member stays in its group. */
  private static final Duration BEYOND_SESSION = Duration.ofSeconds(8);

  private final Surroundings world;
  private final Machines machines;
  private final List<Struck> struck = new ArrayList<>();

  /** Trouble that came, and when. */
  public record Struck(Instant at, MachineTrouble trouble) {}

  public Troubles(Surroundings world, Machines machines) {
    this.world = world;
    this.machines = machines;
  }

  /** The trouble comes, now or at its point. */
  public void strike(MachineTrouble trouble) {
    switch (trouble) {
      case MachineTrouble.Kill(var role, var number, var at, var downFor) ->
          upon(trouble, role, number, at, instance -> machines.kill(instance, downFor));
      case MachineTrouble.Leave(var role, var number, var awayFor) ->
          upon(
              trouble,
              role,
              number,
              Optional.empty(),
              instance -> machines.leave(instance, awayFor));
      case MachineTrouble.Away(var role, var lasting) -> {
        came(trouble);
        machines.living().stream()
            .filter(instance -> instance.machine().role() == role)
            .forEach(instance -> machines.kill(instance, lasting));
      }
      case MachineTrouble.Stand(var role, var number, var at, var lasting) ->
          upon(trouble, role, number, at, instance -> instance.machine().stand(lasting));
      case MachineTrouble.Join(var role, var lasting) -> {
        came(trouble);
        machines.join(role, lasting);
      }
      case MachineTrouble.Overtaken(var role, var number, var at, var lasting) ->
          overtake(trouble, role, number, at, lasting);
      case MachineTrouble.SecondWatcher(var cluster, var lasting) -> {
        came(trouble);
        machines.watch(cluster, lasting);
      }
      case MachineTrouble.BrokerAway(var lasting) -> {
        came(trouble);
        world.broker().away(lasting);
      }
      case MachineTrouble.LoseAcknowledgement(var role, var number) ->
          upon(
              trouble,
              role,
              number,
              Optional.empty(),
              instance -> instance.log().loseAcknowledgement());
      case MachineTrouble.LogClock(var ahead, var lasting) -> {
        came(trouble);
        world.broker().skew(ahead);
        world.baton().at(after(lasting), () -> world.broker().skew(Duration.ZERO));
      }
      case MachineTrouble.OlderWriter(var role, var number, var lasting) ->
          upon(trouble, role, number, Optional.empty(), instance -> age(instance, lasting));
    }
  }

  /** What came so far, in its order. */
  public List<Struck> struck() {
    return List.copyOf(struck);
  }

  /** All trouble ends: everybody lives and moves, and nothing takes time any more. */
  public void calm() {
    world.delays().end();
    world.broker().back();
    world.broker().skew(Duration.ZERO);
    for (var instance : machines.living()) {
      instance.machine().spare();
      instance.machine().goOn();
      if (instance.log().aged()) {
        machines.kill(instance, Duration.ZERO);
      }
    }
    machines.run();
    machines.restore();
  }

  private void overtake(
      MachineTrouble trouble, Role role, int number, Optional<Point> at, Duration lasting) {
    upon(
        trouble,
        role,
        number,
        at,
        instance -> {
          instance.machine().stand(BEYOND_SESSION);
          machines.join(role, lasting);
        });
  }

  /** The previous version runs until the machine is begun anew. */
  private void age(Instance instance, Duration lasting) {
    instance.log().age();
    world
        .baton()
        .at(
            after(lasting),
            () -> {
              if (!instance.machine().dead()) {
                machines.kill(instance, Duration.ZERO);
              }
            });
  }

  private void upon(
      MachineTrouble trouble, Role role, int number, Optional<Point> at, Consumer<Instance> deed) {
    machines
        .instance(role, number)
        .ifPresent(instance -> {
          Runnable strike =
              () -> {
                came(trouble);
                deed.accept(instance);
              };
          at.ifPresentOrElse(point -> instance.machine().when(point, strike), strike);
        });
  }

  private void came(MachineTrouble trouble) {
    struck.add(new Struck(world.baton().instant(), trouble));
  }

  private Instant after(Duration time) {
    return world.baton().instant().plus(time);
  }
}
