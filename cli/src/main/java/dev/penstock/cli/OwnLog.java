package dev.penstock.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** What the stages log in this process. */
public final class OwnLog {
  private OwnLog() {}

  /** Silent, where trouble is made on purpose; PENSTOCK_LOG shows it all the same. */
  public static void hush() {
    if (System.getenv("PENSTOCK_LOG") == null
        && LoggerFactory.getLogger("dev.penstock") instanceof Logger logger) {
      logger.setLevel(Level.OFF);
    }
  }
}
