package dev.penstock.streams.topology;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.topic.DeadLetter;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.tables.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/**
 * The codecs of what the topology reads, writes and keeps; all schemas are registered before it
 * starts.
 */
public record Codecs(
    WireCodec<Event> events,
    WireCodec<Command> commands,
    WireCodec<KubernetesCommand> kubernetesCommands,
    WireCodec<AuditRecord> audit,
    WireCodec<Change> changes,
    WireCodec<Checkpoint> checkpoints,
    WireCodec<RegistryEntry> registry,
    WireCodec<DeadLetter> deadLetters,
    Map<String, Serde<? extends Row>> rows) {

  public Codecs {
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
  }

  /**
   * Opens all codecs; the rows' schemas are registered here, since changelogs stand outside the
   * catalogue.
   */
  public static Codecs open(SchemaRegistry registry, Catalogue catalogue, String application)
      throws LogFailed {
    var rows = new LinkedHashMap<String, Serde<? extends Row>>();
    var decoded = new DecodedRows();
    for (var table : Table.all()) {
      rows.put(table.name(), row(registry, application, table, decoded));
    }
    return new Codecs(
        WireCodec.open(registry, catalogue, Topics.EVENTS, Event.class),
        WireCodec.open(registry, catalogue, Topics.COMMANDS, Command.class),
        WireCodec.open(registry, catalogue, Topics.KUBERNETES_COMMANDS, KubernetesCommand.class),
        WireCodec.open(registry, catalogue, Topics.AUDIT, AuditRecord.class),
        WireCodec.open(registry, catalogue, Topics.CHANGES, Change.class),
        WireCodec.open(registry, catalogue, Topics.CHECKPOINTS, Checkpoint.class),
        WireCodec.open(registry, catalogue, Topics.REGISTRY, RegistryEntry.class),
        WireCodec.open(registry, catalogue, Topics.DEAD_LETTERS, DeadLetter.class),
        rows);
  }

  private static <R extends Row> Serde<R> row(
      SchemaRegistry registry, String application, Table<R> table, DecodedRows decoded)
      throws LogFailed {
    var subject = application + "-" + table.name() + "-changelog-value";
    registry.register(subject, RecordCodec.of(table.type()).schema());
    return decoded.remembering(
        WireCodec.open(registry, subject, table.type()).serde(), table.type());
  }

  /** The serde of a table's rows. */
  @SuppressWarnings("unchecked") // rows was filled from Table<R> with Serde<R>
  public <R extends Row> Serde<R> row(Table<R> table) {
    var serde = rows.get(table.name());
    if (serde == null) {
      throw new IllegalArgumentException("no such table: " + table.name());
    }
    return (Serde<R>) serde;
  }
}
