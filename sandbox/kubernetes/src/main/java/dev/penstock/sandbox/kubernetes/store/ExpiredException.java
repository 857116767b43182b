package dev.penstock.sandbox.kubernetes.store;

/**
 * The revision asked for is older than the watch log remembers: only a new list can help (HTTP
 * 410).
 */
public final class ExpiredException extends Exception {
  private static final long serialVersionUID = 1L;

  ExpiredException(long asked, long oldest) {
    super("too old resource version: " + asked + " (" + oldest + ")");
  }
}
