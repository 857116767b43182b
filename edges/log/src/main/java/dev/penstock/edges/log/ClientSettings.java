package dev.penstock.edges.log;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings of Kafka clients, each with its reason where it is not the default. What the connection
 * says wins over our time-outs, never over what a guarantee rests on.
 */
public final class ClientSettings {
  /** A member that is silent for so long loses its scopes, if the broker allows so short a time. */
  public static final int SESSION_MILLIS = 3_000;

  /** An open transaction of a dead process blocks its readers for so long. */
  public static final int TRANSACTION_MILLIS = 2_000;

  private ClientSettings() {}

  /** Appends: kept by all replicas, in order, not waiting for company, giving up after 10 s. */
  public static Map<String, Object> producer(Connection connection) {
    Map<String, Object> settings = common(connection);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("linger.ms", 0);
    settings.putIfAbsent("max.block.ms", 10_000);
    settings.putIfAbsent("request.timeout.ms", 5_000);
    settings.putIfAbsent("delivery.timeout.ms", 10_000);
    return settings;
  }

  /** Reads without a group: only what is committed. */
  public static Map<String, Object> reader(Connection connection) {
    Map<String, Object> settings = common(connection);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("allow.auto.create.topics", false);
    settings.putIfAbsent("default.api.timeout.ms", 10_000);
    return settings;
  }

  /**
   * Reads as a member of a group. Partitions move one by one (the others stay), and a silent member
   * loses them after the session timeout.
   */
  public static Map<String, Object> member(Connection connection, String group, int session) {
    Map<String, Object> settings = reader(connection);
    settings.put("group.id", group);
    settings.put("group.protocol", "classic");
    settings.put("session.timeout.ms", session);
    settings.put("heartbeat.interval.ms", session / 6);
    settings.putIfAbsent("max.poll.interval.ms", 30_000);
    settings.put(
        "partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    return settings;
  }

  /**
   * Kafka Streams: exactly once with short commits, no caching that delays results, static
   * membership under the instance's id, in-memory stores, every internal name explicit.
   */
  public static Map<String, Object> streams(
      Connection connection, String application, String instance, int session) {
    Map<String, Object> settings = common(connection);
    settings.put("application.id", application);
    settings.put("client.id", application + "-" + instance);
    settings.put("processing.guarantee", "exactly_once_v2");
    settings.put("commit.interval.ms", 20);
    settings.put("statestore.cache.max.bytes", 0);
    settings.put("num.stream.threads", 1);
    settings.put("replication.factor", -1);
    settings.put("topology.optimization", "none");
    settings.put("ensure.explicit.internal.resource.naming", true);
    settings.put("processing.exception.handler.global.enabled", true);
    settings.put("producer.linger.ms", 0);
    settings.put("producer.transaction.timeout.ms", TRANSACTION_MILLIS);
    settings.put("consumer.session.timeout.ms", session);
    settings.put("consumer.heartbeat.interval.ms", session / 6);
    settings.put("main.consumer.group.instance.id", instance);
    settings.put("main.consumer.auto.offset.reset", "earliest");
    settings.put(
        "dsl.store.suppliers.class",
        "org.apache.kafka.streams.state.BuiltInDslStoreSuppliers$InMemoryDslStoreSuppliers");
    return settings;
  }

  /** For the administration client. */
  public static Map<String, Object> admin(Connection connection) {
    Map<String, Object> settings = common(connection);
    settings.putIfAbsent("default.api.timeout.ms", 30_000);
    return settings;
  }

  private static Map<String, Object> common(Connection connection) {
    var settings = new HashMap<String, Object>(connection.kafka());
    settings.put("bootstrap.servers", connection.bootstrapServers());
    return settings;
  }
}
