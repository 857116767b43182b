package dev.penstock.streams.topology;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.ScopePartitions;
import dev.penstock.streams.tables.Table;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The picture of design §3 as one sub-topology: events in; decode; reconcile with all tables;
 * commands, audit, changes, checkpoints, events of our own and words for the watchers out.
 */
public final class ReconcilerTopology {
  private ReconcilerTopology() {}

  /**
   * Builds it; every record of a scope goes to the partition that owns the scope. What comes from,
   * or would go to, a scope without one is a dead letter before it reaches a partitioner.
   */
  static Topology build(Catalogue catalogue, Codecs codecs, Surroundings surroundings) {
    var partitions = surroundings.partitions();
    var topology = new Topology();
    topology.addSource(
        NodeNames.SOURCE,
        new StringDeserializer(),
        new ByteArrayDeserializer(),
        catalogue.name(Topics.EVENTS));
    topology.addProcessor(
        NodeNames.DECODE, () -> new DecodeProcessor(codecs, partitions), NodeNames.SOURCE);
    topology.addProcessor(
        NodeNames.RECONCILE, () -> new ReconcileProcessor(codecs, surroundings), NodeNames.DECODE);
    for (var table : Table.all()) {
      topology.addStateStore(store(codecs, table), NodeNames.RECONCILE);
    }
    for (var sink : sinks().entrySet()) {
      topology.addSink(
          sink.getKey(),
          catalogue.name(sink.getValue()),
          new StringSerializer(),
          new ByteArraySerializer(),
          byScope(partitions),
          NodeNames.RECONCILE);
    }
    topology.addSink(
        NodeNames.REGISTRY,
        catalogue.name(Topics.REGISTRY),
        new StringSerializer(),
        new ByteArraySerializer(),
        NodeNames.RECONCILE);
    topology.addSink(
        NodeNames.DEAD_LETTERS,
        catalogue.name(Topics.DEAD_LETTERS),
        new StringSerializer(),
        new ByteArraySerializer(),
        NodeNames.DECODE,
        NodeNames.RECONCILE);
    return topology;
  }

  private static Map<String, Topic> sinks() {
    var sinks = new java.util.LinkedHashMap<String, Topic>();
    sinks.put(NodeNames.COMMANDS, Topics.COMMANDS);
    sinks.put(NodeNames.KUBERNETES_COMMANDS, Topics.KUBERNETES_COMMANDS);
    sinks.put(NodeNames.AUDIT, Topics.AUDIT);
    sinks.put(NodeNames.CHANGES, Topics.CHANGES);
    sinks.put(NodeNames.CHECKPOINTS, Topics.CHECKPOINTS);
    sinks.put(NodeNames.EVENTS, Topics.EVENTS);
    return sinks;
  }

  private static <R extends Row> StoreBuilder<KeyValueStore<String, R>> store(
      Codecs codecs, Table<R> table) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(table.name()), Serdes.String(), codecs.row(table))
        .withCachingDisabled()
        .withLoggingEnabled(
            Map.of("min.cleanable.dirty.ratio", "0.1", "segment.bytes", "67108864"));
  }

  private static StreamPartitioner<String, byte[]> byScope(ScopePartitions partitions) {
    return (_, key, _, _) ->
        Optional.of(Set.of(partitions.of(RecordKeys.scope(key)).orElseThrow()));
  }
}
