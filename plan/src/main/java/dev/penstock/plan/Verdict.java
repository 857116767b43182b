package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.HoldRule;
import java.time.Instant;
import java.util.List;

/**
 * What the differ says of one resource. The sentence of each case is for people: it is what {@code
 * explain} prints.
 */
public sealed interface Verdict {
  record InSync() implements Verdict {}

  record Create(ResourceSpec desired) implements Verdict {}

  record Update(Live observed, ResourceSpec desired, List<Aspect> aspects) implements Verdict {}

  /** The resource cannot become what is wanted in place. */
  record Replace(Live observed, ResourceSpec desired, String reason) implements Verdict {}

  record Delete(Live observed) implements Verdict {}

  /** Something else must be there, or be gone, first. */
  record Blocked(List<ResourceKey> on, String reason) implements Verdict {}

  /** A command of this resource is open. */
  record InFlight(String commandId) implements Verdict {}

  /** Nothing to do until {@code until}, or until the reason ends. */
  record Waiting(String reason, Instant until) implements Verdict {}

  /**
   * A policy stopped the verdict. {@code holdId} frees {@code subject}, a resource or a stack, if
   * the rule can be approved.
   */
  record Held(String holdId, HoldRule rule, String subject, String reason) implements Verdict {}

  /** What is there is not ours. */
  record Foreign(String owner) implements Verdict {}

  /** AWS or a rule refuses what is wanted. */
  record Rejected(String reason) implements Verdict {}

  /** Nothing is known of the resource yet: unknown is not missing (I2). */
  record Undecided(String reason) implements Verdict {}
}
