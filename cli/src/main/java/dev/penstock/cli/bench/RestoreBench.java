package dev.penstock.cli.bench;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.StreamRole;
import dev.penstock.streams.TakeBack;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.topology.Codecs;
import dev.penstock.streams.topology.Reconciler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How long a reconciler takes to restore the tables of many stacks from their changelogs, what they
 * take in memory, and how long it takes only to read the same bytes.
 */
record RestoreBench(Rig rig, Path folder, int stacks) {
  private static final String APPLICATION = "restore.penstock-stream";
  private static final Catalogue CATALOGUE = Catalogue.small("restore.");
  private static final Duration BOUND = Duration.ofMinutes(10);

  /** What the changelogs hold. */
  private record Written(long rows, long bytes) {}

  void run(Recording recording, String template, Findings findings)
      throws IOException, InterruptedException, LogFailed {
    var connection = rig.world().connection();
    var schemas = SchemaRegistry.open(connection);
    new TopicSetup(connection, CATALOGUE).create();
    schemas.registerAll(CATALOGUE);
    var codecs = Codecs.open(schemas, CATALOGUE, APPLICATION);
    var changelogs = new Changelogs(recording.replay(), codecs, template);
    var names = Table.all().stream().map(RestoreBench::topic).toList();
    LogTopics.create(
        connection, names, CATALOGUE.partitions(), Map.of("cleanup.policy", "compact"));
    try (var registrations = RegistryTopic.open(connection, CATALOGUE, schemas)) {
      registrations.register(BenchWorld.HOME);
      registrations.register(BenchWorld.DNS);
      rig.say("restore: writing the changelogs of %d stacks".formatted(stacks));
      var written = write(connection, registrations, changelogs);
      rig.say(
          "restore: %d rows, %d MB; reading them raw"
              .formatted(written.rows(), megabytes(written)));
      var raw = raw(connection, names, written);
      rig.say("restore: the reconciler");
      restore(schemas, registrations, written, raw, findings);
    }
  }

  private static long megabytes(Written written) {
    return written.bytes() >> 20;
  }

  private static String topic(Table<?> table) {
    return APPLICATION + "-" + table.name() + "-changelog";
  }

  private Written write(Connection connection, RegistryTopic registrations, Changelogs changelogs)
      throws LogFailed {
    long rows = 0;
    long bytes = 0;
    var settings = ClientSettings.producer(connection);
    settings.put("linger.ms", 5);
    settings.put("batch.size", 1 << 18);
    settings.put("delivery.timeout.ms", 120_000);
    settings.put("max.block.ms", 120_000);
    settings.put("request.timeout.ms", 60_000);
    var home = registrations.partition(BenchWorld.HOME);
    var dns = registrations.partition(BenchWorld.DNS);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = -1; i < stacks; i++) {
        var lines = i < 0 ? changelogs.shared() : changelogs.of(BenchFleet.stack(i));
        for (var line : lines) {
          var partition = line.key().startsWith(prefix(BenchWorld.DNS)) ? dns : home;
          var topic = APPLICATION + "-" + line.table() + "-changelog";
          producer.send(new ProducerRecord<>(topic, partition, line.key(), line.value()));
          rows++;
          bytes += line.value().length + line.key().length();
        }
      }
      producer.flush();
    }
    return new Written(rows, bytes);
  }

  private static String prefix(Scope scope) {
    return scope + "|";
  }

  private Duration raw(Connection connection, List<String> names, Written written)
      throws IOException {
    var partitions = new ArrayList<TopicPartition>();
    for (var name : names) {
      for (int p = 0; p < CATALOGUE.partitions(); p++) {
        partitions.add(new TopicPartition(name, p));
      }
    }
    var begin = rig.timing().now();
    long read = 0;
    try (var consumer =
        new KafkaConsumer<>(
            ClientSettings.reader(connection),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (read < written.rows()) {
        read += consumer.poll(Duration.ofMillis(200)).count();
        if (rig.timing().since(begin).compareTo(BOUND) > 0) {
          throw new BenchFailed("only " + read + " of " + written.rows() + " rows could be read");
        }
      }
    }
    return rig.timing().since(begin);
  }

  private void restore(
      SchemaRegistry schemas,
      RegistryTopic registrations,
      Written written,
      Duration raw,
      Findings findings)
      throws IOException, InterruptedException, LogFailed {
    var role =
        new StreamRole(
            rig.world().connection(),
            CATALOGUE,
            APPLICATION,
            "restore",
            "127.0.0.1:1",
            0,
            6_000,
            folder.resolve("restore"),
            TakeBack.nothing());
    var before = heapBytes();
    try (var reconciler = role.open(schemas, registrations)) {
      var begin = rig.timing().now();
      reconciler.start();
      awaitReady(reconciler);
      var took = rig.timing().since(begin);
      var heap = heapBytes() - before;
      figures(findings, written, raw, took, heap);
    }
  }

  private void awaitReady(Reconciler reconciler) throws IOException, InterruptedException {
    var ready =
        rig.timing()
            .await(BOUND, Duration.ofMillis(20), () -> reconciler.ready() || reconciler.failed());
    if (!ready || reconciler.failed()) {
      throw new BenchFailed("the reconciler did not restore in " + BOUND.toMinutes() + " min");
    }
  }

  private void figures(Findings findings, Written written, Duration raw, Duration took, long heap) {
    var group = "restore of %,d stacks of 5 target groups and 15 pods".formatted(stacks);
    var seconds = took.toMillis() / 1e3;
    findings.add(
        Figure.of(group, "raw read of the same changelogs", raw.toMillis() / 1e3, "s")
            .with(
                "%,d rows, %,d MB, %,d bytes a row"
                    .formatted(
                        written.rows(), megabytes(written), written.bytes() / written.rows())));
    findings.add(
        Figure.of(group, "start of the reconciler until it is ready", seconds, "s")
            .with(
                "%,.0f rows/s, %.1f times the raw read"
                    .formatted(written.rows() / seconds, 1.0 * took.toMillis() / raw.toMillis())));
    findings.add(
        Figure.of(group, "heap of the tables for 1,000 stacks", heap / 1e6 * 1_000 / stacks, "MB")
            .beside("LBC 206 MB RSS in all at 200 stacks")
            .with("after garbage collection, %,d MB for all".formatted(heap >> 20)));
  }

  /** What is live on the heap; collected twice, since the first run may only clear references. */
  private static long heapBytes() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
