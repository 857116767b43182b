package dev.penstock.streams.topology;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.StartRefused;
import dev.penstock.streams.StreamRole;
import dev.penstock.streams.query.QueryTables;
import dev.penstock.streams.query.ScopeOwners;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running reconciler. A defect of a task stops the process: it is restarted from the log, never
 * patched over. A transaction that the broker gave up is no defect: its records are read again.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** What remains where the history is lost: what stands in AWS is known by its tags. */
  static final String BEGIN_ANEW =
      "begin anew: another kafka.topic-prefix for every role, `penstock topics create`, and for"
          + " each cluster `penstock cluster register`, `plan` and `manage`";

  private final StreamRole role;
  private final KafkaStreams streams;
  private final Meters meters;
  private final ScopeOwners owners;
  private final LogGaps gaps;
  private volatile boolean closing;

  private Reconciler(
      StreamRole role, KafkaStreams streams, Meters meters, ScopeOwners owners, LogGaps gaps) {
    this.role = role;
    this.streams = streams;
    this.meters = meters;
    this.owners = owners;
    this.gaps = gaps;
  }

  public static Reconciler open(
      StreamRole role, SchemaRegistry registry, RegistryTopic registrations) throws LogFailed {
    var codecs = Codecs.open(registry, role.catalogue(), role.application());
    var meters = new Meters();
    var topology =
        ReconcilerTopology.build(
            role.catalogue(),
            codecs,
            new Surroundings(
                scope -> partition(registrations, scope),
                partition -> StartCheck.end(role.connection(), role.catalogue(), partition),
                role.takeBack(),
                meters::taken));
    var streams =
        new KafkaStreams(
            topology, role.settings(), new StableClients(role.application(), role.instance()));
    streams.setUncaughtExceptionHandler(problem -> ended(problem, role.instance()));
    var owners = new StreamsOwners(streams, registrations, role.address());
    var gaps =
        new LogGaps(
            role.connection(), role.catalogue(), role.application(), codecs.row(Table.CHAIN));
    return new Reconciler(role, streams, meters, owners, gaps);
  }

  /**
   * What follows when the thread of the tasks ends. A process that stood still for longer than a
   * transaction may last finds it aborted: nothing of it counts, so a new thread begins where the
   * last commit ended.
   */
  static StreamThreadExceptionResponse ended(Throwable problem, String instance) {
    for (var cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidTxnStateException) {
        LOG.warn(
            "the broker gave up a transaction, its records are read again instance={}", instance);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
    }
    LOG.error("the reconciler stops instance={}", instance, problem);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static Optional<Integer> partition(RegistryTopic registrations, Scope scope) {
    try {
      return Optional.of(registrations.partition(scope));
    } catch (LogFailed e) {
      if (e.fault() == LogFailed.Fault.UNKNOWN_SCOPE) {
        return Optional.empty();
      }
      throw new IllegalStateException("the partition of scope " + scope + " is not known", e);
    }
  }

  /**
   * Begins.
   *
   * @throws StartRefused when tables are empty where the audit trail knows of decisions, or the log
   *     lost records that they have not read
   */
  public void start() throws InterruptedException, LogFailed {
    var forgotten = StartCheck.forgotten(role.connection(), role.catalogue(), role.application());
    requireMemory(forgotten, role.application());
    requireWholeLog(gaps.find(), role.catalogue().name(Topics.EVENTS));
    streams.start();
  }

  static void requireMemory(List<Integer> forgotten, String application) {
    if (!forgotten.isEmpty()) {
      throw new StartRefused(
          "not started: the tables of partitions "
              + forgotten
              + " are empty, but the audit trail knows decisions of them; restore the topics "
              + application
              + "-*-changelog from a backup and start again");
    }
  }

  static void requireWholeLog(List<LogGaps.Gap> gaps, String topic) {
    if (!gaps.isEmpty()) {
      var lost =
          gaps.stream()
              .map(gap ->
                  "%d (read up to %d, kept from %d on)"
                      .formatted(gap.partition(), gap.next() - 1, gap.beginning()))
              .collect(Collectors.joining(", "));
      throw new StartRefused(
          "not started: "
              + topic
              + " lost records before they were read, in partitions "
              + lost
              + ": this was stopped for longer than the topic's retention.ms; restore the topic"
              + " from a backup and start again, or "
              + BEGIN_ANEW);
    }
  }

  /**
   * Every task that it was given is restored and running. It may have been given none: an instance
   * that only follows others, until it has caught up or they go, is ready, too.
   */
  public boolean ready() {
    return streams.state() == State.RUNNING;
  }

  /** The process shall end: a defect or a fenced id stopped the tasks. */
  public boolean failed() {
    if (closing) {
      return false;
    }
    return switch (streams.state()) {
      case ERROR, PENDING_ERROR, NOT_RUNNING -> true;
      case CREATED, RUNNING, REBALANCING, PENDING_SHUTDOWN -> false;
    };
  }

  public Meters meters() {
    return meters;
  }

  /** How many records of penstock.events each partition of this instance is behind its end. */
  public SortedMap<Integer, Long> lags() {
    var lags = new TreeMap<Integer, Long>();
    var events = role.catalogue().name(Topics.EVENTS);
    streams
        .metrics()
        .forEach((name, metric) -> {
          var isOurs = name.tags().getOrDefault("topic", "").equals(events);
          if (name.name().equals("records-lag")
              && isOurs
              && metric.metricValue() instanceof Double lag
              && !lag.isNaN()) {
            lags.put(Integer.valueOf(name.tags().get("partition")), Math.round(lag));
          }
        });
    return lags;
  }

  /** The tables of this instance, read-only. */
  public QueryTables tables() {
    return new QueryTables(streams);
  }

  /** Which instance holds which scope. */
  public ScopeOwners owners() {
    return owners;
  }

  /** Leaves the group, so that another instance takes over at once. */
  @Override
  public void close() {
    closing = true;
    streams.close(
        CloseOptions.timeout(CLOSING)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }
}
