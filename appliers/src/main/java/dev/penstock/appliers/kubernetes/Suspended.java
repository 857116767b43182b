package dev.penstock.appliers.kubernetes;

/** Nothing may be written now: the scope may no longer be ours. The command stays open. */
final class Suspended extends Exception {
  private static final long serialVersionUID = 1;

  Suspended() {
    super("the scope may no longer be ours", null, false, false);
  }
}
