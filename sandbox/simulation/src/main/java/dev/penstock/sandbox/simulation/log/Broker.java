package dev.penstock.sandbox.simulation.log;

import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.sandbox.simulation.engine.Baton;
import dev.penstock.sandbox.simulation.engine.Delays;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All topics of Penstock on one broker. What is appended outside a transaction counts at once; a
 * transaction's records count together once it is committed, in each partition a little later than
 * in another.
 */
public final class Broker {
  private static final Duration SESSION = Duration.ofMillis(ClientSettings.SESSION_MILLIS);
  private static final Duration TRANSACTION = Duration.ofMillis(ClientSettings.TRANSACTION_MILLIS);

  private final Baton baton;
  private final Delays delays;
  private final int partitions;
  private final Outage outage;
  private final Map<Scope, Integer> owners = new LinkedHashMap<>();
  private final List<Partition<Event>> events;
  private final TableTopic<Command> commands;
  private final TableTopic<KubernetesCommand> kubernetesCommands;
  private final Map<Integer, Long> positions = new LinkedHashMap<>();
  private final List<Transaction> open = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Map<Scope, List<MemoryLog.Kept>> counting = new LinkedHashMap<>();
  private final List<AuditRecord> audit = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<RegistryEntry> words = new ArrayList<>();
  private Duration skew = Duration.ZERO;

  /** The scopes are spread over the partitions in their order. */
  public Broker(Baton baton, Delays delays, int partitions, List<Scope> scopes) {
    this.baton = baton;
    this.delays = delays;
    this.partitions = partitions;
    this.outage = new Outage(baton);
    scopes.forEach(scope -> owners.put(scope, owners.size() % partitions));
    this.events = IntStream.range(0, partitions).mapToObj(_ -> new Partition<Event>()).toList();
    this.commands = new TableTopic<>(this, group(partitions));
    this.kubernetesCommands = new TableTopic<>(this, group(partitions));
  }

  public int partitions() {
    return partitions;
  }

  /** The partition that owns the scope; none if it is not registered. */
  public Optional<Integer> partition(Scope scope) {
    return Optional.ofNullable(owners.get(scope));
  }

  /** The scopes that the partition owns, in their order. */
  public List<Scope> scopes(int partition) {
    return owners.entrySet().stream()
        .filter(owned -> owned.getValue() == partition)
        .map(Map.Entry::getKey)
        .toList();
  }

  public TableTopic<Command> commands() {
    return commands;
  }

  public TableTopic<KubernetesCommand> kubernetesCommands() {
    return kubernetesCommands;
  }

  /** A new group that shares so many numbers. */
  public Group group(int count) {
    var group = new Group(baton, outage, count, SESSION);
    groups.add(group);
    return group;
  }

  /** The log's own time: LogAppendTime. */
  public Instant time() {
    return baton.instant().plus(skew).truncatedTo(ChronoUnit.MILLIS);
  }

  /** The log's clock is so far before ours from now on. */
  public void skew(Duration ahead) {
    skew = ahead;
  }

  /** Nobody reaches the broker for so long. */
  public void away(Duration lasting) {
    outage.begin(lasting);
  }

  /** The broker is back. */
  public void back() {
    outage.end();
  }

  public boolean away() {
    return outage.on();
  }

  /** When the broker is back. */
  public Instant backAt() {
    return outage.to();
  }

  /** Appends outside any transaction; the scope must be registered. */
  public Appended append(Event event) {
    var kept = append(event, Transaction.NONE);
    count(kept);
    return kept.appended();
  }

  /** Sends as part of the transaction; what is for a scope that nobody registered goes nowhere. */
  public void send(Event event, Transaction transaction) {
    if (owners.containsKey(event.scope())) {
      transaction.sent(append(event, transaction));
    }
  }

  private MemoryLog.Kept append(Event event, Transaction transaction) {
    var time = time();
    var position = events.get(owner(event.scope())).append(event, time, transaction);
    return new MemoryLog.Kept(event, new Appended(position, time));
  }

  int owner(Scope scope) {
    return partition(scope)
        .orElseThrow(() -> new IllegalArgumentException("scope " + scope + " is not registered"));
  }

  /** The producer begins anew: what is left open of its past is aborted. */
  public void fence(String producer) {
    List.copyOf(open).stream()
        .filter(transaction -> transaction.producer().equals(producer))
        .forEach(this::abort);
  }

  public Transaction begin(String producer) {
    var transaction = new Transaction(producer, baton.instant());
    open.add(transaction);
    return transaction;
  }

  /** All of it counts from now on. */
  public void commit(Transaction transaction) {
    end(transaction, Transaction.State.COMMITTED);
    positions.putAll(transaction.positions());
    transaction.sent().forEach(this::count);
    audit.addAll(transaction.audit());
    changes.addAll(transaction.changes());
    words.addAll(transaction.words());
  }

  /** Nothing of it ever counts. */
  public void abort(Transaction transaction) {
    end(transaction, Transaction.State.ABORTED);
  }

  private void end(Transaction transaction, Transaction.State last) {
    if (!open.remove(transaction)) {
      throw new IllegalStateException("the transaction of " + transaction.producer() + " is over");
    }
    transaction.end(last);
    var which = 0;
    for (var partition : transaction.touched()) {
      var delay = delays.of(Way.MARKER, transaction.producer() + which++);
      if (delay.isZero()) {
        partition.mark(transaction);
      } else {
        baton.at(baton.instant().plus(delay), () -> partition.mark(transaction));
      }
    }
  }

  /** How far the partition is read, as far as is committed. */
  public long position(int partition) {
    return positions.getOrDefault(partition, 0L);
  }

  /** Whether an open transaction may still move the partition's position. */
  public boolean pending(int partition) {
    return open.stream().anyMatch(t -> t.positions().containsKey(partition));
  }

  /** The next record of penstock.events that may be seen. */
  public Optional<MemoryLog.Kept> read(int partition, long from) {
    return events.get(partition).find(from).map(Broker::kept);
  }

  /** The records of the scope that count, in the order in which they came to count. */
  public List<MemoryLog.Kept> counting(Scope scope) {
    return counting.getOrDefault(scope, List.of());
  }

  private void count(MemoryLog.Kept kept) {
    counting.computeIfAbsent(kept.event().scope(), _ -> new ArrayList<>()).add(kept);
  }

  private static MemoryLog.Kept kept(Partition.Found<Event> found) {
    return new MemoryLog.Kept(found.value(), new Appended(found.position(), found.time()));
  }

  public List<AuditRecord> audit() {
    return audit;
  }

  public List<Change> changes() {
    return changes;
  }

  /** What the reconciler said in the registry. */
  public List<RegistryEntry> words() {
    return words;
  }

  /** Gives up transactions that are open for too long, and members that are silent for too long. */
  public void expire() {
    if (outage.on()) {
      return;
    }
    for (var transaction : List.copyOf(open)) {
      if (!transaction.begun().plus(TRANSACTION).isAfter(baton.instant())) {
        abort(transaction);
      }
    }
    groups.forEach(Group::expel);
  }

  /** When {@link #expire} has something to do. */
  public Instant next() {
    var next = outage.on() ? outage.to() : Instant.MAX;
    for (var transaction : open) {
      var end = transaction.begun().plus(TRANSACTION);
      next = end.isBefore(next) && !outage.on() ? end : next;
    }
    for (var group : groups) {
      next = group.next().isBefore(next) ? group.next() : next;
    }
    return next;
  }
}
