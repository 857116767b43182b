package dev.penstock.edges.log;

import dev.penstock.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The topics of one installation: their full names, partitions and settings. {@code partitions} is
 * the number of penstock.events, for its life.
 */
public record Catalogue(String prefix, int partitions, short replicationFactor) {
  /** Partitions of penstock.events where nothing else is said. */
  public static final int PARTITIONS = 64;

  private static final String DAY = Long.toString(Duration.ofDays(1).toMillis());
  private static final String HOUR = Long.toString(Duration.ofHours(1).toMillis());

  public Catalogue {
    if (partitions < 1) {
      throw new IllegalArgumentException("penstock.events needs a partition");
    }
  }

  /** 64 partitions, the broker's replication factor, no prefix. */
  public static Catalogue standard() {
    return new Catalogue("", PARTITIONS, (short) -1);
  }

  /** Four partitions, for the sandbox and for tests. */
  public static Catalogue small(String prefix) {
    return new Catalogue(prefix, 4, (short) -1);
  }

  public String name(Topic topic) {
    return prefix + topic.name();
  }

  /** The registry's subject of a topic's values. */
  public String subject(Topic topic) {
    return name(topic) + "-value";
  }

  public int partitions(Topic topic) {
    return topic.partitions() == 0 ? partitions : topic.partitions();
  }

  /** The settings that the topic's meaning depends on, sorted. */
  public Map<String, String> settings(Topic topic) {
    var settings = new TreeMap<String, String>();
    settings.put("message.timestamp.type", "LogAppendTime");
    switch (topic.cleanup()) {
      case DELETE -> {
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", Long.toString(topic.retentionMillis()));
      }
      case COMPACT -> settings.put("cleanup.policy", "compact");
    }
    return settings;
  }

  /** What a topic is made with and may be tuned later. */
  Map<String, String> tuning(Topic topic) {
    return switch (topic.cleanup()) {
      case DELETE -> Map.of();
      case COMPACT ->
          new TreeMap<>(
              Map.of(
                  "min.cleanable.dirty.ratio",
                  "0.1",
                  "segment.ms",
                  HOUR,
                  "segment.bytes",
                  Integer.toString(64 << 20),
                  "delete.retention.ms",
                  DAY));
    };
  }
}
