package dev.penstock.schemas.table;

import dev.penstock.schemas.avro.Default;

/** The kinds of what is said of a resource: the differ's verdicts, and commands that came back. */
@Default("UNDECIDED")
public enum VerdictKind {
  UNDECIDED("Undecided"),
  IN_SYNC("InSync"),
  CREATE("Create"),
  UPDATE("Update"),
  REPLACE("Replace"),
  DELETE("Delete"),
  BLOCKED("Blocked"),
  IN_FLIGHT("InFlight"),
  WAITING("Waiting"),
  HELD("Held"),
  FOREIGN("Foreign"),
  REJECTED("Rejected"),
  /** A command was given up for now; the reconciler tries again. */
  DEFERRED("Deferred");

  private final String text;

  VerdictKind(String text) {
    this.text = text;
  }

  /** The word that people read. */
  public String text() {
    return text;
  }
}
