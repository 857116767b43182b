package dev.penstock.sandbox.local;

import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.roles.ApplyStage;
import dev.penstock.roles.MetricsText;
import dev.penstock.roles.ObjectsStage;
import dev.penstock.roles.OpenLog;
import dev.penstock.roles.RealTime;
import dev.penstock.roles.Stage;
import dev.penstock.roles.Stages;
import dev.penstock.roles.StreamStage;
import dev.penstock.roles.WatchStage;
import dev.penstock.streams.query.HttpFace;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Every role of the pipeline between the sandbox's edges, in this process. */
final class SandboxStages implements HttpFace.Health, AutoCloseable {
  private static final String INSTANCE = "sandbox-0";

  /** No other instance asks. */
  private static final String ALONE = "127.0.0.1:1";

  private final Clouds clouds;
  private final StreamStage stream;
  private final Stage all;

  private SandboxStages(Clouds clouds, StreamStage stream, Stage all) {
    this.clouds = clouds;
    this.stream = stream;
    this.all = all;
  }

  static SandboxStages start(
      OpenLog log, Edges edges, SandboxSettings settings, RealTime time, RandomGenerator random)
      throws LogFailed, InterruptedException {
    var clouds = clouds(edges);
    var instance =
        new StreamStage.Instance(INSTANCE, ALONE, 0, settings.folder().resolve("streams"));
    var stream = StreamStage.start(log, instance, time.clock());
    var apply = ApplyStage.start(log, clouds, time, random);
    var objects = ObjectsStage.start(log, time, random);
    var watch = WatchStage.start(log, time, random);
    return new SandboxStages(clouds, stream, new Stages(List.of(watch, objects, apply, stream)));
  }

  private static Clouds clouds(Edges edges) {
    var settings = Clouds.Settings.of(Map.of("AWS_ENDPOINT_URL", edges.awsEndpoint()));
    return new Clouds(
        settings,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASANDBOX", "sandbox")));
  }

  StreamStage stream() {
    return stream;
  }

  boolean failed() {
    return all.failed();
  }

  @Override
  public boolean alive() {
    return !failed();
  }

  @Override
  public boolean ready() {
    return all.ready();
  }

  @Override
  public String metrics() {
    var text = new MetricsText();
    all.measure(text);
    return text.text();
  }

  @Override
  public void close() {
    all.stop();
    clouds.close();
  }
}
