package dev.penstock.sandbox.simulation.machines;

import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import java.time.Duration;
import java.util.Optional;

/**
 * What may happen to machines and to the log between them. Machines of a role are counted from 0; a
 * greater number than there are counts on from 0 again. Trouble at a {@link Point} waits until the
 * machine is there, trouble at none comes at once.
 */
public sealed interface MachineTrouble {
  /** kill -9; the same process begins anew after a time. */
  record Kill(Role role, int number, Optional<Point> at, Duration downFor)
      implements MachineTrouble {}

  /** It ends in good order, as in a rolling upgrade, and begins anew after a time. */
  record Leave(Role role, int number, Duration awayFor) implements MachineTrouble {}

  /** All machines of a role are killed, and away for so long. */
  record Away(Role role, Duration lasting) implements MachineTrouble {}

  /** The machine stands still, and goes on after a time as if nothing had been. */
  record Stand(Role role, int number, Optional<Point> at, Duration lasting)
      implements MachineTrouble {}

  /** One more machine of the role joins for a while, and leaves. */
  record Join(Role role, Duration lasting) implements MachineTrouble {}

  /**
   * One more machine joins for a while, and the one stands still at the point until the other has
   * its share: then it goes on, and two are at work for a moment.
   */
  record Overtaken(Role role, int number, Optional<Point> at, Duration lasting)
      implements MachineTrouble {}

  /** A second watcher looks at a cluster for a while, although nobody asked it to. */
  record SecondWatcher(int cluster, Duration lasting) implements MachineTrouble {}

  /** Nobody reaches the broker for a while. */
  record BrokerAway(Duration lasting) implements MachineTrouble {}

  /** What the machine appends next is kept, in part if it is many; its acknowledgement is lost. */
  record LoseAcknowledgement(Role role, int number) implements MachineTrouble {}

  /** The log's clock is before, or with a negative duration behind, all others for a while. */
  record LogClock(Duration ahead, Duration lasting) implements MachineTrouble {}

  /** The machine runs the previous version for a while: what it appends lacks the newest fields. */
  record OlderWriter(Role role, int number, Duration lasting) implements MachineTrouble {}
}
