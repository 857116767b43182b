package dev.penstock.cli.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.PenstockMain;
import dev.penstock.cli.roles.RecordingAuthorizer.Asked;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.BrokerHistory;
import dev.penstock.roles.ApplyStage;
import dev.penstock.roles.ObjectsStage;
import dev.penstock.roles.OpenLog;
import dev.penstock.roles.RealTime;
import dev.penstock.roles.Stage;
import dev.penstock.roles.Stages;
import dev.penstock.roles.StreamStage;
import dev.penstock.roles.WatchStage;
import dev.penstock.sandbox.broker.EmbeddedBroker;
import dev.penstock.sandbox.broker.Ports;
import dev.penstock.sandbox.broker.RegistryServer;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.Kubeconfig;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.http.ApiServer;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * deploy/kafka-acls.sh is written from what the roles and the commands of people ask of a broker
 * that counts it.
 */
final class KafkaAclsIT {
  private static final Path SCRIPT =
      Path.of(System.getProperty("project.root", "..")).resolve("deploy/kafka-acls.sh");
  private static final Duration BOUND = Duration.ofMinutes(3);
  private static final Scope HOME = new Scope("111122223333", "us-west-2");
  private static final Catalogue CATALOGUE = Catalogue.small("");
  private static final Clock CLOCK = Clock.systemUTC();
  private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");

  @TempDir private Path folder;

  /** Starts a role on its log. */
  private interface Starting {
    Stage on(OpenLog log) throws LogFailed, InterruptedException;
  }

  @Test
  void theAclsInDeployAreWhatTheRolesAndPeopleAskFor() throws Exception {
    var recording = Map.of("authorizer.class.name", RecordingAuthorizer.class.getName());
    try (var broker =
            EmbeddedBroker.start(folder.resolve("kafka"), Ports.free(), Ports.free(), recording);
        var registry = RegistryServer.start(broker.bootstrapServers());
        var cluster =
            LiveCluster.open(folder.resolve("kubernetes"), ClusterSpec.sandbox(), CLOCK, RANDOM);
        var api = ApiServer.start(cluster, 0)) {
      var connection = Connection.of(broker.bootstrapServers(), registry.url());
      people("admin", connection, "topics create");
      people("admin", connection, "topics verify");
      var kubeconfig = folder.resolve("kubeconfig");
      Kubeconfig.write(kubeconfig, "blue", api.uri());
      work(connection, kubeconfig);
      for (var command : List.of("audit", "tail --once", "replay", "audit verify", "state")) {
        people("people", connection, command);
      }
      people("people", connection, "topics export " + folder.resolve("log.avro"));
    }
    var script = KafkaAcls.script(asked());
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(SCRIPT, script);
    }
    assertEquals(Files.readString(SCRIPT), script, "run with -Dgolden=write and review the diff");
  }

  /** Which topics hold something after the minute of this test is chance; all of them count. */
  private static SortedSet<Asked> asked() {
    var asked = new TreeSet<>(RecordingAuthorizer.asked());
    for (var topic : Topics.all()) {
      asked.add(asked("penstock-people", topic, AclOperation.READ));
      asked.add(asked(StreamStage.APPLICATION, topic, AclOperation.WRITE));
    }
    return asked;
  }

  private static Asked asked(String client, Topic topic, AclOperation operation) {
    return new Asked(client, ResourceType.TOPIC, topic.name(), operation);
  }

  /** Every role as a client of its own, until each has done what it is for. */
  private void work(Connection connection, Path kubeconfig) throws Exception {
    var time = new RealTime(CLOCK, Thread::sleep);
    var nowhere = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_REGION", "us-west-2");
    try (var stream = OpenLog.at(as("penstock-stream", connection), CATALOGUE);
        var watch = OpenLog.at(as("penstock-watch", connection), CATALOGUE);
        var apply = OpenLog.at(as("penstock-apply", connection), CATALOGUE);
        var clouds = new Clouds(Clouds.Settings.of(nowhere))) {
      register(stream, kubeconfig);
      var instance = new StreamStage.Instance("a", "127.0.0.1:1", 0, folder.resolve("streams"));
      var stages =
          new Stages(
              List.of(
                  StreamStage.start(stream, instance, CLOCK),
                  WatchStage.start(watch, time, RANDOM),
                  ObjectsStage.start(apply, time, RANDOM),
                  ApplyStage.start(apply, clouds, time, RANDOM)));
      try {
        await(connection, stages);
      } finally {
        stages.stop();
      }
    }
  }

  private static void await(Connection connection, Stage stages)
      throws LogFailed, InterruptedException {
    var end = Instant.now().plus(BOUND);
    while (!stages.ready()
        || !hasWritten("penstock-watch", Topics.EVENTS)
        || !hasWritten("penstock-apply", Topics.EVENTS)
        || !hasWritten(StreamStage.APPLICATION, Topics.AUDIT)
        || !hasWritten(StreamStage.APPLICATION, Topics.COMMANDS)
        || !isRead(connection)) {
      assertTrue(Instant.now().isBefore(end), "the roles never worked: " + asked());
      assertTrue(!stages.failed(), "a role failed: " + asked());
      Thread.sleep(100);
    }
  }

  private static boolean isRead(Connection connection) throws LogFailed {
    var group = StreamStage.APPLICATION;
    try (var history = BrokerHistory.open(connection, CATALOGUE, group, Duration.ZERO)) {
      return history.unread().isEmpty();
    }
  }

  private static boolean hasWritten(String client, Topic topic) {
    return RecordingAuthorizer.asked().stream()
        .filter(asked -> asked.client().startsWith(client))
        .filter(asked -> asked.operation() == AclOperation.WRITE)
        .anyMatch(asked -> asked.name().equals(topic.name()));
  }

  private static void register(OpenLog log, Path kubeconfig) throws LogFailed {
    var registration =
        ClusterRegistration.of("blue", HOME, "vpc-1").withKubeconfig(kubeconfig.toString());
    log.registrations().register(HOME);
    log.log().append(event(new PersonFact.ClusterRegistered("ann", registration)));
    log.log().append(event(new PersonFact.ClusterModeChanged("ann", "blue", ClusterMode.MANAGE)));
    log.registrations().put(new ClusterEntry(registration, ClusterMode.MANAGE));
  }

  private static Event event(PersonFact fact) {
    return new Event(HOME, HOME + "|person", fact);
  }

  private static Connection as(String client, Connection connection) {
    return new Connection(
        connection.bootstrapServers(),
        connection.registryUrls(),
        Map.of("client.id", client),
        Map.of());
  }

  private void people(String client, Connection connection, String command) throws Exception {
    var config =
        Files.writeString(
            folder.resolve(client + ".yaml"),
            """
            kafka:
              bootstrap-servers: %s
              partitions: %d
              client: {client.id: %s}
            schema-registry: {url: '%s'}
            """
                .formatted(
                    connection.bootstrapServers(),
                    CATALOGUE.partitions(),
                    "penstock-" + client,
                    connection.registryUrls().getFirst()));
    var line = (command + " --config " + config).split(" ");
    assertEquals(0, PenstockMain.execute(line), command);
  }
}
