package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.sandbox.broker.KafkaFixture;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code penstock tail} on a broker: what is kept, what comes, and what cannot be read. */
final class TailIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final String HOST = "name/nginx.example.com";
  private static final String GROUP = "c1|ingress|default/web|TargetGroup|default/web:80";

  @TempDir Path folder;

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final Catalogue catalogue = Catalogue.small(KafkaFixture.prefix());
  private KafkaProducer<String, byte[]> producer;
  private WireCodec<Change> codec;

  private record Said(int code, String out, String err) {}

  /** Where a command prints, until whoever reads has gone away. */
  private static final class Reader extends Writer {
    private final StringBuffer text = new StringBuffer();
    private volatile boolean gone;

    @Override
    public void write(char[] letters, int from, int count) throws IOException {
      flush();
      text.append(letters, from, count);
    }

    @Override
    public void flush() throws IOException {
      if (gone) {
        throw new IOException("nobody reads");
      }
    }

    @Override
    public void close() {}

    void leave() {
      gone = true;
    }

    String text() {
      return text.toString();
    }
  }

  @BeforeEach
  void begin() throws Exception {
    Files.writeString(
        folder.resolve("penstock.yaml"),
        """
        kafka: {bootstrap-servers: '%s', topic-prefix: '%s', partitions: %d, replication-factor: 1}
        schema-registry: {url: '%s'}
        """
            .formatted(
                kafka.bootstrapServers(),
                catalogue.prefix(),
                catalogue.partitions(),
                kafka.registryUrl()));
    assertEquals(0, say("topics create").code());
    var registry =
        SchemaRegistry.open(Connection.of(kafka.bootstrapServers(), kafka.registryUrl()));
    codec = WireCodec.open(registry, catalogue, Topics.CHANGES, Change.class);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void end() {
    producer.close();
  }

  private void happens(String subject, String sentence) throws Exception {
    var body = new ChangeBody.Announced(sentence);
    var time = Instant.parse("2026-01-31T08:00:00Z");
    send(
        codec.encode(new Change(sentence, "penstock", "announced", subject, time, SCOPE, 1, body)));
  }

  private void send(byte[] value) throws Exception {
    producer
        .send(new ProducerRecord<>(catalogue.name(Topics.CHANGES), 0, SCOPE + "|x", value))
        .get(1, TimeUnit.MINUTES);
  }

  private Said say(String command) {
    var out = new StringWriter();
    var err = new StringWriter();
    return new Said(run(command, out, err), out.toString(), err.toString());
  }

  private int run(String command, Writer out, Writer err) {
    var arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.add("--config=" + folder.resolve("penstock.yaml"));
    return PenstockMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void whatIsKeptIsToldInOrderAsLinesOrAsJson() throws Exception {
    happens(HOST, "the name moved");
    happens(GROUP, "a target came");

    assertEquals(
        """
        2026-01-31T08:00:00Z  %s  the name moved
        2026-01-31T08:00:00Z  %s  a target came
        """
            .formatted(HOST, GROUP),
        say("tail --once").out());
    var lines = say("tail --once -o json").out().lines().toList();
    assertEquals(2, lines.size());
    assertEquals(HOST, JSON.readTree(lines.getFirst()).path("subject").asText());
    assertEquals(2, say("tail --once --since 1h").out().lines().count());
    assertEquals("", say("tail --once --since 2126-01-31").out());
    assertEquals(
        "2026-01-31T08:00:00Z  " + GROUP + "  a target came\n",
        say("tail --once --resource targetgroup").out());
  }

  @Test
  void whatCannotBeReadIsNamedAndTheOthersAreTold() throws Exception {
    happens(HOST, "before");
    send("no record".getBytes(StandardCharsets.UTF_8));
    happens(HOST, "after");

    var said = say("tail --once");

    assertEquals(0, said.code());
    assertEquals(2, said.out().lines().count());
    assertTrue(
        said.err().startsWith("penstock: the record of penstock.changes at 0:1"), said.err());
  }

  @Test
  void withoutAnEndItFollowsUntilNobodyReads() throws Exception {
    happens(HOST, "long ago");
    var reader = new Reader();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tail = threads.submit(() -> run("tail", reader, new StringWriter()));
      var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      for (var i = 0; reader.text().isEmpty(); i++) {
        assertTrue(System.nanoTime() < deadline, "nothing was told");
        happens(HOST, "news " + i);
      }
      assertTrue(reader.text().contains("  news "), reader.text());
      assertTrue(!reader.text().contains("long ago"), reader.text());

      reader.leave();
      assertEquals(0, tail.get(1, TimeUnit.MINUTES));
    }
  }

  @Test
  void aTopicThatIsNotThereIsSaidWithTheCommandThatMakesIt() throws Exception {
    Files.writeString(
        folder.resolve("penstock.yaml"),
        "kafka: {bootstrap-servers: '%s', topic-prefix: none.}%nschema-registry: {url: '%s'}%n"
            .formatted(kafka.bootstrapServers(), kafka.registryUrl()));

    var said = say("tail --once");

    assertEquals(3, said.code(), said.err());
    assertTrue(said.err().contains("`penstock topics create`"), said.err());
  }
}
