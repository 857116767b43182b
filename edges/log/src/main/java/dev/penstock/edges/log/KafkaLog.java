package dev.penstock.edges.log;

import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The log on Kafka. */
public final class KafkaLog implements Log, AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final String topic;
  private final RegistryTopic registrations;
  private final WireCodec<Event> codec;
  private final KafkaProducer<String, byte[]> producer;

  private KafkaLog(
      String topic,
      RegistryTopic registrations,
      WireCodec<Event> codec,
      KafkaProducer<String, byte[]> producer) {
    this.topic = topic;
    this.registrations = registrations;
    this.codec = codec;
    this.producer = producer;
  }

  /** The topics must exist and the schemas be registered; the registrations stay the caller's. */
  public static KafkaLog open(
      Connection connection,
      Catalogue catalogue,
      SchemaRegistry registry,
      RegistryTopic registrations)
      throws LogFailed {
    var codec = WireCodec.open(registry, catalogue, Topics.EVENTS, Event.class);
    var producer =
        new KafkaProducer<>(
            ClientSettings.producer(connection), new StringSerializer(), new ByteArraySerializer());
    return new KafkaLog(catalogue.name(Topics.EVENTS), registrations, codec, producer);
  }

  @Override
  public Appended append(Event event) throws LogFailed {
    return await(send(event));
  }

  @Override
  public List<Appended> appendAll(List<Event> events) throws LogFailed {
    var sent = new ArrayList<Future<RecordMetadata>>(events.size());
    for (Event event : events) {
      sent.add(send(event));
    }
    var appended = new ArrayList<Appended>(sent.size());
    for (Future<RecordMetadata> future : sent) {
      appended.add(await(future));
    }
    return List.copyOf(appended);
  }

  private Future<RecordMetadata> send(Event event) throws LogFailed {
    int partition = registrations.partition(event.scope());
    try {
      return producer.send(
          new ProducerRecord<>(topic, partition, event.key(), codec.encode(event)));
    } catch (KafkaException e) {
      throw Failures.of("appending to " + topic, e);
    }
  }

  /** The producer's own delivery timeout bounds the wait. */
  private Appended await(Future<RecordMetadata> sent) throws LogFailed {
    try {
      RecordMetadata kept = sent.get();
      return new Appended(kept.offset(), Instant.ofEpochMilli(kept.timestamp()));
    } catch (ExecutionException e) {
      throw Failures.of("appending to " + topic, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      throw Failures.of("appending to " + topic, new InterruptException(e));
    }
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
