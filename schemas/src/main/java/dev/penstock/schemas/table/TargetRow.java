package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import java.time.Instant;
import java.util.Optional;

/**
 * One target of one target group: the endpoint that is or was behind it, and what AWS said of it
 * last. A target that AWS shows and that no endpoint of ours was ever behind has no endpoint. A row
 * that is neither registered nor wanted is removed.
 */
public record TargetRow(Target target, Optional<Endpoint> endpoint, Optional<Registered> registered)
    implements Row {

  /** What the cluster says of an endpoint now; the order is that in which targets may leave. */
  public enum Standing {
    /** Its pod or node is gone: the address may be reused. */
    GONE,
    /** Its pod is being deleted. */
    TERMINATING,
    /** It is selected and cannot serve. */
    UNREADY,
    /** It lives, and nothing selects it any more. */
    DESELECTED,
    /** It should be registered. */
    WANTED
  }

  /**
   * The endpoint as the cluster last showed it; for an instance target, pod name and uid are those
   * of the node and the namespace is empty.
   */
  public record Endpoint(
      String podNamespace,
      String podName,
      String podUid,
      String nodeName,
      boolean ready,
      boolean terminating,
      boolean serving,
      Standing standing) {}

  /**
   * What AWS says, or what our own write was answered with (state {@code registered}, {@code
   * deregistered}). {@code deselectedSinceMillis} is 0 while the target is not deselected.
   */
  public record Registered(
      TargetHealth health, long position, Instant at, long deselectedSinceMillis) {}
}
