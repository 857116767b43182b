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
  /** Waits at most that long for a change; answers the clusters that are ours now, by name. */
  List<ClusterRegistration> poll(Duration atMost) throws LogFailed;

  @Override
  void close();

  /** The registered clusters, shared with the other members of a group. */
  static ClusterAssignment of(RegistryTopic registrations, Shares shares) {
    return new ClusterAssignment() {
      @Override
      public List<ClusterRegistration> poll(Duration atMost) throws LogFailed {
        var ours = shares.poll(atMost);
        return registrations.refresh().clusters().stream()
            .map(ClusterEntry::registration)
            .filter(registration -> ours.contains(shares.of(registration.cluster())))
            .toList();
      }

      @Override
      public void close() {
        shares.close();
      }
    };
  }
}
