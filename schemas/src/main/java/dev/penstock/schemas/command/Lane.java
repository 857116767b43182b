package dev.penstock.schemas.command;

/**
 * Registering, deregistering, writing and reading of one resource do not wait for each other: each
 * is a lane.
 */
public enum Lane {
  WRITE,
  REGISTER,
  DEREGISTER,
  OBSERVE
}
