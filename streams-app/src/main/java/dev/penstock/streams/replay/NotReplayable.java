package dev.penstock.streams.replay;

/** What is kept of a log is not enough to rebuild a scope; the message says what to do. */
public final class NotReplayable extends Exception {
  private static final long serialVersionUID = 1;

  /** The message as {@link String#format} has it. */
  NotReplayable(String format, Object... values) {
    super(format.formatted(values));
  }
}
