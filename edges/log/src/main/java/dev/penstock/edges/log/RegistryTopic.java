package dev.penstock.edges.log;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.RegistryEntry.ScopeEntry;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * penstock.registry: reads it whole and stays current when asked; writes one entry at a time in the
 * whole fleet, so that a scope gets one partition and keeps it. Safe for use by many threads.
 */
public final class RegistryTopic implements RegistrationSource, AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int LOOKS = 500;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private final Connection connection;
  private final Catalogue catalogue;
  private final WireCodec<RegistryEntry> codec;
  private final TopicPartition partition;
  private final KafkaConsumer<String, byte[]> consumer;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Registrations current = Registrations.NONE;

  private RegistryTopic(
      Connection connection, Catalogue catalogue, WireCodec<RegistryEntry> codec) {
    this.connection = connection;
    this.catalogue = catalogue;
    this.codec = codec;
    this.partition = new TopicPartition(catalogue.name(Topics.REGISTRY), 0);
    this.consumer =
        new KafkaConsumer<>(
            ClientSettings.reader(connection),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Opens the topic and reads it to its end. */
  public static RegistryTopic open(
      Connection connection, Catalogue catalogue, SchemaRegistry registry) throws LogFailed {
    var codec = WireCodec.open(registry, catalogue, Topics.REGISTRY, RegistryEntry.class);
    var topic = new RegistryTopic(connection, catalogue, codec);
    try {
      topic.consumer.assign(List.of(topic.partition));
      topic.consumer.seekToBeginning(List.of(topic.partition));
      topic.refresh();
      return topic;
    } catch (LogFailed e) {
      topic.close();
      throw e;
    }
  }

  /** What the last refresh found. */
  @Override
  public Registrations current() {
    return current;
  }

  /** Reads to the end of the topic as it is now. */
  @Override
  public Registrations refresh() throws LogFailed {
    lock.lock();
    try {
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      current = read(consumer.position(partition), end);
      return current;
    } catch (KafkaException e) {
      throw Failures.of("reading " + partition.topic(), e);
    } finally {
      lock.unlock();
    }
  }

  /** What was read before a failure is read again by the next refresh. */
  private Registrations read(long from, long end) throws LogFailed {
    var whole = false;
    try {
      Registrations next = current;
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(STEP)) {
          next = applied(next, record);
        }
      }
      whole = true;
      return next;
    } finally {
      if (!whole) {
        consumer.seek(partition, from);
      }
    }
  }

  /** The partition of a registered scope; looks again before it says that there is none. */
  public int partition(Scope scope) throws LogFailed {
    var known = current.partition(scope);
    return known.isPresent() ? known.get() : refresh().require(scope);
  }

  /** Registers a scope and returns its partition, for ever the same. */
  public int register(Scope scope) throws LogFailed {
    return write(
            () -> {
              Registrations now = refresh();
              var known = now.partition(scope);
              return known.isPresent()
                  ? new ScopeEntry(scope, known.get())
                  : new ScopeEntry(scope, now.vacancy(catalogue.partitions()));
            })
        .partition();
  }

  /** Writes a cluster's entry. */
  public void put(RegistryEntry.ClusterEntry entry) throws LogFailed {
    write(() -> entry);
  }

  private interface Entry<E> {
    E make() throws LogFailed;
  }

  /** One writer in the fleet: a second one's beginning fences the first, whose commit fails. */
  private <E extends RegistryEntry> E write(Entry<E> make) throws LogFailed {
    var settings = ClientSettings.producer(connection);
    settings.put("transactional.id", catalogue.name(Topics.REGISTRY) + "-writer");
    settings.put("transaction.timeout.ms", 10_000);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      E entry = make.make();
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(
              partition.topic(), 0, Registrations.key(entry), codec.encode(entry)));
      producer.commitTransaction();
      awaitVisible(entry);
      return entry;
    } catch (KafkaException e) {
      throw Failures.of("writing " + partition.topic(), e);
    }
  }

  /** A commit shows to readers a moment after it is acknowledged. */
  private void awaitVisible(RegistryEntry entry) throws LogFailed {
    String key = Registrations.key(entry);
    for (int look = 0; look < LOOKS; look++) {
      if (entry.equals(refresh().entries().get(key))) {
        return;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    throw new LogFailed(Fault.UNREACHABLE, key + " was written but does not show");
  }

  private Registrations applied(Registrations before, ConsumerRecord<String, byte[]> record)
      throws LogFailed {
    if (record.value() == null) {
      return before.without(record.key());
    }
    return switch (codec.decode(record.value())) {
      case Decoded.Ok<RegistryEntry>(var entry) -> before.with(record.key(), entry);
      case Decoded.UnknownSchema<RegistryEntry>(var id, var reason) ->
          throw new LogFailed(
              Fault.MISCONFIGURED,
              record.topic() + " holds schema " + id + " that this version cannot read: " + reason);
      // Foreign bytes cannot name a scope or a cluster: whoever was meant stays unregistered.
      case Decoded.Malformed<RegistryEntry> _ -> before.without(record.key());
    };
  }

  @Override
  public void close() {
    lock.lock();
    try {
      consumer.close();
    } finally {
      lock.unlock();
    }
  }
}
