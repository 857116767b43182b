package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.sandbox.broker.EmbeddedBroker;
import dev.penstock.sandbox.broker.KafkaFixture;
import dev.penstock.sandbox.broker.Ports;
import dev.penstock.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicSetupIT {
  private final Connection connection =
      Connection.of(KafkaFixture.shared().bootstrapServers(), KafkaFixture.shared().registryUrl());
  private final Catalogue catalogue = Catalogue.small(KafkaFixture.prefix());
  private final TopicSetup setup = new TopicSetup(connection, catalogue);

  @Test
  void topicsAreMadeOnceAndFitTheCatalogue() throws LogFailed {
    setup.create();
    setup.create();
    assertDoesNotThrow(setup::verify);
  }

  @Test
  void aMissingTopicIsNamedWithTheCommandThatMakesIt() {
    var failure = assertThrows(LogFailed.class, setup::verify);
    assertEquals(Fault.MISCONFIGURED, failure.fault());
    for (var topic : Topics.all()) {
      assertTrue(
          message(failure).contains("--create --topic " + catalogue.name(topic)), message(failure));
    }
  }

  @Test
  void aWrongTopicIsNamedWithKeyWantedFoundAndRemedy() throws Exception {
    String events = catalogue.name(Topics.EVENTS);
    make(
        new NewTopic(events, Optional.of(3), Optional.empty())
            .configs(
                Map.of(
                    "cleanup.policy", "compact",
                    "retention.ms", "60000",
                    "message.timestamp.type", "LogAppendTime")));
    var failure = assertThrows(LogFailed.class, setup::create);
    assertTrue(message(failure).contains(events + " partitions: wanted 4, found 3"));
    assertTrue(message(failure).contains("set kafka.partitions to 3"));
    assertTrue(message(failure).contains(events + " cleanup.policy: wanted delete, found compact"));
    assertTrue(message(failure).contains("retention.ms: wanted 7776000000, found 60000"));
    assertTrue(
        message(failure)
            .contains(
                "kafka-configs.sh --bootstrap-server "
                    + connection.bootstrapServers()
                    + " --alter --entity-type topics --entity-name "
                    + events
                    + " --add-config cleanup.policy=delete"));
    assertFalse(message(failure).contains("message.timestamp.type"));
  }

  @Test
  void keepingRecordsForLongerIsNoFault() throws Exception {
    make(
        new NewTopic(catalogue.name(Topics.EVENTS), Optional.of(4), Optional.empty())
            .configs(
                Map.of(
                    "cleanup.policy", "delete",
                    "retention.ms", "-1",
                    "message.timestamp.type", "LogAppendTime")));
    assertDoesNotThrow(setup::create);
  }

  @Test
  void theBrokersPreconditionsForFailOverAreMetHere() throws LogFailed {
    var preconditions = Precondition.check(connection);
    assertEquals(2, preconditions.size());
    assertTrue(preconditions.stream().allMatch(Precondition::met), preconditions::toString);
    assertEquals(ClientSettings.SESSION_MILLIS, Precondition.sessionMillis(preconditions));
  }

  @Test
  void aBrokerWithKafkasDefaultsIsToldWhatItLacks(@TempDir Path directory) throws Exception {
    var defaults =
        Map.of(
            "group.min.session.timeout.ms", "6000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000");
    try (var broker = EmbeddedBroker.start(directory, Ports.free(), Ports.free(), defaults)) {
      var there = Connection.of(broker.bootstrapServers(), "http://127.0.0.1:1");
      var preconditions = Precondition.check(there);
      assertTrue(preconditions.stream().noneMatch(Precondition::met));
      assertEquals(6_000, Precondition.sessionMillis(preconditions));
      assertTrue(
          preconditions
              .getFirst()
              .sentence()
              .startsWith(
                  "broker 1: group.min.session.timeout.ms should be at most 3000, is 6000"));
    }
  }

  private void make(NewTopic topic) throws Exception {
    try (Admin admin = Admin.create(ClientSettings.admin(connection))) {
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private static String message(LogFailed failure) {
    return String.valueOf(failure.getMessage());
  }
}
