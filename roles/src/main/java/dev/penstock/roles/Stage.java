package dev.penstock.roles;

/** A role that runs: how it does, and how it is ended. */
public interface Stage {
  /** It does its work, or stands by for it. */
  boolean ready();

  /** Something ended it, and the process must end too. */
  boolean failed();

  void measure(MetricsText into);

  /** Ends it in order: what was begun is finished or left to others. */
  void stop();
}
