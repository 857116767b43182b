package dev.penstock.cli.trail;

import dev.penstock.cli.trail.TrailLine.Commanded;
import dev.penstock.cli.trail.TrailLine.Where;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.Result;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Joins the records of penstock.audit into one line for each decision: what was decided with the
 * attempts and the answer. Records of one scope come in their order; scopes may interleave.
 */
public final class AuditTrail {
  private static final Comparator<TrailLine> ORDER =
      Comparator.comparing(TrailLine::time)
          .thenComparing(TrailLine::scope)
          .thenComparing(TrailLine::seq);

  private final Map<String, TrailLine> lines = new LinkedHashMap<>();

  public void add(AuditRecord record) {
    var where = new Where(record.time(), record.scope().toString(), record.seq());
    var place = where.scope() + "/" + record.seq() + "/" + record.ordinal();
    switch (record.entry()) {
      case AuditEntry.Decided it ->
          lines.put(
              it.commandId(),
              TrailLine.decided(
                  where,
                  Commanded.of(it.commandId(), it.key()),
                  it.cause().subject(),
                  Words.operation(it.operation()),
                  it.cause().sentence()));
      case AuditEntry.KubernetesDecided it ->
          lines.put(
              it.commandId(),
              TrailLine.decided(
                  where,
                  Commanded.of(it.commandId(), it.object()),
                  it.cause().subject(),
                  Words.writes(it.writes()),
                  it.cause().sentence()));
      case AuditEntry.Tried it ->
          update(
              where,
              Commanded.of(it.commandId(), it.key()),
              line -> line.tried(it.tenure(), it.attempt()));
      case AuditEntry.Settled it ->
          settle(where, Commanded.of(it.commandId(), it.key()), it.result(), it.calls());
      case AuditEntry.KubernetesSettled it ->
          settle(where, Commanded.of(it.commandId(), it.object()), it.result(), List.of());
      case AuditEntry.HoldChanged _,
          AuditEntry.HoldEnded _,
          AuditEntry.PersonDecided _,
          AuditEntry.Drifted _,
          AuditEntry.Alarm _ ->
          lines.put(place, said(where, record.entry()));
    }
  }

  private static TrailLine said(Where where, AuditEntry entry) {
    return switch (entry) {
      case AuditEntry.HoldChanged it ->
          TrailLine.said(
              where,
              "hold",
              "",
              it.released() ? "released " + it.holdId() : "held as " + it.holdId(),
              it.subject(),
              it.sentence());
      case AuditEntry.HoldEnded it ->
          TrailLine.said(where, "hold", "", "ended " + it.holdId(), it.subject(), it.reason());
      case AuditEntry.PersonDecided it ->
          TrailLine.said(where, "person", it.subject(), it.what(), where.scope(), "");
      case AuditEntry.Drifted it ->
          TrailLine.said(where, "drift", "", "drifted", it.resource().toString(), it.sentence());
      case AuditEntry.Alarm it ->
          TrailLine.said(where, "alarm", "", "alarm", it.subject(), it.sentence());
      case AuditEntry.Decided _,
          AuditEntry.Tried _,
          AuditEntry.Settled _,
          AuditEntry.KubernetesDecided _,
          AuditEntry.KubernetesSettled _ ->
          throw new IllegalArgumentException("a part of a command stands for itself nowhere");
    };
  }

  private void settle(Where where, Commanded command, Result result, List<Call> calls) {
    update(
        where,
        command,
        line -> line.settled(Words.outcome(result), Words.message(result), where.time(), calls));
  }

  /** A command whose decision is older than what was read still has its line. */
  private void update(Where where, Commanded command, UnaryOperator<TrailLine> change) {
    lines.compute(
        command.id(),
        (_, line) ->
            change.apply(
                line == null
                    ? TrailLine.decided(where, command, "", "(decided earlier)", "")
                    : line));
  }

  /** What passes the filter, in the order of time. */
  List<TrailLine> lines(TrailFilter filter) {
    return lines.values().stream().filter(filter::lets).sorted(ORDER).toList();
  }

  /** What wrote to AWS, in the order of time. */
  public List<TrailLine> writes() {
    return lines.values().stream()
        .filter(line -> line.calls().stream().anyMatch(Call::write))
        .sorted(ORDER)
        .toList();
  }

  /** When a line last moved. */
  static Instant moved(TrailLine line) {
    return line.settled().orElse(line.time());
  }
}
