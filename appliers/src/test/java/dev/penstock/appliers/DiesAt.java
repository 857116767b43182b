package dev.penstock.appliers;

/** A process that dies at the nth time that it reaches a point. */
public final class DiesAt implements CrashPoints {
  private final Point where;
  private final int nth;
  private int reached;

  public DiesAt(Point where, int nth) {
    this.where = where;
    this.nth = nth;
  }

  /** What is thrown where the process dies. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void at(Point point) {
    if (point == where && ++reached == nth) {
      throw new Crash();
    }
  }

  public boolean died() {
    return reached >= nth;
  }
}
