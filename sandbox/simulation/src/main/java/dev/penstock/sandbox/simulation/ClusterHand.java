package dev.penstock.sandbox.simulation;

import dev.penstock.appliers.kubernetes.KubernetesApplier;
import dev.penstock.edges.log.CommandFeed;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.key.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The Kubernetes applier of the one cluster, told by the command table, on the caller's thread. */
final class ClusterHand {
  private final CommandFeed<KubernetesCommand> feed;
  private final KubernetesApplier applier;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  ClusterHand(CommandFeed<KubernetesCommand> feed, KubernetesApplier applier, InstantSource clock) {
    this.feed = feed;
    this.applier = applier;
    this.clock = clock;
  }

  /** Takes what the table says and writes until it may rest; whether it did anything. */
  boolean run() throws LogFailed {
    var told = feed.poll(Duration.ZERO);
    told.forEach(this::take);
    var worked = false;
    var rest = applier.step();
    while (rest.isZero()) {
      worked = true;
      rest = applier.step();
    }
    next = clock.instant().plus(rest);
    return worked || !told.isEmpty();
  }

  /** When it has something to do if nothing is told. */
  Instant next() {
    return next;
  }

  private void take(FeedEvent<KubernetesCommand> event) {
    switch (event) {
      case FeedEvent.Opened<KubernetesCommand>(_, _, _, var command) -> applier.opened(command);
      case FeedEvent.Closed<KubernetesCommand>(var scope, var key, _) ->
          applier.closed(ObjectKey.parse(key.substring(scope.toString().length() + 1)));
      case FeedEvent.CaughtUp<KubernetesCommand> _ -> applier.caughtUp();
      case FeedEvent.Assigned<KubernetesCommand> _,
          FeedEvent.Revoked<KubernetesCommand> _,
          FeedEvent.Unreadable<KubernetesCommand> _ -> {}
    }
  }
}
