package dev.penstock.sandbox.simulation.engine;

import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.log.Appended;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.turn.Effects;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;

/** Something that an invariant may be checked after. */
public sealed interface Happened {
  /** A stream took a record; what follows is not committed, and may never be. */
  record Stepped(Event event, Appended place, Effects effects) implements Happened {}

  /** What followed from these records counts from now on, all of it at once. */
  record Committed(List<Stepped> steps) implements Happened {}

  /** A call reached AWS and had what effect it has; its answer is on its way, or lost. */
  record Called(Scope scope, AwsRequest request, String commandId) implements Happened {}

  /** A write reached a cluster: {@code create}, {@code patch} or {@code delete}. */
  record Written(String cluster, String verb, ResourceName object) implements Happened {}
}
