package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.Shares;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import java.time.Duration;
import java.util.List;

/** Which clusters this process watches. One thread owns an instance. */
public interface ClusterAssignment extends AutoCloseable {
  /** A cluster that is ours; another {@code snapshotWanted} than before asks for a new tenure. */
  record Assigned(ClusterRegistration registration, long snapshotWanted) {}

  /** Waits at most that long for a change; answers the clusters that are ours now, by name. */
  List<Assigned> poll(Duration atMost) throws LogFailed;

  @Override
  void close();

  /** The registered clusters, shared with the other members of a group. */
  static ClusterAssignment of(RegistryTopic registrations, Shares shares) {
    return new ClusterAssignment() {
      @Override
      public List<Assigned> poll(Duration atMost) throws LogFailed {
        var ours = shares.poll(atMost);
        var now = registrations.refresh();
        return now.clusters().stream()
            .map(ClusterEntry::registration)
            .filter(registration -> ours.contains(shares.of(registration.cluster())))
            .map(registration ->
                new Assigned(registration, now.snapshotWanted(registration.cluster())))
            .toList();
      }

      @Override
      public void close() {
        shares.close();
      }
    };
  }
}
