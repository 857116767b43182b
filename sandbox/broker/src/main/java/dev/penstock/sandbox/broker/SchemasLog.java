package dev.penstock.sandbox.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.penstock.sandbox.broker.StartFailed.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Keeps the registry's changes in the compacted topic {@code _schemas} of a Kafka cluster. */
final class SchemasLog implements Consumer<RegistryChange>, AutoCloseable {
  private static final TopicPartition PARTITION = new TopicPartition(SchemasTopic.NAME, 0);
  private static final long BOUND_SECONDS = 30;

  private final KafkaProducer<String, String> producer;

  private SchemasLog(KafkaProducer<String, String> producer) {
    this.producer = producer;
  }

  /** Creates the topic if it is missing and replays it into the state. */
  static SchemasLog open(String bootstrapServers, RegistryState state) throws StartFailed {
    Map<String, Object> address = Map.of("bootstrap.servers", bootstrapServers);
    create(address);
    replay(bootstrapServers, state);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0);
    return new SchemasLog(
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
  }

  @Override
  public void accept(RegistryChange change) {
    SchemasTopic.Entry entry = SchemasTopic.write(change);
    try {
      producer
          .send(new ProducerRecord<>(SchemasTopic.NAME, 0, entry.key(), entry.value()))
          .get(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the registry's log does not take records", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing a schema", e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private static void create(Map<String, Object> address) throws StartFailed {
    var topic =
        new NewTopic(SchemasTopic.NAME, Optional.of(1), Optional.empty())
            .configs(Map.of("cleanup.policy", "compact"));
    try (Admin admin = Admin.create(address)) {
      admin.createTopics(List.of(topic)).all().get(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new StartFailed(Fault.BROKEN, "cannot create " + SchemasTopic.NAME, e);
      }
    } catch (TimeoutException e) {
      throw new StartFailed(Fault.BROKEN, "no Kafka at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed(Fault.BROKEN, "interrupted", e);
    }
  }

  private static void replay(String bootstrapServers, RegistryState state) throws StartFailed {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      while (consumer.position(PARTITION) < end) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          SchemasTopic.read(new SchemasTopic.Entry(record.key(), record.value()))
              .ifPresent(state::apply);
        }
      }
    } catch (JsonProcessingException e) {
      throw new StartFailed(Fault.BROKEN, "foreign bytes in " + SchemasTopic.NAME, e);
    }
  }
}
