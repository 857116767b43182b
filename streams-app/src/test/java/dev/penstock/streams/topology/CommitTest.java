package dev.penstock.streams.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.Facts;
import dev.penstock.streams.TakeBack;
import dev.penstock.streams.tables.Table;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What somebody waits for is committed with the record that led to it; everything else waits for
 * the commit interval.
 */
final class CommitTest {
  private static final String TENURE = "applier-1";
  private static final Catalogue CATALOGUE = Catalogue.small("");

  private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
  private final Codecs codecs;
  private final ReconcileProcessor processor;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long offset;

  CommitTest() throws Exception {
    var registry = new SchemaRegistry(new MockSchemaRegistryClient());
    registry.registerAll(CATALOGUE);
    codecs = Codecs.open(registry, CATALOGUE, "penstock");
    processor =
        new ReconcileProcessor(
            codecs,
            new Surroundings(
                _ -> Optional.of(0), _ -> Long.MAX_VALUE, TakeBack.nothing(), (_, _, _) -> {}));
  }

  @BeforeEach
  void begin() {
    Table.all().forEach(this::store);
    processor.init(context);
  }

  private <R extends Row> void store(Table<R> table) {
    var memory = Stores.inMemoryKeyValueStore(table.name());
    var store =
        Stores.keyValueStoreBuilder(memory, Serdes.String(), codecs.row(table))
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
  }

  /** Whether the record that says this was committed at once. */
  private boolean committedWith(Scope scope, EventBody body) {
    context.resetCommit();
    context.resetForwards();
    context.setRecordMetadata(CATALOGUE.name(Topics.EVENTS), 0, offset);
    offset++;
    var event = new Event(scope, scope + "|test", body);
    processor.process(new Record<>(event.key(), event, now.toEpochMilli()));
    return context.committed();
  }

  private List<Command> commands() {
    return context.forwarded(NodeNames.COMMANDS).stream()
        .filter(entry -> entry.record().value() != null)
        .map(entry -> codecs.commands().decode(entry.record().value()))
        .map(decoded -> (Command) assertInstanceOf(Decoded.Ok.class, decoded).value())
        .toList();
  }

  private Set<Urgency> urgencies() {
    return commands().stream().map(Command::urgency).collect(Collectors.toSet());
  }

  private boolean committedWith(EventBody body) {
    return committedWith(Facts.REGION, body);
  }

  @Test
  void theFirstReadsOfAScopeAreAwaited() {
    assertEquals(true, committedWith(registered()));
    assertEquals(Set.of(Urgency.CREATION), urgencies());
  }

  @Test
  void anAnswerIsNotAndASweepNeither() {
    committedWith(Facts.DNS, registered());
    assertEquals(true, committedWith(Facts.DNS, new CloudFact.ApplyStarted(TENURE)));
    var first = commands().getFirst();
    committedWith(Facts.DNS, new CloudFact.ReadStarted(first.id(), first.key(), TENURE));
    assertEquals(false, committedWith(Facts.DNS, answered(first, offset - 1)));
    assertEquals(1, context.forwarded(NodeNames.COMMANDS).size(), "its tombstone");

    now = now.plus(Duration.ofDays(1));
    assertEquals(false, committedWith(Facts.DNS, new Tick(now)));
    assertEquals(Set.of(Urgency.SWEEP), urgencies());
  }

  @Test
  void aWriteToTheClusterIs() {
    committedWith(registered());
    committedWith(new PersonFact.ClusterModeChanged("ann", Facts.CLUSTER, ClusterMode.MANAGE));
    committedWith(new ClusterFact.WatchStarted(Facts.CLUSTER, Facts.UID, "watch-1"));
    committedWith(listed(Facts.albClass()));
    committedWith(listed(Facts.ingress("web", "web.example.com", Map.of())));
    var counts = new TreeMap<String, Integer>();
    for (var kind : ObjectKind.values()) {
      counts.put(kind.text(), 0);
    }
    counts.put(ObjectKind.INGRESS_CLASS.text(), 1);
    counts.put(ObjectKind.INGRESS.text(), 1);

    var snapshot = new ClusterFact.SnapshotCompleted(Facts.CLUSTER, "watch-1", counts, Map.of());
    assertEquals(true, committedWith(snapshot));
    assertEquals(1, context.forwarded(NodeNames.KUBERNETES_COMMANDS).size());
    assertEquals(List.of(), commands());
  }

  private static PersonFact registered() {
    return new PersonFact.ClusterRegistered("ann", Facts.registration());
  }

  private static ClusterFact listed(KubernetesObject object) {
    return new ClusterFact.ObjectUpserted(Facts.CLUSTER, "watch-1", object);
  }

  private static CloudFact answered(Command command, long horizon) {
    return new CloudFact.CommandSettled(
        command.id(),
        command.key(),
        TENURE,
        1,
        new Result.Applied(),
        List.of(new Observation.HostedZonesSeen(List.of())),
        Optional.of(horizon),
        List.of());
  }
}
