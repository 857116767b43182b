package dev.penstock.cli.torture;

import dev.penstock.cli.roles.Installation.Role;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What is done to the processes and between them. */
sealed interface Trouble {
  /** Who goes on after a kill. */
  enum Comeback {
    AGAIN("the same instance back"),
    ANOTHER("another takes over");

    private final String words;

    Comeback(String words) {
      this.words = words;
    }
  }

  /**
   * SIGKILL of the instance of each role that serves the first Region; it is started again at once,
   * or when it is done without it.
   */
  record Kill(List<Role> roles, Comeback comeback) implements Trouble {
    public Kill {
      roles = List.copyOf(roles);
    }
  }

  /** SIGSTOP, and later SIGCONT. */
  record Freeze(Seat seat, Duration lasts) implements Trouble {}

  /** Every connection breaks, none is made. */
  record Cut(Link link, Duration lasts) implements Trouble {}

  /** Connections stand, nothing arrives. */
  record Stall(Link link, Duration lasts) implements Trouble {}

  record RestartBroker(Duration down) implements Trouble {}

  /** How long it lasts by itself; a kill is over at once. */
  default Duration lasts() {
    return switch (this) {
      case Kill _ -> Duration.ZERO;
      case Freeze it -> it.lasts;
      case Cut it -> it.lasts;
      case Stall it -> it.lasts;
      case RestartBroker it -> it.down;
    };
  }

  /** Whether it kills what the other one would freeze: nothing would be left to freeze. */
  default boolean hinders(Trouble other) {
    return this instanceof Kill(var roles, _)
        && other instanceof Freeze(var seat, _)
        && roles.contains(seat.role());
  }

  /** The row of the table that counts it. */
  default String kind() {
    return switch (this) {
      case Kill(var roles, var comeback) ->
          "kill -9 %s, %s".formatted(words(roles), comeback.words);
      case Freeze it -> "SIGSTOP, SIGCONT " + it.seat.role().command();
      case Cut it -> "network cut " + it.link.kind();
      case Stall it -> "network stalled " + it.link.kind();
      case RestartBroker _ -> "broker restart";
    };
  }

  /** What is done, for the progress line. */
  default String text() {
    return switch (this) {
      case Kill _ -> kind();
      case Freeze(var seat, var lasts) -> "stop %s for %s".formatted(seat, seconds(lasts));
      case Cut(var link, var lasts) -> "cut %s for %s".formatted(link, seconds(lasts));
      case Stall(var link, var lasts) -> "stall %s for %s".formatted(link, seconds(lasts));
      case RestartBroker(var down) -> "restart the broker, down for " + seconds(down);
    };
  }

  private static String words(List<Role> roles) {
    return roles.stream().map(Role::command).collect(Collectors.joining(" and "));
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1e3);
  }
}
