package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topics;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KafkaCommandFeedIT extends CommandFeedContract {
  private Kafka kafka;
  private WireCodec<Command> codec;
  private KafkaProducer<String, byte[]> producer;

  @BeforeEach
  void start() throws LogFailed {
    kafka = new Kafka();
    codec = WireCodec.open(kafka.registry, kafka.catalogue, Topics.COMMANDS, Command.class);
    producer =
        new KafkaProducer<>(
            ClientSettings.producer(kafka.connection),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    kafka.close();
  }

  @Override
  void register(Scope scope) throws LogFailed {
    kafka.registrations.register(scope);
  }

  @Override
  void open(Command command) throws LogFailed {
    write(command.scope(), RecordKeys.of(command), codec.encode(command));
  }

  @Override
  void close(Command command) throws LogFailed {
    write(command.scope(), RecordKeys.of(command), null);
  }

  @Override
  CommandFeed<Command> join() throws LogFailed {
    return join(kafka.registrations);
  }

  private CommandFeed<Command> join(RegistrationSource registrations) throws LogFailed {
    return KafkaCommandFeed.from(
        kafka.connection,
        kafka.catalogue,
        kafka.registry,
        registrations,
        new KafkaCommandFeed.Membership<>(
            Topics.COMMANDS, Command.class, "apply", ClientSettings.SESSION_MILLIS),
        InstantSource.system());
  }

  /** The topic's registrations, which cannot be looked at while it is away. */
  private static final class Away implements RegistrationSource {
    private final RegistryTopic topic;
    private boolean away;

    Away(RegistryTopic topic) {
      this.topic = topic;
    }

    @Override
    public Registrations current() {
      return away ? Registrations.NONE : topic.current();
    }

    @Override
    public Registrations refresh() throws LogFailed {
      if (away) {
        throw new LogFailed(LogFailed.Fault.UNREACHABLE, "the registry is away");
      }
      return topic.refresh();
    }
  }

  @Test
  void whatWasFetchedWhileTheRegistryWasAwayIsToldWhenItIsBack() throws LogFailed {
    Scope scope = Examples.scope("1");
    register(scope);
    open(Examples.command(scope, "1", "a"));
    open(Examples.command(scope, "2", "b"));
    var registrations = new Away(kafka.registrations);
    registrations.away = true;
    try (var feed = join(registrations)) {
      assertThrows(LogFailed.class, () -> until(feed, e -> e instanceof FeedEvent.Opened));
      registrations.away = false;
      var events = until(feed, e -> e instanceof FeedEvent.CaughtUp);
      assertEquals(2, events.stream().filter(e -> e instanceof FeedEvent.Opened<Command>).count());
    }
  }

  @Test
  void foreignBytesAreToldAsUnreadableAndNeverAsClosed() throws LogFailed {
    Scope scope = Examples.scope("1");
    register(scope);
    write(scope, scope + "|a", new byte[] {(byte) 0xC3, 0x28});
    write(scope, scope + "|b", new byte[] {0, 0x7f, 1, 1, 1, 9});
    write(scope, "no key of ours", new byte[] {1});
    open(Examples.command(scope, "1", "a"));
    try (var feed = join()) {
      var events = until(feed, e -> e instanceof FeedEvent.CaughtUp);
      assertEquals(
          2, events.stream().filter(e -> e instanceof FeedEvent.Unreadable<Command>).count());
      assertEquals(1, events.stream().filter(e -> e instanceof FeedEvent.Opened<Command>).count());
    }
  }

  @Test
  void anUncommittedCommandIsNotTold() throws LogFailed {
    Scope scope = Examples.scope("1");
    register(scope);
    var settings = ClientSettings.producer(kafka.connection);
    settings.put("transactional.id", kafka.catalogue.prefix() + "writer");
    try (var writer =
            new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        var feed = join()) {
      writer.initTransactions();
      until(feed, e -> e instanceof FeedEvent.CaughtUp);
      writer.beginTransaction();
      writer.send(record(scope, scope + "|x", new byte[] {1}));
      writer.flush();
      writer.abortTransaction();
      var command = Examples.command(scope, "1", "a");
      open(command);
      var events = until(feed, e -> e instanceof FeedEvent.Opened);
      assertTrue(events.stream().noneMatch(e -> e instanceof FeedEvent.Unreadable<Command>));
    }
  }

  private void write(Scope scope, String key, byte @Nullable [] value) throws LogFailed {
    Failures.await("writing", producer.send(record(scope, key, value)));
  }

  private ProducerRecord<String, byte[]> record(Scope scope, String key, byte @Nullable [] value)
      throws LogFailed {
    int partition = kafka.registrations.partition(scope);
    return new ProducerRecord<>(kafka.catalogue.name(Topics.COMMANDS), partition, key, value);
  }
}
