package dev.penstock.cli.torture;

import dev.penstock.cli.bench.Timing;
import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.edges.log.history.BrokerHistory;
import dev.penstock.roles.StreamStage;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The log and the audit trail as they grow, in the order in which records come to count. Facts of
 * watchers and appliers, which no transaction holds, count as soon as they are appended; all else
 * when it is committed.
 */
final class LogMirror implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Connection connection;
  private final Catalogue catalogue;
  private final Timing timing;
  private final WireCodec<Event> events;
  private final WireCodec<AuditRecord> audits;
  private final String auditTopic;
  private final Tail appended;
  private final Tail committed;
  private final CopyOnWriteArrayList<String> failures = new CopyOnWriteArrayList<>();
  private final ReentrantLock asking = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Scope, List<MemoryLog.Kept>> log = new HashMap<>();
  private final Map<Scope, Set<Long>> taken = new HashMap<>();
  private final List<AuditRecord> audit = new ArrayList<>();
  private final Map<Scope, Integer> partitions = new HashMap<>();
  private final Map<Integer, Long> decided = new ConcurrentHashMap<>();

  LogMirror(Connection connection, Catalogue catalogue, Timing timing) throws LogFailed {
    this.connection = connection;
    this.catalogue = catalogue;
    this.timing = timing;
    var schemas = SchemaRegistry.open(connection);
    this.events = WireCodec.open(schemas, catalogue, Topics.EVENTS, Event.class);
    this.audits = WireCodec.open(schemas, catalogue, Topics.AUDIT, AuditRecord.class);
    this.auditTopic = catalogue.name(Topics.AUDIT);
    var early = new HashMap<>(ClientSettings.reader(connection));
    early.put("isolation.level", "read_uncommitted");
    this.appended = Tail.of(early, Tail.partitions(catalogue, Topics.EVENTS), this::early);
    var both = Tail.partitions(catalogue, Topics.EVENTS, Topics.AUDIT);
    this.committed = Tail.of(ClientSettings.reader(connection), both, this::take);
  }

  /** The records of the scope that count, from the index on. */
  List<MemoryLog.Kept> log(Scope scope, int from) {
    lock.lock();
    try {
      var all = log.getOrDefault(scope, List.of());
      return List.copyOf(all.subList(Math.min(from, all.size()), all.size()));
    } finally {
      lock.unlock();
    }
  }

  /** The audit records from the index on. */
  List<AuditRecord> audit(int from) {
    lock.lock();
    try {
      return List.copyOf(audit.subList(Math.min(from, audit.size()), audit.size()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when all is read that the log held at the call; a broker that is away is waited for.
   * That it did not come to that is among the {@link #failures}.
   */
  void catchUp() {
    asking.lock();
    try {
      appended
          .catchUp(PATIENCE, timing)
          .or(() -> committed.catchUp(PATIENCE, timing))
          .ifPresent(failures::addIfAbsent);
    } finally {
      asking.unlock();
    }
  }

  /**
   * Waits until all is decided that the log held at the call, and {@linkplain #catchUp reads} what
   * was decided. What is not decided in time is among the {@link #failures}.
   */
  void settle() throws LogFailed {
    try (var history =
        BrokerHistory.open(
            connection, catalogue, StreamStage.APPLICATION, BrokerHistory.PATIENCE)) {
      history.unread().forEach(unread -> failures.addIfAbsent(unread.text()));
      for (var span : history.spans()) {
        if (span.topic().equals(Topics.EVENTS)) {
          decided.put(span.partition(), span.end());
        }
      }
    }
    catchUp();
  }

  /**
   * How many of the scope's records, from its first, were decided when it last {@link #settle}d.
   */
  long decided(Scope scope) {
    lock.lock();
    try {
      var partition = Optional.ofNullable(partitions.get(scope));
      long end = partition.map(it -> Objects.requireNonNull(decided.get(it), "settle")).orElse(0L);
      return log.getOrDefault(scope, List.of()).stream()
          .filter(kept -> kept.appended().position() < end)
          .count();
    } finally {
      lock.unlock();
    }
  }

  /** Why something was judged without all of the log; none at best. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Every record so far. */
  Map<Scope, List<MemoryLog.Kept>> all() {
    lock.lock();
    try {
      var all = new HashMap<Scope, List<MemoryLog.Kept>>();
      log.forEach((scope, records) -> all.put(scope, List.copyOf(records)));
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Which of the records the log does not hold; none at best. */
  List<String> missing(Map<Scope, List<MemoryLog.Kept>> records) {
    catchUp();
    var missing = new ArrayList<String>();
    records.forEach((scope, heard) -> {
      var found = new HashSet<>(log(scope, 0));
      heard.stream()
          .filter(kept -> !found.contains(kept))
          .forEach(kept -> missing.add(scope + " " + kept.appended() + " " + kept.event().key()));
    });
    return missing;
  }

  private void early(ConsumerRecord<String, byte[]> record) {
    if (events.decode(record.value()) instanceof Decoded.Ok<Event>(var event)
        && (event.body() instanceof CloudFact || event.body() instanceof ClusterFact)) {
      keep(event, record);
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (!record.topic().equals(auditTopic)) {
      if (events.decode(record.value()) instanceof Decoded.Ok<Event>(var event)) {
        keep(event, record);
      }
    } else if (audits.decode(record.value()) instanceof Decoded.Ok<AuditRecord>(var link)) {
      lock.lock();
      try {
        audit.add(link);
      } finally {
        lock.unlock();
      }
    }
  }

  private void keep(Event event, ConsumerRecord<String, byte[]> record) {
    lock.lock();
    try {
      partitions.put(event.scope(), record.partition());
      if (taken.computeIfAbsent(event.scope(), _ -> new HashSet<>()).add(record.offset())) {
        var place = new Appended(record.offset(), Instant.ofEpochMilli(record.timestamp()));
        log.computeIfAbsent(event.scope(), _ -> new ArrayList<>())
            .add(new MemoryLog.Kept(event, place));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    appended.close();
    committed.close();
  }
}
