package dev.penstock.roles;

import dev.penstock.appliers.ApplyRole;
import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.Crew;
import dev.penstock.appliers.Limits;
import dev.penstock.appliers.kubernetes.ClusterSecrets;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.log.KafkaCommandFeed.Membership;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.watchers.aws.Readers;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The AWS applier of this process, in a thread of its own. */
public final class ApplyStage implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(ApplyStage.class);
  private static final String GROUP = "penstock-apply";

  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
  private final InstantSource clock;
  private final ApplyRole role;
  private final Thread thread;

  /** The role is made with the place where defects of its tasks are told. */
  private ApplyStage(InstantSource clock, Function<Consumer<Throwable>, ApplyRole> roles) {
    this.clock = clock;
    this.role = roles.apply(this::failed);
    this.thread = Thread.ofPlatform().name("apply").unstarted(this::apply);
  }

  /** Executes the commands of its share of the scopes. */
  public static ApplyStage start(OpenLog log, Clouds clouds, RealTime time, RandomGenerator random)
      throws LogFailed {
    var membership = new Membership<>(Topics.COMMANDS, Command.class, GROUP, log.sessionMillis());
    var feed = log.feed(membership, time.clock());
    var stage =
        new ApplyStage(
            time.clock(),
            defects ->
                new ApplyRole(
                    new ApplyRole.Parts(
                        log.log(),
                        feed,
                        clouds::of,
                        new ClusterSecrets(name ->
                            log.registrations().current().cluster(name).map(OpenLog::cluster)),
                        new Readers(),
                        time,
                        Tenures.of(random),
                        Rates.published(),
                        Limits.defaults(),
                        CrashPoints.none()),
                    Crew.virtualThreads(defects)));
    stage.thread.start();
    return stage;
  }

  private void apply() {
    try {
      role.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (LogFailed | RuntimeException | Error e) {
      failed(e);
    }
  }

  private void failed(Throwable problem) {
    LOG.error("role=apply ended", problem);
    defect.compareAndSet(null, problem);
  }

  @Override
  public boolean ready() {
    return !failed() && role.ready();
  }

  @Override
  public boolean failed() {
    return defect.get() != null;
  }

  @Override
  public void measure(MetricsText into) {
    var now = clock.instant();
    role.open()
        .forEach((scope, commands) -> {
          var left =
              role.turnstile(scope)
                  .map(turnstile -> turnstile.budget().tokens(now))
                  .orElseGet(TreeMap::new);
          write(into, scope, commands, left);
        });
  }

  static void write(MetricsText into, Scope scope, int open, SortedMap<String, Double> tokens) {
    var label = "scope=" + scope;
    into.gauge(
        "penstock_commands_open", "Commands of a scope that wait for their answer.", open, label);
    tokens.forEach((bucket, left) ->
        into.gauge(
            "penstock_budget_tokens",
            "Calls that a bucket of AWS's rate limits still allows at once.",
            left,
            label,
            "bucket=" + bucket));
  }

  @Override
  public void stop() {
    role.stop();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
