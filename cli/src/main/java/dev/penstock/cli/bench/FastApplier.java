package dev.penstock.cli.bench;

import dev.penstock.appliers.ApplyRole;
import dev.penstock.appliers.ClientSecrets;
import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.Crew;
import dev.penstock.appliers.Limits;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.aws.Rates.Limit;
import dev.penstock.edges.log.KafkaCommandFeed;
import dev.penstock.edges.log.KafkaCommandFeed.Membership;
import dev.penstock.edges.log.KafkaLog;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Precondition;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.watchers.aws.Readers;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The role apply in this process, with a thousand times AWS's published rates: builds a fleet in
 * seconds that would take AWS's own limits a quarter of an hour. Never runs while a figure is
 * taken.
 */
final class FastApplier implements AutoCloseable {
  private static final int FASTER = 1_000;

  private final RegistryTopic registrations;
  private final KafkaLog log;
  private final Clouds clouds;
  private final ApplyRole role;
  private final Thread thread;
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();

  private FastApplier(BenchWorld world, Timing timing, RandomGenerator random) throws LogFailed {
    var connection = world.connection();
    var schemas = SchemaRegistry.open(connection);
    this.registrations = RegistryTopic.open(connection, BenchWorld.CATALOGUE, schemas);
    this.log = KafkaLog.open(connection, BenchWorld.CATALOGUE, schemas, registrations);
    this.clouds =
        new Clouds(
            Clouds.Settings.of(Map.of("AWS_ENDPOINT_URL", world.awsEndpoint())),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASANDBOX", "sandbox")));
    var session = Precondition.sessionMillis(Precondition.check(connection));
    var membership = new Membership<>(Topics.COMMANDS, Command.class, "penstock-apply", session);
    this.role =
        new ApplyRole(
            new ApplyRole.Parts(
                log,
                KafkaCommandFeed.open(
                    connection,
                    BenchWorld.CATALOGUE,
                    schemas,
                    registrations,
                    membership,
                    timing.clock()),
                clouds::of,
                ClientSecrets.none(),
                new Readers(),
                timing,
                () -> HexFormat.of().toHexDigits(random.nextLong()),
                faster(Rates.published()),
                Limits.defaults(),
                CrashPoints.none()),
            Crew.virtualThreads(problem -> defect.compareAndSet(null, problem)));
    this.thread = Thread.ofPlatform().name("fast-apply").unstarted(this::run);
  }

  static FastApplier start(BenchWorld world, Timing timing, RandomGenerator random)
      throws LogFailed {
    var applier = new FastApplier(world, timing, random);
    applier.thread.start();
    return applier;
  }

  static Rates faster(Rates rates) {
    return new Rates(faster(rates.limits()), faster(rates.shares()));
  }

  private static <K> Map<K, Limit> faster(Map<K, Limit> limits) {
    return limits.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> new Limit(e.getValue().burst() * FASTER, e.getValue().perSecond() * FASTER)));
  }

  private void run() {
    try {
      role.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (LogFailed | RuntimeException | Error e) {
      defect.compareAndSet(null, e);
    }
  }

  boolean failed() {
    return defect.get() != null;
  }

  @Override
  public void close() {
    role.stop();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    log.close();
    registrations.close();
    clouds.close();
  }
}
