package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.sandbox.simulation.machines.MachineTrouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Draws what happens to our own machines. */
final class MachineDraw {
  private static final int MACHINES = 2;

  /** By then a command that waits for whoever comes back is an hour old. */
  private static final Duration LONG = Duration.ofMinutes(75);

  private final Dice dice;

  MachineDraw(Dice dice) {
    this.dice = dice;
  }

  MachineTrouble draw(int cluster) {
    var role = dice.one(Role.values());
    var number = dice.upTo(MACHINES) - 1;
    var lasting = lasting();
    List<MachineTrouble> among =
        List.of(
            new MachineTrouble.Kill(role, number, point(role), lasting),
            new MachineTrouble.Kill(role, number, point(role), lasting),
            new MachineTrouble.Leave(role, number, lasting),
            new MachineTrouble.Away(role, dice.percent(25) ? LONG : lasting),
            new MachineTrouble.Stand(role, number, point(role), lasting),
            new MachineTrouble.Join(role, lasting),
            new MachineTrouble.Overtaken(role, number, point(role), lasting),
            new MachineTrouble.SecondWatcher(cluster - 1, lasting),
            new MachineTrouble.BrokerAway(lasting),
            new MachineTrouble.LoseAcknowledgement(appender(role), number),
            new MachineTrouble.LogClock(dice.percent(50) ? lasting : lasting.negated(), lasting()),
            new MachineTrouble.OlderWriter(appender(role), number, lasting));
    return dice.one(among);
  }

  /** A stream machine appends in transactions alone, which these do not touch. */
  private static Role appender(Role role) {
    return role == Role.STREAM ? Role.APPLY : role;
  }

  private Optional<Point> point(Role role) {
    return switch (role) {
      case STREAM, APPLY, OBJECTS -> Optional.of(dice.one(role.points()));
      case WATCH -> dice.percent(50) ? Optional.of(Point.APPENDED) : Optional.empty();
    };
  }

  private Duration lasting() {
    return dice.within(
        dice.one(Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofMinutes(3)));
  }
}
