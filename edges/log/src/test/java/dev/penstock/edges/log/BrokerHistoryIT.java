package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.history.BrokerHistory;
import dev.penstock.edges.log.history.BrokerHistory.Unread;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** A history of a broker holds of penstock.events what the reconciler has read, and says so. */
final class BrokerHistoryIT {
  private static final Scope SCOPE = Examples.scope("1");
  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration NO_PATIENCE = Duration.ZERO;

  private static BrokerHistory open(Kafka kafka, Duration patience) throws LogFailed {
    return BrokerHistory.open(kafka.connection, kafka.catalogue, group(kafka), patience);
  }

  private static String group(Kafka kafka) {
    return kafka.catalogue.prefix() + "reconciler";
  }

  private static void read(Kafka kafka, int partition, long upTo) throws Exception {
    var place = new TopicPartition(kafka.catalogue.name(Topics.EVENTS), partition);
    try (var admin = Admin.create(ClientSettings.admin(kafka.connection))) {
      admin
          .alterConsumerGroupOffsets(group(kafka), Map.of(place, new OffsetAndMetadata(upTo)))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void whatTheReconcilerHasNotReadIsLeftOutAndSaid() throws Exception {
    try (var kafka = new Kafka();
        var log = kafka.log()) {
      var partition = kafka.registrations.register(SCOPE);
      for (int i = 0; i < 5; i++) {
        log.append(Examples.refused(SCOPE, "key", "reason " + i));
      }
      try (var history = open(kafka, NO_PATIENCE)) {
        assertEquals(
            List.of(new Unread(partition, OptionalLong.empty(), 5)), history.unread(), "never");
        assertEquals(
            new Span(Topics.EVENTS, partition, 0, 5), history.span(Topics.EVENTS, partition));
      }
      read(kafka, partition, 3);
      try (var history = open(kafka, NO_PATIENCE)) {
        var unread = history.unread().getFirst();
        assertEquals(new Unread(partition, OptionalLong.of(3), 5), unread);
        assertTrue(unread.text().contains("up to position 3 of 5"), unread.text());
        assertEquals(
            new Span(Topics.EVENTS, partition, 0, 3), history.span(Topics.EVENTS, partition));
      }
      read(kafka, partition, 5);
      try (var history = open(kafka, NO_PATIENCE)) {
        assertEquals(List.of(), history.unread());
      }
    }
  }

  @Test
  void aReconcilerThatRunsAndReadsOnIsWaitedFor() throws Exception {
    try (var kafka = new Kafka();
        var log = kafka.log();
        var reconciler = member(kafka);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var partition = kafka.registrations.register(SCOPE);
      log.append(Examples.refused(SCOPE, "key", "first"));
      log.append(Examples.refused(SCOPE, "key", "second"));
      var place = new TopicPartition(kafka.catalogue.name(Topics.EVENTS), partition);
      while (reconciler.assignment().isEmpty()) {
        reconciler.poll(STEP);
      }
      reconciler.commitSync(Map.of(place, new OffsetAndMetadata(1)));
      var opened = threads.submit(() -> open(kafka, Duration.ofMinutes(1)));
      reconciler.poll(STEP);
      while (!opened.isDone()) {
        reconciler.commitSync(Map.of(place, new OffsetAndMetadata(2)));
        reconciler.poll(STEP);
      }
      try (var history = opened.get(1, TimeUnit.MINUTES)) {
        assertEquals(List.of(), history.unread());
        assertEquals(2, history.span(Topics.EVENTS, partition).end());
      }
    }
  }

  private static KafkaConsumer<String, byte[]> member(Kafka kafka) {
    var settings = ClientSettings.member(kafka.connection, group(kafka), 6_000);
    var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(kafka.catalogue.name(Topics.EVENTS)));
    return consumer;
  }

  @Test
  void aReconcilerThatDoesNotRunIsNotWaitedFor() throws Exception {
    try (var kafka = new Kafka();
        var log = kafka.log()) {
      var partition = kafka.registrations.register(SCOPE);
      log.append(Examples.refused(SCOPE, "key", "first"));
      log.append(Examples.refused(SCOPE, "key", "second"));
      read(kafka, partition, 1);
      try (var history = open(kafka, Duration.ofDays(1))) {
        assertEquals(
            List.of(new Unread(partition, OptionalLong.of(1), 2)), history.unread(), "at once");
      }
    }
  }
}
