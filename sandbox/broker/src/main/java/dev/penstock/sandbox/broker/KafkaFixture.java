package dev.penstock.sandbox.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one Kafka and the one Schema Registry that all tests of a JVM share: the embedded broker, or,
 * where the system property {@code kafka.test.image} names an image that a Docker engine has, a
 * container. Each test takes a fresh {@link #prefix()} for its topics and groups.
 */
public final class KafkaFixture {
  /** The property that names the image of a container to use instead of the embedded broker. */
  public static final String IMAGE_PROPERTY = "kafka.test.image";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaFixture.class);
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private final String bootstrapServers;
  private final String registryUrl;

  private KafkaFixture(String bootstrapServers, String registryUrl) {
    this.bootstrapServers = bootstrapServers;
    this.registryUrl = registryUrl;
  }

  /** Holds the shared instance; its parts stop with the JVM. */
  private static final class Shared {
    private static final KafkaFixture FIXTURE = open();

    private Shared() {}
  }

  public static KafkaFixture shared() {
    return Shared.FIXTURE;
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public String registryUrl() {
    return registryUrl;
  }

  /** Never the same twice in one JVM; ends with a dot. */
  public static String prefix() {
    return "t" + ProcessHandle.current().pid() + "-" + PREFIXES.incrementAndGet() + ".";
  }

  private static KafkaFixture open() {
    try {
      String image = System.getProperty(IMAGE_PROPERTY, "");
      String servers = contained(image) ? ContainerBroker.start(image) : embedded();
      RegistryServer registry = RegistryServer.start(servers);
      return new KafkaFixture(servers, registry.url());
    } catch (StartFailed e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static boolean contained(String image) {
    if (image.isEmpty()) {
      return false;
    }
    boolean available = ContainerBroker.available(image);
    LOG.warn("kafka.test.image={} container={}", image, available ? "used" : "not there");
    return available;
  }

  private static String embedded() throws StartFailed {
    try {
      Path directory = Files.createTempDirectory("penstock-kafka");
      EmbeddedBroker broker = EmbeddedBroker.start(directory);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                broker.close();
                delete(directory);
              }));
      return broker.bootstrapServers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
