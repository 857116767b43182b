package dev.penstock.streams.topology;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.query.ScopeOwners;
import dev.penstock.streams.tables.Table;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.state.HostInfo;

/** Who holds which scope, as the last rebalance told every instance of the group. */
final class StreamsOwners implements ScopeOwners {
  private final KafkaStreams streams;
  private final RegistryTopic registrations;
  private final HostInfo self;

  StreamsOwners(KafkaStreams streams, RegistryTopic registrations, String address) {
    this.streams = streams;
    this.registrations = registrations;
    this.self = HostInfo.buildFromEndpoint(address);
  }

  @Override
  public SortedMap<Scope, Owner> now() throws LogFailed {
    var registered = registrations.refresh();
    var owners = new TreeMap<Scope, Owner>();
    for (var scope : registered.scopes()) {
      owners.put(scope, owner(scope, registered.partition(scope).orElseThrow()));
    }
    return owners;
  }

  private Owner owner(Scope scope, int partition) {
    if (!streams.state().isRunningOrRebalancing()) {
      return new Moving();
    }
    var metadata =
        streams.<String>queryMetadataForKey(
            Table.CHAIN.name(), scope + "|", (_, _, _, _) -> Optional.of(Set.of(partition)));
    if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      return new Moving();
    }
    var host = metadata.activeHost();
    if (host.equals(self)) {
      return new Here();
    }
    return host.equals(HostInfo.unavailable())
        ? new Moving()
        : new There(host.host() + ":" + host.port());
  }
}
