package dev.penstock.schemas.command;

/** The order in which the governor serves commands (design §6), most urgent first. */
public enum Urgency {
  REGISTER,
  DEREGISTER_GONE,
  DEREGISTER,
  STRUCTURE,
  CREATION,
  DELETION,
  TAGS,
  SWEEP
}
