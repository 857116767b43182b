package dev.penstock.sandbox.kubernetes.rules;

/** How to delete. A negative grace means the object's own; empty preconditions are not checked. */
public record DeleteOptions(
    Propagation propagation, int graceSeconds, String uid, String resourceVersion, boolean dryRun) {
  /** What becomes of the dependents. */
  public enum Propagation {
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }

  public static DeleteOptions background() {
    return new DeleteOptions(Propagation.BACKGROUND, -1, "", "", false);
  }

  public static DeleteOptions now() {
    return new DeleteOptions(Propagation.BACKGROUND, 0, "", "", false);
  }

  public DeleteOptions with(Propagation other) {
    return new DeleteOptions(other, graceSeconds, uid, resourceVersion, dryRun);
  }
}
