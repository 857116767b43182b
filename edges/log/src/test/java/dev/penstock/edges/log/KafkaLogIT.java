package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KafkaLogIT extends LogContract {
  private Kafka kafka;
  private KafkaLog log;

  @BeforeEach
  void open() throws LogFailed {
    kafka = new Kafka();
    log = kafka.log();
  }

  @AfterEach
  void close() {
    log.close();
    kafka.close();
  }

  @Override
  Log log() {
    return log;
  }

  @Override
  void register(Scope scope) throws LogFailed {
    kafka.registrations.register(scope);
  }

  @Override
  List<Event> kept(Scope scope) throws LogFailed {
    return read(scope, new Start.Beginning());
  }

  @Test
  void readersStartAtAPositionOrATime() throws LogFailed {
    Scope scope = Examples.scope("1");
    register(scope);
    var first = Examples.refused(scope, "a", "1");
    var second = Examples.refused(scope, "a", "2");
    log.append(first);
    Appended at = log.append(second);
    assertEquals(List.of(second), read(scope, new Start.At(at.position())));
    assertEquals(List.of(), read(scope, new Start.Since(at.time().plusSeconds(60))));
    assertEquals(List.of(first, second), read(scope, new Start.Since(at.time().minusSeconds(60))));
    assertEquals(List.of(), read(scope, new Start.Now()));
  }

  @Test
  void aReaderFollowsWhatComes() throws LogFailed {
    Scope scope = Examples.scope("1");
    register(scope);
    var codec = WireCodec.open(kafka.registry, kafka.catalogue, Topics.EVENTS, Event.class);
    var selection = TopicReader.Selection.all(Topics.EVENTS, new Start.Now());
    try (var reader = TopicReader.open(kafka.connection, kafka.catalogue, codec, selection)) {
      Appended at = log.append(Examples.refused(scope, "a", "1"));
      var found = new ArrayList<Entry<Event>>();
      while (found.isEmpty()) {
        found.addAll(reader.next(Duration.ofSeconds(1)));
      }
      assertEquals(at.position(), found.getFirst().position());
      assertEquals(at.time(), found.getFirst().time());
    }
  }

  @Test
  void noAnswerIsUnreachable() {
    var nowhere =
        new Connection(
            "127.0.0.1:1",
            kafka.connection.registryUrls(),
            Map.of("max.block.ms", "200"),
            Map.of());
    var failure =
        assertThrows(
            LogFailed.class,
            () -> {
              try (var other =
                  KafkaLog.open(nowhere, kafka.catalogue, kafka.registry, kafka.registrations)) {
                Scope scope = Examples.scope("1");
                register(scope);
                other.append(Examples.refused(scope, "a", "1"));
              }
            });
    assertEquals(Fault.UNREACHABLE, failure.fault());
  }

  private List<Event> read(Scope scope, Start start) throws LogFailed {
    var codec = WireCodec.open(kafka.registry, kafka.catalogue, Topics.EVENTS, Event.class);
    int partition = kafka.registrations.partition(scope);
    var selection = TopicReader.Selection.of(Topics.EVENTS, partition, start);
    var events = new ArrayList<Event>();
    try (var reader = TopicReader.open(kafka.connection, kafka.catalogue, codec, selection)) {
      reader.toEnd(e -> events.add(value(e)));
    }
    return events;
  }

  private static Event value(Entry<Event> entry) {
    return switch (entry.value().orElseThrow()) {
      case Decoded.Ok<Event>(var event) -> event;
      case Decoded.UnknownSchema<Event> unknown -> throw new IllegalStateException("" + unknown);
      case Decoded.Malformed<Event> malformed -> throw new IllegalStateException("" + malformed);
    };
  }
}
