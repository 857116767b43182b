package dev.penstock.sandbox.simulation.engine;

import java.util.List;

/** What a machine does, and at which points trouble makes a difference to it. */
public enum Role {
  STREAM(List.of(Point.TAKEN, Point.SENT, Point.COMMITTED)),
  APPLY(List.of(Point.STARTED, Point.ATTEMPTED, Point.EFFECTED, Point.SETTLED)),
  WATCH(List.of(Point.APPENDED)),
  /** The Kubernetes applier. */
  OBJECTS(APPLY.points);

  private final List<Point> points;

  Role(List<Point> points) {
    this.points = points;
  }

  public List<Point> points() {
    return points;
  }
}
