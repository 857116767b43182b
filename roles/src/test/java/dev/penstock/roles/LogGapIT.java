package dev.penstock.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.sandbox.broker.KafkaFixture;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact.ScopeSettingsChanged;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reconciler that was away while the log forgot: it goes on only where nothing is missing. */
final class LogGapIT {
  private static final Catalogue CATALOGUE = Catalogue.small(KafkaFixture.prefix());
  private static final Scope SCOPE = Scope.parse("111122223333/us-west-2");
  private static final String GROUP = CATALOGUE.prefix() + StreamStage.APPLICATION;
  private static final long BOUND_NANOS = Duration.ofSeconds(60).toNanos();

  @TempDir Path folder;

  @Test
  void recordsThatWereDeletedUnreadAreARefusalAndThoseThatWereReadAreNot() throws Exception {
    var kafka = KafkaFixture.shared();
    var connection = Connection.of(kafka.bootstrapServers(), kafka.registryUrl());
    new TopicSetup(connection, CATALOGUE).create();
    SchemaRegistry.open(connection).registerAll(CATALOGUE);
    try (var log = OpenLog.at(connection, CATALOGUE);
        var admin = Admin.create(ClientSettings.admin(connection))) {
      int partition = log.registrations().register(SCOPE);
      var place = new TopicPartition(CATALOGUE.name(Topics.EVENTS), partition);
      append(log);
      runUntilRead(log, admin, place);

      deleteBefore(admin, place, committed(admin, place));
      runUntilRead(log, admin, place);

      append(log);
      long kept = append(log);
      deleteBefore(admin, place, kept);
      refused(log, place.partition(), kept);

      admin.deleteConsumerGroups(List.of(GROUP)).all().get();
      refused(log, place.partition(), kept);
    }
  }

  private void refused(OpenLog log, int partition, long kept) {
    var words = assertThrows(StartRefused.class, () -> start(log)).getMessage();
    assertTrue(
        String.valueOf(words).contains("in partitions " + partition + " (read up to "), words);
    assertTrue(String.valueOf(words).contains("kept from " + kept + " on)"), words);
  }

  private void runUntilRead(OpenLog log, Admin admin, TopicPartition place) throws Exception {
    long wanted = append(log) + 1;
    var stage = start(log);
    try {
      long begun = System.nanoTime();
      while (committed(admin, place) < wanted) {
        assertTrue(System.nanoTime() - begun < BOUND_NANOS, "read up to " + wanted);
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    } finally {
      stage.stop();
    }
  }

  private StreamStage start(OpenLog log) throws Exception {
    var instance = new StreamStage.Instance("stream-0", "localhost:1", 0, folder);
    return StreamStage.start(log, instance, InstantSource.system());
  }

  private static long append(OpenLog log) throws Exception {
    var said = new ScopeSettingsChanged("anna", ScopeSettings.defaults());
    return log.log().append(new Event(SCOPE, SCOPE + "|settings", said)).position();
  }

  private static long committed(Admin admin, TopicPartition place) throws Exception {
    var offsets =
        admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().get(place);
    return offsets == null ? -1 : offsets.offset();
  }

  private static void deleteBefore(Admin admin, TopicPartition place, long offset)
      throws Exception {
    var deleted = admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(offset)));
    assertEquals(offset, deleted.lowWatermarks().get(place).get().lowWatermark());
  }
}
