package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.Start;
import dev.penstock.edges.log.TopicReader;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.sandbox.local.SandboxSettings;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.topic.DeadLetter;
import dev.penstock.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes that nobody of ours wrote, in the log of a running sandbox: garbage, a cut record, invalid
 * UTF-8 in a key and in a string, a stranger's scope, and ten megabytes, which the log refuses.
 */
final class MalformedBytesIT {
  private static final Scope HOME = new Scope(SandboxWorld.ACCOUNT, SandboxWorld.REGION);
  private static final Scope NOBODYS = new Scope("999999999999", "us-west-2");

  @TempDir private Path folder;

  @Test
  void foreignBytesAreDeadLettersAndTheNextScaleWorks() throws Exception {
    var settings =
        new SandboxSettings(
            folder,
            SandboxSettings.Ports.free(),
            20,
            "demo",
            ScopeSettings.demo(),
            Optional.empty(),
            "sandbox");
    var random = new Random(1);
    try (var sandbox = Sandbox.start(settings, Clock.systemUTC(), random, Thread::sleep, _ -> {});
        var view = DemoView.open(sandbox.kubeconfig(), sandbox.awsEndpoint())) {
      view.cluster().load(Files.newInputStream(example())).inNamespace("default").create();
      await("the example is served", () -> served(view, 3));
      var written = sandbox.aws().requests().last();
      produce(sandbox);
      await("five dead letters", () -> deadLetters(sandbox).size() == 5);
      assertFalse(sandbox.failed());
      var deployments = view.cluster().apps().deployments().inNamespace("default");
      deployments.withName("nginx-app").scale(4);
      await("one more pod is served", () -> served(view, 4));
      assertEquals(
          List.of("RegisterTargets"),
          sandbox.aws().requests().after(written).stream()
              .filter(call -> call.wrote())
              .map(call -> call.operation().name())
              .toList());
      var letters = deadLetters(sandbox);
      assertEquals(5, letters.size(), letters::toString);
      assertFalse(sandbox.failed());
    }
  }

  private static void produce(Sandbox sandbox) throws Exception {
    var connection = sandbox.connection();
    var registry = SchemaRegistry.open(connection);
    var codec = WireCodec.open(registry, Edges.catalogue(), Topics.EVENTS, Event.class);
    int home;
    try (var registrations = RegistryTopic.open(connection, Edges.catalogue(), registry)) {
      home = registrations.partition(HOME);
    }
    var pod = (HOME + "|sandbox|Pod|default/nobody").getBytes(StandardCharsets.UTF_8);
    var whole = codec.encode(new Event(HOME, HOME + "|tick", new Tick(Instant.EPOCH)));
    var stranger = codec.encode(new Event(NOBODYS, NOBODYS + "|x", new Tick(Instant.EPOCH)));
    var broken = codec.encode(new Event(HOME, HOME + "|tick", new Tick(Instant.EPOCH)));
    // Behind magic and schema id the account begins: its length, then its bytes.
    broken[5 + 1] = (byte) 0xff;
    var settings = ClientSettings.producer(connection);
    settings.put("max.request.size", 20_000_000);
    settings.put("buffer.memory", 40_000_000L);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (var record :
          Map.of(
                  "garbage", new byte[][] {pod, "no record".getBytes(StandardCharsets.UTF_8)},
                  "cut", new byte[][] {pod, Arrays.copyOf(whole, whole.length - 3)},
                  "key", new byte[][] {{(byte) 0xc3, 0x28, (byte) 0xff}, {1, 2, 3}},
                  "string", new byte[][] {pod, broken},
                  "stranger", new byte[][] {pod, stranger})
              .values()) {
        producer.send(new ProducerRecord<>(events(), home, record[0], record[1])).get();
      }
      assertThrows(
          ExecutionException.class,
          () ->
              producer.send(new ProducerRecord<>(events(), home, pod, new byte[10_000_000])).get());
    }
  }

  private static String events() {
    return Edges.catalogue().name(Topics.EVENTS);
  }

  /** What the reconciler could not read, with its reasons. */
  private static List<String> deadLetters(Sandbox sandbox) {
    var connection = sandbox.connection();
    var reasons = new ArrayList<String>();
    try {
      var registry = SchemaRegistry.open(connection);
      var codec =
          WireCodec.open(registry, Edges.catalogue(), Topics.DEAD_LETTERS, DeadLetter.class);
      var all = TopicReader.Selection.all(Topics.DEAD_LETTERS, new Start.Beginning());
      try (var reader = TopicReader.open(connection, Edges.catalogue(), codec, all)) {
        reader.toEnd(entry -> reasons.add(String.valueOf(entry.value())));
      }
    } catch (LogFailed e) {
      throw new IllegalStateException(e);
    }
    return reasons;
  }

  private static boolean served(DemoView view, int pods) {
    var ready = view.readyAddresses();
    return ready.size() == pods && ready.equals(view.targets("healthy"));
  }

  private static Path example() {
    return Path.of(System.getProperty("project.root"), "deploy/examples/nginx-complete.yaml");
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    for (int look = 0; look < 1_200; look++) {
      if (holds.getAsBoolean()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    fail("never came: " + what);
  }
}
