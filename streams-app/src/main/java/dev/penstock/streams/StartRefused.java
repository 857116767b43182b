package dev.penstock.streams;

/** The reconciler must not begin as things are; the message is one line and says what to do. */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartRefused(String message) {
    super(message);
  }
}
