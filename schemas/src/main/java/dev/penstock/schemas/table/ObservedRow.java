package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.Live;
import java.time.Instant;
import java.util.List;

/**
 * What a resource is known to be. {@code position} (a seq of the scope) and {@code at} are the
 * horizon of that knowledge: an older answer does not count. {@code lastWritten} holds the
 * attribute keys and other optional parts that we ever set (rule "unset").
 */
public record ObservedRow(
    Presence presence, long position, Instant at, long seq, List<String> lastWritten)
    implements Row {

  /** Whether it is known to be there. */
  public boolean isPresent() {
    return presence instanceof Present;
  }

  /** Unknown is not missing. */
  public sealed interface Presence {}

  public record Unknown(String reason) implements Presence {}

  public record Missing() implements Presence {}

  public record Present(Live live) implements Presence {}
}
