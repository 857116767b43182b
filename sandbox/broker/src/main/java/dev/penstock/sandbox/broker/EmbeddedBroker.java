package dev.penstock.sandbox.broker;

import dev.penstock.sandbox.broker.StartFailed.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker and controller in this process, on loopback. Its directory belongs to it
 * alone and keeps every acknowledged record over close, restart and kill -9.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final DirectoryLock lock;
  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(DirectoryLock lock, KafkaRaftServer server, int port) {
    this.lock = lock;
    this.server = server;
    this.port = port;
  }

  /** Starts on two free ports. */
  public static EmbeddedBroker start(Path directory) throws StartFailed {
    return start(directory, Ports.free(), Ports.free(), Map.of());
  }

  /** Starts and returns when clients can connect; {@code extra} overrides broker settings. */
  public static EmbeddedBroker start(
      Path directory, int port, int controllerPort, Map<String, String> extra) throws StartFailed {
    DirectoryLock lock = DirectoryLock.of(directory);
    try {
      Ports.require(port, "Kafka port");
      Ports.require(controllerPort, "Kafka controller port");
      Properties settings = settings(directory, port, controllerPort);
      settings.putAll(extra);
      format(directory);
      var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
      startUp(server);
      return new EmbeddedBroker(lock, server, port);
    } catch (StartFailed | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** What clients take as bootstrap.servers. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    lock.close();
  }

  private static void startUp(KafkaRaftServer server) throws StartFailed {
    try {
      server.startup();
    } catch (RuntimeException e) {
      // Without this its threads would keep the process alive for ever.
      server.shutdown();
      throw new StartFailed(Fault.BROKEN, "the broker did not start: " + e.getMessage(), e);
    }
  }

  private static Properties settings(Path directory, int port, int controllerPort) {
    var p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controller.listener.names", "CONTROLLER");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    // The metadata log needs its own directory: else a second process on the same data is noticed
    // too late and wedges this one.
    p.put("log.dirs", data(directory).toString());
    p.put("metadata.log.dir", metadata(directory).toString());
    p.put("auto.create.topics.enable", "false");
    single(p);
    quick(p);
    small(p);
    return p;
  }

  private static void single(Properties p) {
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      p.put(topic + ".replication.factor", "1");
      p.put(topic + ".num.partitions", "1");
    }
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("default.replication.factor", "1");
    p.put("min.insync.replicas", "1");
  }

  /** Fail-over and restart in seconds. */
  private static void quick(Properties p) {
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("group.streams.initial.rebalance.delay.ms", "0");
    p.put("group.min.session.timeout.ms", "1000");
    p.put("group.consumer.min.session.timeout.ms", "1000");
    p.put("group.consumer.session.timeout.ms", "3000");
    p.put("group.consumer.min.heartbeat.interval.ms", "200");
    p.put("group.consumer.heartbeat.interval.ms", "500");
    p.put("broker.session.timeout.ms", "1000");
    p.put("broker.heartbeat.interval.ms", "200");
    p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
  }

  private static void small(Properties p) {
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    p.put("num.network.threads", "1");
    p.put("num.io.threads", "2");
    p.put("background.threads", "2");
  }

  private static void format(Path directory) throws StartFailed {
    Path metadata = metadata(directory);
    try {
      Files.createDirectories(data(directory));
      Files.createDirectories(metadata);
      if (!Files.exists(metadata.resolve("meta.properties"))) {
        run(formatter(directory));
      }
    } catch (IOException e) {
      throw new StartFailed(
          Fault.DIRECTORY_UNUSABLE, "cannot write in " + directory + ": " + e.getMessage(), e);
    }
  }

  private static void run(Formatter formatter) throws StartFailed {
    // The formatter declares no narrower exception than Exception; a task gives it one name.
    var task =
        new FutureTask<Void>(() -> {
          formatter.run();
          return null;
        });
    task.run();
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new StartFailed(Fault.DIRECTORY_UNUSABLE, "cannot format: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed(Fault.BROKEN, "interrupted while starting", e);
    }
  }

  private static Formatter formatter(Path directory) {
    return new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(data(directory).toString(), metadata(directory).toString()))
        .setMetadataLogDirectory(metadata(directory).toString())
        .setControllerListenerName("CONTROLLER");
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  private static Path metadata(Path directory) {
    return directory.resolve("metadata");
  }
}
