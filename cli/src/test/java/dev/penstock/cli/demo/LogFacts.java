package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.Entry;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.Start;
import dev.penstock.edges.log.TopicReader;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.turn.AuditChain;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What the log says at its end, read as anybody may read it. */
record LogFacts(Connection connection) {

  private <T> void each(Topic topic, Class<T> type, Consumer<Entry<T>> take) throws LogFailed {
    var codec = WireCodec.open(SchemaRegistry.open(connection), Edges.catalogue(), topic, type);
    var selection = TopicReader.Selection.all(topic, new Start.Beginning());
    try (var reader = TopicReader.open(connection, Edges.catalogue(), codec, selection)) {
      reader.toEnd(take);
    }
  }

  /** Keys of commands that nobody answered yet. */
  Set<String> openCommands() throws LogFailed {
    var last = new TreeMap<String, Boolean>();
    each(Topics.COMMANDS, Command.class, e -> last.put(e.key(), e.value().isPresent()));
    each(
        Topics.KUBERNETES_COMMANDS,
        KubernetesCommand.class,
        e -> last.put(e.key(), e.value().isPresent()));
    last.values().removeIf(open -> !open);
    return last.keySet();
  }

  private List<AuditRecord> audit() throws LogFailed {
    var records = new java.util.ArrayList<AuditRecord>();
    each(
        Topics.AUDIT,
        AuditRecord.class,
        entry -> {
          if (entry.value().orElseThrow() instanceof Decoded.Ok<AuditRecord>(var record)) {
            records.add(record);
          }
        });
    return records;
  }

  /** Every hash follows from the record and the hash before it, in each scope. */
  int auditChainLinks() throws LogFailed {
    var heads = new HashMap<String, String>();
    var records = audit();
    for (var record : records) {
      var scope = record.scope().toString();
      assertEquals(heads.getOrDefault(scope, AuditChain.START), record.previousHash());
      assertEquals(AuditChain.seal(record), record);
      heads.put(scope, record.hash());
    }
    return records.size();
  }

  /** What was decided and has no end: no answer, not even that there was none or no try. */
  Set<String> unsettled() throws LogFailed {
    var open = new TreeMap<String, String>();
    for (var record : audit()) {
      switch (record.entry()) {
        case AuditEntry.Decided it -> open.put(it.commandId(), it.key().toString());
        case AuditEntry.Tried it -> open.put(it.commandId(), it.key().toString());
        case AuditEntry.Settled it -> open.remove(it.commandId());
        case AuditEntry.KubernetesDecided it -> open.put(it.commandId(), it.object().toString());
        case AuditEntry.KubernetesSettled it -> open.remove(it.commandId());
        case AuditEntry.HoldChanged _,
            AuditEntry.HoldEnded _,
            AuditEntry.PersonDecided _,
            AuditEntry.Drifted _,
            AuditEntry.Alarm _ -> {}
      }
    }
    return new TreeSet<>(open.values());
  }
}
