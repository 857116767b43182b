package dev.penstock.sandbox.simulation.log;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.settings.RegistryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one producer sent, and how far it read: all of it counts once it is committed, or never. */
public final class Transaction {
  /** What was sent outside any transaction. */
  static final Transaction NONE = new Transaction("", Instant.MIN);

  /** How it stands. */
  enum State {
    OPEN,
    COMMITTED,
    ABORTED
  }

  private final String producer;
  private final Instant begun;
  private final Set<Partition<?>> touched = new LinkedHashSet<>();
  private final Map<Integer, Long> positions = new TreeMap<>();
  private final List<MemoryLog.Kept> sent = new ArrayList<>();
  private final List<AuditRecord> audit = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<RegistryEntry> words = new ArrayList<>();
  private State state = State.OPEN;
  private Runnable aborted = () -> {};

  static {
    NONE.state = State.COMMITTED;
  }

  Transaction(String producer, Instant begun) {
    this.producer = producer;
    this.begun = begun;
  }

  /** It may still be committed; false once the broker gave it up. */
  public boolean open() {
    return state == State.OPEN;
  }

  /** The records of the partition before this position count as read when it is committed. */
  public void read(int partition, long position) {
    positions.put(partition, position);
  }

  /** What is to be done at the moment at which it is aborted, by whomever. */
  public void whenAborted(Runnable deed) {
    aborted = deed;
  }

  public void audit(List<AuditRecord> records) {
    audit.addAll(records);
  }

  public void changes(List<Change> records) {
    changes.addAll(records);
  }

  public void registry(List<RegistryEntry> entries) {
    words.addAll(entries);
  }

  void sent(MemoryLog.Kept event) {
    sent.add(event);
  }

  List<MemoryLog.Kept> sent() {
    return sent;
  }

  String producer() {
    return producer;
  }

  Instant begun() {
    return begun;
  }

  State state() {
    return state;
  }

  void end(State last) {
    state = last;
    if (last == State.ABORTED) {
      aborted.run();
    }
  }

  Set<Partition<?>> touched() {
    return touched;
  }

  Map<Integer, Long> positions() {
    return positions;
  }

  List<AuditRecord> audit() {
    return audit;
  }

  List<Change> changes() {
    return changes;
  }

  List<RegistryEntry> words() {
    return words;
  }
}
