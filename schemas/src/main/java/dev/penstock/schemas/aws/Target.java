package dev.penstock.schemas.aws;

import java.util.Comparator;
import java.util.Optional;

/**
 * One target of a target group: an IP address or instance id, and a port. {@code zone} is {@code
 * all} outside the VPC.
 */
public record Target(String id, int port, Optional<String> zone) implements Comparable<Target> {
  private static final Comparator<Target> ORDER =
      Comparator.comparing(Target::id)
          .thenComparingInt(Target::port)
          .thenComparing(t -> t.zone().orElse(""));

  @Override
  public int compareTo(Target other) {
    return ORDER.compare(this, other);
  }

  /** {@code id:port}. */
  @Override
  public String toString() {
    return id + ":" + port;
  }
}
