package dev.penstock.schemas.aws;

import java.util.Comparator;
import java.util.Optional;

/**
 * One target of a target group: an IP address or instance id, and a port. {@code zone} is {@code
 * all} outside the VPC. Targets of QUIC groups have the id of their server, which AWS never changes
 * while they are registered: with another one it is another target.
 */
public record Target(String id, int port, Optional<String> zone, Optional<String> quicServerId)
    implements Comparable<Target> {
  private static final Comparator<Target> ORDER =
      Comparator.comparing(Target::id)
          .thenComparingInt(Target::port)
          .thenComparing(t -> t.zone().orElse(""))
          .thenComparing(t -> t.quicServerId().orElse(""));

  /** A target without server id. */
  public Target(String id, int port, Optional<String> zone) {
    this(id, port, zone, Optional.empty());
  }

  @Override
  public int compareTo(Target other) {
    return ORDER.compare(this, other);
  }

  /** {@code id:port}, which only one target of a group has at a time. */
  public String address() {
    return id + ":" + port;
  }

  /** {@code id:port}, and {@code :quicServerId} where there is one. */
  @Override
  public String toString() {
    return address() + quicServerId.map(server -> ":" + server).orElse("");
  }
}
