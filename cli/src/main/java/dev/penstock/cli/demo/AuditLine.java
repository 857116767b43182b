package dev.penstock.cli.demo;

import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.Start;
import dev.penstock.edges.log.TopicReader;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One write to AWS as the audit trail tells it: when, what, why, with what result and request id.
 */
record AuditLine(String time, String resource, String result, String cause, List<String> calls) {

  static List<AuditLine> read(Connection connection) throws IOException {
    var lines = new ArrayList<AuditLine>();
    var causes = new HashMap<String, Cause>();
    try {
      var codec =
          WireCodec.open(
              SchemaRegistry.open(connection), Edges.catalogue(), Topics.AUDIT, AuditRecord.class);
      var selection = TopicReader.Selection.all(Topics.AUDIT, new Start.Beginning());
      try (var reader = TopicReader.open(connection, Edges.catalogue(), codec, selection)) {
        reader.toEnd(entry -> {
          if (entry.value().orElse(null) instanceof Decoded.Ok<AuditRecord>(var record)) {
            add(record, causes, lines);
          }
        });
      }
    } catch (LogFailed e) {
      throw new IOException("the audit trail cannot be read: " + e.getMessage(), e);
    }
    lines.sort(Comparator.comparing(AuditLine::time));
    return lines;
  }

  private static void add(AuditRecord record, Map<String, Cause> causes, List<AuditLine> lines) {
    switch (record.entry()) {
      case AuditEntry.Decided decided -> causes.put(decided.commandId(), decided.cause());
      case AuditEntry.Settled settled -> {
        var writes = settled.calls().stream().filter(Call::write).toList();
        if (!writes.isEmpty()) {
          var cause = causes.get(settled.commandId());
          lines.add(
              new AuditLine(
                  record.time().toString(),
                  settled.key().toString(),
                  settled.result().getClass().getSimpleName(),
                  cause == null ? "" : cause.sentence(),
                  writes.stream().map(AuditLine::call).toList()));
        }
      }
      case AuditEntry.Tried _,
          AuditEntry.HoldChanged _,
          AuditEntry.KubernetesDecided _,
          AuditEntry.KubernetesSettled _,
          AuditEntry.PersonDecided _,
          AuditEntry.Drifted _,
          AuditEntry.Alarm _ -> {}
    }
  }

  private static String call(Call call) {
    return call.operation()
        + " "
        + (call.code().isEmpty() ? call.httpStatus() : call.code())
        + " "
        + call.requestId();
  }

  String text() {
    return "%s  %s  %s%n      because %s%n      %s"
        .formatted(time, resource, result, cause, String.join(", ", calls));
  }
}
