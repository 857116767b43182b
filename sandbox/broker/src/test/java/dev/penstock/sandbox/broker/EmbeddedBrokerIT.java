package dev.penstock.sandbox.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.broker.StartFailed.Fault;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";

  @TempDir Path directory;

  @Test
  void recordsAndSchemasSurviveKillAndRestart() throws Exception {
    int[] ports = {Ports.free(), Ports.free(), Ports.free()};
    Process process = child(ports);
    String servers = "127.0.0.1:" + ports[0];
    int id;
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.startsWith("ready")) {
        line = out.readLine();
      }
      id = client("http://127.0.0.1:" + ports[2]).register("t-value", new AvroSchema(SCHEMA));
      create(servers, "t");
      produce(servers, "t", 200);
    } finally {
      process.destroyForcibly().waitFor();
    }
    for (int start = 0; start < 2; start++) {
      try (var broker = EmbeddedBroker.start(directory, ports[0], ports[1], Map.of());
          var registry = RegistryServer.start(broker.bootstrapServers())) {
        assertEquals(200, read(servers, "t").size());
        assertEquals(SCHEMA, client(registry.url()).getSchemaById(id).canonicalString());
      }
    }
  }

  @Test
  void aSecondBrokerOnTheDirectoryIsRefusedAndTheFirstStaysUsable() throws Exception {
    try (var broker = EmbeddedBroker.start(directory)) {
      var failure = assertThrows(StartFailed.class, () -> EmbeddedBroker.start(directory));
      assertEquals(Fault.DIRECTORY_IN_USE, failure.fault());
      assertTrue(String.valueOf(failure.getMessage()).contains(directory.toString()));
      create(broker.bootstrapServers(), "still");
      produce(broker.bootstrapServers(), "still", 1);
      assertEquals(List.of("v0"), read(broker.bootstrapServers(), "still"));
    }
  }

  @Test
  void aPortInUseIsNamedAndTheDirectoryIsLeftFree() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      var failure =
          assertThrows(
              StartFailed.class,
              () -> EmbeddedBroker.start(directory, port, Ports.free(), Map.of()));
      assertEquals(Fault.PORT_IN_USE, failure.fault());
      assertTrue(String.valueOf(failure.getMessage()).contains(Integer.toString(port)));
    }
    EmbeddedBroker.start(directory).close();
  }

  private Process child(int[] ports) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            directory.toString(),
            Integer.toString(ports[0]),
            Integer.toString(ports[1]),
            Integer.toString(ports[2]))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static CachedSchemaRegistryClient client(String url) {
    return new CachedSchemaRegistryClient(url, 10);
  }

  private static void create(String servers, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static void produce(String servers, String topic, int count) {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      IntStream.range(0, count)
          .forEach(i -> producer.send(new ProducerRecord<>(topic, "k" + i, "v" + i)));
      producer.flush();
    }
  }

  private static List<String> read(String servers, String topic) {
    var partition = new TopicPartition(topic, 0);
    var values = new ArrayList<String>();
    Map<String, Object> settings = Map.of("bootstrap.servers", servers);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
      }
    }
    return values;
  }
}
