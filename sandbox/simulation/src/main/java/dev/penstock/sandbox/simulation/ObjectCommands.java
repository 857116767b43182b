package dev.penstock.sandbox.simulation;

import dev.penstock.appliers.kubernetes.KubernetesApplier;
import dev.penstock.edges.log.CommandFeed;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Hands the Kubernetes commands of every scope to the applier of the cluster that they name. */
final class ObjectCommands {
  private final CommandFeed<KubernetesCommand> feed;
  private final List<ClusterStages> clusters;

  ObjectCommands(CommandFeed<KubernetesCommand> feed, List<ClusterStages> clusters) {
    this.feed = feed;
    this.clusters = clusters;
  }

  /** Tells what is new in the table; false if nothing is. */
  boolean tell() throws LogFailed {
    var told = feed.poll(Duration.ZERO);
    told.forEach(this::take);
    return !told.isEmpty();
  }

  private void take(FeedEvent<KubernetesCommand> event) {
    switch (event) {
      case FeedEvent.Opened<KubernetesCommand>(var scope, _, _, var command) ->
          of(scope, command.object(), applier -> applier.opened(command));
      case FeedEvent.Closed<KubernetesCommand>(var scope, var key, _) -> {
        var object = ObjectKey.parse(key.substring(scope.toString().length() + 1));
        of(scope, object, applier -> applier.closed(object));
      }
      case FeedEvent.CaughtUp<KubernetesCommand>(var scope) ->
          clusters.stream()
              .filter(stages -> stages.site().home().equals(scope))
              .forEach(stages -> stages.applier().caughtUp());
      case FeedEvent.Unreadable<KubernetesCommand>(_, var key, _, var reason) ->
          throw new IllegalStateException("the command of " + key + " cannot be read: " + reason);
      case FeedEvent.Assigned<KubernetesCommand> _, FeedEvent.Revoked<KubernetesCommand> _ -> {}
    }
  }

  private void of(Scope scope, ObjectKey object, Consumer<KubernetesApplier> action) {
    clusters.stream()
        .filter(stages -> stages.site().home().equals(scope))
        .filter(stages -> stages.site().cluster().name().equals(object.cluster()))
        .forEach(stages -> action.accept(stages.applier()));
  }
}
