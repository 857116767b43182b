package dev.penstock.cli.bench;

import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's own hop: one record produced (acks=all, no linger) until a consumer has it, with our own
 * client settings. The yardstick for everything that goes through the log.
 */
final class Hop implements AutoCloseable {
  private static final String TOPIC = "bench.hop";
  private static final int SIZE = 1_000;
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final Timing timing;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Hop(Connection connection, Timing timing) throws IOException, InterruptedException {
    this.timing = timing;
    LogTopics.create(connection, List.of(TOPIC), 1);
    var bytes = new ByteArraySerializer();
    var back = new ByteArrayDeserializer();
    this.producer = new KafkaProducer<>(ClientSettings.producer(connection), bytes, bytes);
    this.consumer = new KafkaConsumer<>(ClientSettings.reader(connection), back, back);
    consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
    once();
  }

  /** One record, there and back. */
  Duration once() throws IOException {
    var begin = timing.now();
    producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[SIZE]));
    while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
      if (timing.since(begin).compareTo(BOUND) > 0) {
        throw new BenchFailed("a record produced was not consumed in " + BOUND.toSeconds() + " s");
      }
    }
    return timing.since(begin);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
