package dev.penstock.schemas.command;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.Target;
import java.util.List;
import java.util.Map;

/** What an applier shall do. Every link inside is {@link dev.penstock.schemas.aws.Link.Known}. */
public sealed interface Operation {
  /** Make the resource, or recognise our own one of an earlier attempt. */
  record Create(ResourceSpec desired) implements Operation {}

  /** Write only the named aspects; {@code observed} is what the decision was made from. */
  record Update(Live observed, ResourceSpec desired, List<Aspect> aspects) implements Operation {}

  /** Delete; the missing counts as deleted. */
  record Delete(Live observed) implements Operation {}

  /** Register targets of one group, in one call for each 200. */
  record RegisterTargets(String targetGroupArn, List<Target> targets) implements Operation {}

  /** Deregister targets of one group, in one call for each 200. */
  record DeregisterTargets(String targetGroupArn, List<Target> targets) implements Operation {}

  /**
   * Move several rules of one listener at once (AWS API: SetRulePriorities); keys are rule ARNs.
   */
  record SetRulePriorities(String listenerArn, Map<String, Integer> priorities)
      implements Operation {}

  /** Read and answer; writes nothing. */
  record Observe(Reading reading) implements Operation {}
}
