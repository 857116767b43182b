package dev.penstock.sandbox.local;

import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.sandbox.aws.AwsServer.Pause;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.streams.query.HttpFace;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.query.QueryApi;
import dev.penstock.streams.query.TopicRegistrar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The whole pipeline in one process: real stages between embedded edges. Ready when {@link #start}
 * returns.
 */
public final class Sandbox implements AutoCloseable {
  private static final Scope HOME = new Scope(SandboxWorld.ACCOUNT, SandboxWorld.REGION);
  private static final Scope DNS = Scope.global(SandboxWorld.ACCOUNT);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SUBJECT = "sandbox";

  private final SandboxSettings settings;
  private final Edges edges;
  private final Stages stages;
  private final HttpFace face;
  private final Path environmentFile;

  private Sandbox(
      SandboxSettings settings, Edges edges, Stages stages, HttpFace face, Path environmentFile) {
    this.settings = settings;
    this.edges = edges;
    this.stages = stages;
    this.face = face;
    this.environmentFile = environmentFile;
  }

  /**
   * Starts every part and waits until all answer.
   *
   * @throws StartFailed saying which part cannot start and what to do
   */
  public static Sandbox start(
      SandboxSettings settings,
      Clock clock,
      RandomGenerator random,
      Pause pause,
      Edges.Progress progress)
      throws StartFailed, LogFailed, IOException, InterruptedException {
    var edges = Edges.start(settings, clock, random, pause, progress);
    try {
      progress.starting("the stages: watch, stream, apply");
      var stages = new Stages(edges, settings.folder(), new RealTime(clock, pause), random);
      register(settings, edges, stages.registrations(), stages.log());
      stages.start();
      var token = HexFormat.of().toHexDigits(random.nextLong());
      var face = face(settings, stages, token);
      var url = "http://127.0.0.1:" + face.port();
      awaitReady(stages, clock, pause);
      var environment = EnvironmentFile.write(settings, edges, url, token);
      return new Sandbox(settings, edges, stages, face, environment);
    } catch (LogFailed | IOException | InterruptedException | RuntimeException e) {
      edges.close();
      throw e;
    }
  }

  private static void register(
      SandboxSettings settings, Edges edges, RegistryTopic registrations, Log log)
      throws LogFailed {
    if (registrations.current().cluster(settings.cluster()).isPresent()) {
      return;
    }
    registrations.register(HOME);
    registrations.register(DNS);
    var registration = registration(settings, edges);
    for (var scope : List.of(HOME, DNS)) {
      append(
          log,
          scope,
          "settings",
          new PersonFact.ScopeSettingsChanged(SUBJECT, settings.behaviour()));
      var key = "cluster|" + settings.cluster();
      append(log, scope, key, new PersonFact.ClusterRegistered(SUBJECT, registration));
      append(
          log,
          scope,
          key,
          new PersonFact.ClusterModeChanged(SUBJECT, settings.cluster(), ClusterMode.MANAGE));
    }
    registrations.put(new ClusterEntry(registration, ClusterMode.MANAGE));
  }

  private static void append(Log log, Scope scope, String key, PersonFact fact) throws LogFailed {
    log.append(new Event(scope, scope + "|" + key, fact));
  }

  private static ClusterRegistration registration(SandboxSettings settings, Edges edges) {
    return ClusterRegistration.of(settings.cluster(), HOME, SandboxWorld.VPC)
        .withDnsScopes(List.of(DNS))
        .withKubeconfig(edges.kubeconfig().toAbsolutePath().toString());
  }

  private static HttpFace face(SandboxSettings settings, Stages stages, String token)
      throws IOException {
    var writes = new PeopleWrites(stages.log(), new TopicRegistrar(stages.registrations()));
    var api =
        new QueryApi(
            stages.reconciler()::tables,
            writes,
            stages.reconciler().owners(),
            Map.of(System.getProperty("user.name"), token));
    return HttpFace.start(
        "127.0.0.1:" + settings.ports().api(), new StagesHealth(stages), Map.of("/v1/", api));
  }

  private static void awaitReady(Stages stages, Clock clock, Pause pause)
      throws InterruptedException, IOException {
    var deadline = clock.instant().plus(PATIENCE);
    while (!stages.ready()) {
      if (stages.failed()) {
        throw new IOException(
            "a stage stopped while starting; its last words are in the log above");
      }
      if (clock.instant().isAfter(deadline)) {
        throw new IOException(
            "the stages did not become ready within " + PATIENCE.toSeconds() + " s");
      }
      pause.sleep(LOOK);
    }
  }

  public Connection connection() {
    return edges.connection();
  }

  public String bootstrapServers() {
    return edges.connection().bootstrapServers();
  }

  public String registryUrl() {
    return edges.connection().registryUrls().getFirst();
  }

  public String awsEndpoint() {
    return edges.awsEndpoint();
  }

  public Path kubeconfig() {
    return edges.kubeconfig();
  }

  public String apiUrl() {
    return "http://127.0.0.1:" + face.port();
  }

  /** The shell script that sets how everything is reached. */
  public Path environmentFile() {
    return environmentFile;
  }

  public AwsSimulator aws() {
    return edges.aws();
  }

  /** A stage stopped; the process must end. */
  public boolean failed() {
    return stages.failed();
  }

  /** The folder that keeps everything. */
  public Path folder() {
    return settings.folder();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(environmentFile);
    } catch (IOException e) {
      throw new IllegalStateException("cannot remove " + environmentFile, e);
    } finally {
      face.close();
      stages.close();
      edges.close();
    }
  }
}
