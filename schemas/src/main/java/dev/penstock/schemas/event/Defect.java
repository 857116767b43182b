package dev.penstock.schemas.event;

/** How a result tells that our own code failed. */
final class Defect {
  static final String CODE = "Defect";
  static final String WORDS = "a defect: ";

  private Defect() {}
}
