package dev.penstock.streams.turn;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.tables.Tables.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One record's turn in its scope: the rows it may touch (keys here are without the scope), its seq
 * and the scope's now, and what it sends. Nothing else is known: no clock, no random number.
 */
public final class Turn {
  private final WatchedTables written;
  private Drafts tables;
  private final Scope scope;
  private final String prefix;
  private final long seq;
  private final long position;
  private final Instant now;
  private String auditHash;
  private int commandOrdinal;
  private boolean checkpointWanted;

  private final List<Effects.CommandEntry> commands = new ArrayList<>();
  private final List<Effects.KubernetesEntry> kubernetesCommands = new ArrayList<>();
  private final List<AuditRecord> audit = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<RegistryEntry> registry = new ArrayList<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();

  public Turn(Tables tables, Scope scope, ChainRow before, long position, Instant appendTime) {
    this.written = new WatchedTables(tables);
    this.tables = new Drafts(written);
    this.scope = scope;
    this.prefix = scope + "|";
    this.seq = before.seq() + 1;
    this.position = position;
    this.now = before.now().isAfter(appendTime) ? before.now() : appendTime;
    this.auditHash = before.auditHash();
  }

  public Scope scope() {
    return scope;
  }

  public long seq() {
    return seq;
  }

  public long position() {
    return position;
  }

  /** The greatest append time that the scope has read. */
  public Instant now() {
    return now;
  }

  public ScopeSettings settings() {
    return get(Table.SETTINGS, "").map(SettingsRow::settings).orElseGet(ScopeSettings::defaults);
  }

  public <R extends Row> Optional<R> get(Table<R> table, String key) {
    return tables.get(table, prefix + key);
  }

  public <R extends Row> void put(Table<R> table, String key, R row) {
    tables.put(table, prefix + key, row);
  }

  public void delete(Table<? extends Row> table, String key) {
    tables.delete(table, prefix + key);
  }

  /** Rows of this scope whose keys begin so; the answer's keys are without the scope. */
  public <R extends Row> List<Entry<R>> scan(Table<R> table, String keyPrefix) {
    return scan(table, keyPrefix, Integer.MAX_VALUE);
  }

  public <R extends Row> List<Entry<R>> scan(Table<R> table, String keyPrefix, int limit) {
    return bare(tables.scan(table, prefix + keyPrefix, limit));
  }

  /** Rows of this scope with keys from the first up to, but without, the second. */
  public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
    return bare(tables.range(table, prefix + from, prefix + to, limit));
  }

  /** Rows of this scope whose keys begin so and come after that key. */
  public <R extends Row> List<Entry<R>> after(
      Table<R> table, String keyPrefix, String after, int limit) {
    return bare(tables.after(table, prefix + keyPrefix, prefix + after, limit));
  }

  private <R extends Row> List<Entry<R>> bare(List<Entry<R>> rows) {
    return rows.stream()
        .map(e -> new Entry<>(e.key().substring(prefix.length()), e.row()))
        .toList();
  }

  /**
   * Rows as they were before this turn: those whose keys begin so and come after that key, if any.
   */
  public <R extends Row> List<Entry<R>> before(
      Table<R> table, String keyPrefix, String after, int limit) {
    var last = after.isEmpty() ? "" : prefix + after;
    return tables.below(table, prefix + keyPrefix, last, limit).stream()
        .map(e -> new Entry<>(e.key().substring(prefix.length()), e.row()))
        .toList();
  }

  /** The row as it was before this turn. */
  public <R extends Row> Optional<R> before(Table<R> table, String key) {
    return tables.before(table, prefix + key);
  }

  /** The keys of rows that this turn changes, in their order. */
  public List<String> differing(Table<? extends Row> table) {
    return tables.differing(table).stream().map(key -> key.substring(prefix.length())).toList();
  }

  /**
   * An id that hashes the decision's place in the log: replay gives it again, nothing else does.
   */
  public String nextCommandId(ResourceKey resource, Lane lane) {
    return nextId(resource + "|" + lane);
  }

  public String nextCommandId(ObjectKey object) {
    return nextId(object.toString());
  }

  private String nextId(String subject) {
    var text = scope + "|" + seq + "|" + subject + "|" + commandOrdinal++;
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  public void command(Command command) {
    commands.add(new Effects.CommandEntry(scope, command.key(), Optional.of(command)));
  }

  public void settled(CommandKey key) {
    commands.add(new Effects.CommandEntry(scope, key, Optional.empty()));
  }

  public void command(KubernetesCommand command) {
    kubernetesCommands.add(
        new Effects.KubernetesEntry(scope, command.object(), Optional.of(command)));
  }

  public void settled(ObjectKey object) {
    kubernetesCommands.add(new Effects.KubernetesEntry(scope, object, Optional.empty()));
  }

  public void audit(AuditEntry entry) {
    var sealed =
        AuditChain.seal(new AuditRecord(scope, seq, audit.size(), now, entry, auditHash, ""));
    auditHash = sealed.hash();
    audit.add(sealed);
  }

  /** Something a person must look at. */
  public void alarm(String subject, String sentence) {
    audit(new AuditEntry.Alarm(subject, sentence));
    change(subject, new ChangeBody.Announced(sentence));
  }

  public void change(String subject, ChangeBody body) {
    var id = scope + "/" + seq + "/" + changes.size();
    changes.add(new Change(id, "penstock/" + scope, typeOf(body), subject, now, scope, seq, body));
  }

  private static String typeOf(ChangeBody body) {
    return switch (body) {
      case ChangeBody.VerdictChanged _ -> "dev.penstock.verdict.changed";
      case ChangeBody.CommandSettled _ -> "dev.penstock.command.settled";
      case ChangeBody.TargetsChanged _ -> "dev.penstock.targets.changed";
      case ChangeBody.ProblemChanged _ -> "dev.penstock.problem.changed";
      case ChangeBody.Drifted _ -> "dev.penstock.resource.drifted";
      case ChangeBody.Announced _ -> "dev.penstock.announced";
    };
  }

  /** A record for the log of this scope, or of another one. */
  public void event(Scope to, String key, EventBody body) {
    events.add(new Event(to, to + "|" + key, body));
  }

  /** A word for all roles, outside the scope's own log. */
  public void registry(RegistryEntry entry) {
    registry.add(entry);
  }

  /** What a turn said and wrote up to some moment. */
  private record Mark(
      Drafts tables,
      Effects said,
      String auditHash,
      int commandOrdinal,
      boolean checkpointWanted) {}

  /**
   * Does this work as a whole or not at all: of work that fails nothing is left, and the defect is
   * answered. That the tables cannot be read is no defect of the work: it ends the turn.
   */
  public Optional<RuntimeException> whole(Runnable work) {
    var mark = new Mark(tables, effects(), auditHash, commandOrdinal, checkpointWanted);
    tables = new Drafts(mark.tables());
    try {
      work.run();
    } catch (RuntimeException defect) {
      if (written.failed()) {
        throw defect;
      }
      backTo(mark);
      return Optional.of(defect);
    }
    tables.write();
    tables = mark.tables();
    return Optional.empty();
  }

  private void backTo(Mark mark) {
    tables = mark.tables();
    again(commands, mark.said().commands());
    again(kubernetesCommands, mark.said().kubernetesCommands());
    again(audit, mark.said().audit());
    again(changes, mark.said().changes());
    again(events, mark.said().events());
    again(registry, mark.said().registry());
    again(checkpoints, mark.said().checkpoints());
    auditHash = mark.auditHash();
    commandOrdinal = mark.commandOrdinal();
    checkpointWanted = mark.checkpointWanted();
  }

  private static <T> void again(List<T> list, List<T> before) {
    list.clear();
    list.addAll(before);
  }

  /** The rows as they are after this turn shall be written down. */
  public void checkpointAfterwards() {
    checkpointWanted = true;
  }

  public boolean wantsCheckpoint() {
    return checkpointWanted;
  }

  public void checkpoint(Checkpoint record) {
    checkpoints.add(record);
  }

  /** The scope's chain row after this turn. */
  public ChainRow chain() {
    return new ChainRow(seq, position, now, auditHash);
  }

  /** The end of the turn: the scope's chain row, and all rows that differ now, are written. */
  public void write() {
    put(Table.CHAIN, "", chain());
    tables.write();
  }

  public Effects effects() {
    return new Effects(
        List.copyOf(commands),
        List.copyOf(kubernetesCommands),
        List.copyOf(audit),
        List.copyOf(changes),
        List.copyOf(events),
        List.copyOf(registry),
        List.copyOf(checkpoints));
  }
}
