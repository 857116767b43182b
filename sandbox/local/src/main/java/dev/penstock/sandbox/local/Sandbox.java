package dev.penstock.sandbox.local;

import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.roles.OpenLog;
import dev.penstock.roles.RealTime;
import dev.penstock.sandbox.aws.AwsServer.Pause;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.streams.query.HttpFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The whole pipeline in one process: real stages between embedded edges. Ready when {@link #start}
 * returns.
 */
public final class Sandbox implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SandboxSettings settings;
  private final Edges edges;
  private final OpenLog log;
  private final SandboxStages stages;
  private final HttpFace face;
  private final Path environmentFile;

  private Sandbox(
      SandboxSettings settings,
      Edges edges,
      OpenLog log,
      SandboxStages stages,
      HttpFace face,
      Path environmentFile) {
    this.settings = settings;
    this.edges = edges;
    this.log = log;
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
      var log = OpenLog.at(edges.connection(), Edges.catalogue());
      new Registration(log, settings, edges.kubeconfig()).make();
      var time = new RealTime(clock, pause::sleep);
      var stages = SandboxStages.start(log, edges, settings, time, random);
      var token = HexFormat.of().toHexDigits(random.nextLong());
      var face = face(settings, stages, token);
      var url = "http://127.0.0.1:" + face.port();
      awaitReady(stages, clock, pause);
      var environment = EnvironmentFile.write(settings, edges, url, token);
      return new Sandbox(settings, edges, log, stages, face, environment);
    } catch (LogFailed | IOException | InterruptedException | RuntimeException e) {
      edges.close();
      throw e;
    }
  }

  private static HttpFace face(SandboxSettings settings, SandboxStages stages, String token)
      throws IOException {
    var api = stages.stream().api(Map.of(System.getProperty("user.name"), token));
    return HttpFace.start("127.0.0.1:" + settings.ports().api(), stages, Map.of("/v1/", api));
  }

  private static void awaitReady(SandboxStages stages, Clock clock, Pause pause)
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

  /** A stage or the cluster stopped; the process must end. */
  public boolean failed() {
    return stages.failed() || edges.cluster().filter(LiveCluster::failed).isPresent();
  }

  /** The folder that keeps everything. */
  public Path folder() {
    return settings.folder();
  }

  @Override
  public void close() {
    try (edges;
        log;
        stages;
        face) {
      Files.deleteIfExists(environmentFile);
    } catch (IOException e) {
      throw new IllegalStateException("cannot remove " + environmentFile, e);
    }
  }
}
