package dev.penstock.cli.bench;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.Step;
import dev.penstock.streams.StreamRole;
import dev.penstock.streams.TakeBack;
import dev.penstock.streams.topology.Reconciler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Events a second: through the decision alone, through the real topology, and through a loop that
 * only consumes and produces the same records.
 */
record EventsBench(Rig rig, Path folder) {
  private static final String GROUP = "events a second";
  private static final String COPY = "bench.copy";
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 3;
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final Catalogue REPLAY = Catalogue.small("replay.");

  void run(Recording recording, Findings findings)
      throws IOException, InterruptedException, LogFailed {
    var size = recording.events().size();
    rig.say("events: %d recorded, %d bytes".formatted(size, recording.bytes()));
    var raw = raw(recording);
    findings.add(
        Figure.of(GROUP, "raw consume and produce loop", raw, "events/s")
            .with("%d events, %d bytes each".formatted(size, recording.bytes() / size)));
    rig.say("events: the decision alone");
    var step = step(recording);
    findings.add(
        Figure.of(GROUP, "Step over tables in memory", step, "events/s")
            .with("median of %d runs on one core, %s of raw".formatted(ROUNDS, share(step, raw))));
    rig.say("events: the real topology");
    var topology = topology(recording);
    findings.add(
        Figure.of(GROUP, "the real topology, exactly once", topology, "events/s")
            .with(share(topology, raw) + " of raw; all scopes on one thread"));
  }

  private static String share(double part, double whole) {
    return "%.0f %%".formatted(100 * part / whole);
  }

  private double step(Recording recording) {
    var rates = new ArrayList<Double>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      var begin = rig.timing().now();
      var tables = recording.replay();
      var rate = rate(recording.events().size(), begin);
      if (round >= WARM_UP && Step.chain(tables, BenchWorld.HOME).seq() > 0) {
        rates.add(rate);
      }
    }
    return rates.stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
  }

  private double rate(long events, Instant begin) {
    return events / Math.max(1e-6, rig.timing().since(begin).toNanos() / 1e9);
  }

  private double raw(Recording recording) throws IOException, InterruptedException {
    var connection = rig.world().connection();
    LogTopics.create(connection, List.of(COPY), BenchWorld.CATALOGUE.partitions());
    copy(connection, recording.events().size());
    var begin = rig.timing().now();
    var copied = copy(connection, recording.events().size());
    return rate(copied, begin);
  }

  private long copy(Connection connection, long atLeast) throws IOException {
    var topic = BenchWorld.CATALOGUE.name(Topics.EVENTS);
    var partitions = new ArrayList<TopicPartition>();
    for (int p = 0; p < BenchWorld.CATALOGUE.partitions(); p++) {
      partitions.add(new TopicPartition(topic, p));
    }
    long copied = 0;
    var deadline = rig.timing().now().plus(BOUND);
    try (var consumer =
            new KafkaConsumer<>(
                ClientSettings.reader(connection),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(
                ClientSettings.producer(connection),
                new StringSerializer(),
                new ByteArraySerializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (copied < atLeast) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          producer.send(
              new ProducerRecord<>(COPY, record.partition(), record.key(), record.value()));
          copied++;
        }
        if (rig.timing().now().isAfter(deadline)) {
          throw new BenchFailed("the raw loop copied only " + copied + " records");
        }
      }
      producer.flush();
    }
    return copied;
  }

  private double topology(Recording recording) throws IOException, InterruptedException, LogFailed {
    var connection = rig.world().connection();
    new TopicSetup(connection, REPLAY).create();
    var schemas = SchemaRegistry.open(connection);
    schemas.registerAll(REPLAY);
    try (var registrations = RegistryTopic.open(connection, REPLAY, schemas)) {
      registrations.register(BenchWorld.HOME);
      registrations.register(BenchWorld.DNS);
      fill(connection, registrations, recording);
      var role =
          new StreamRole(
              connection,
              REPLAY,
              "replay.penstock-stream",
              "replay",
              "127.0.0.1:1",
              0,
              6_000,
              folder.resolve("replay"),
              TakeBack.nothing());
      try (var reconciler = role.open(schemas, registrations)) {
        return throughput(reconciler, recording.facts());
      }
    }
  }

  private static void fill(Connection connection, RegistryTopic registrations, Recording recording)
      throws LogFailed {
    try (var producer =
        new KafkaProducer<>(
            ClientSettings.producer(connection),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (var kept : recording.events()) {
        producer.send(
            new ProducerRecord<>(
                REPLAY.name(Topics.EVENTS),
                registrations.partition(kept.event().scope()),
                kept.key(),
                kept.bytes()));
      }
      producer.flush();
    }
  }

  /** From the first record taken to the last one. */
  private double throughput(Reconciler reconciler, long facts)
      throws IOException, InterruptedException, LogFailed {
    reconciler.start();
    var look = Duration.ofMillis(10);
    if (!rig.timing().await(BOUND, look, () -> taken(reconciler) > 0 || reconciler.failed())) {
      throw new BenchFailed("the topology took no record");
    }
    var begin = rig.timing().now();
    var before = taken(reconciler);
    if (!rig.timing().await(BOUND, look, () -> taken(reconciler) >= facts || reconciler.failed())
        || reconciler.failed()) {
      throw new BenchFailed("the topology took only " + taken(reconciler) + " of " + facts);
    }
    return rate(facts - before, begin);
  }

  private static long taken(Reconciler reconciler) {
    return reconciler.meters().totals().entrySet().stream()
        .filter(e -> e.getKey().startsWith("records.") && !e.getKey().equals("records.Tick"))
        .mapToLong(e -> e.getValue())
        .sum();
  }
}
