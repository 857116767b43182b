package dev.penstock.cli.torture;

import dev.penstock.cli.ExitCode;

/** A process that ended by itself. */
record Ended(Seat seat, int code) {
  /**
   * Whether a role ends like that where nothing is wrong with it: what it needs for its start could
   * not be reached. Once started, it waits for everything.
   */
  boolean chosen() {
    return code == ExitCode.UNREACHABLE.number();
  }

  @Override
  public String toString() {
    return seat + " with " + code;
  }
}
