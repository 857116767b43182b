package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import java.time.Instant;
import java.util.Optional;

/**
 * One target of one target group: the endpoint behind it, if one should be registered, and what AWS
 * said of it last. Both absent: the row is removed.
 */
public record TargetRow(Target target, Optional<Endpoint> endpoint, Optional<Registered> registered)
    implements Row {

  /** The endpoint as the cluster shows it. */
  public record Endpoint(
      String podNamespace,
      String podName,
      String podUid,
      String nodeName,
      boolean ready,
      boolean terminating,
      boolean serving) {}

  /**
   * What AWS says, or what our own write was answered with (state {@code registered}, {@code
   * deregistered}).
   */
  public record Registered(
      TargetHealth health, long position, Instant at, long deselectedSinceMillis) {}
}
