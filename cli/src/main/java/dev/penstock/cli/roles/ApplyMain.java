package dev.penstock.cli.roles;

import dev.penstock.appliers.ApplyRole;
import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.Crew;
import dev.penstock.appliers.Limits;
import dev.penstock.appliers.kubernetes.ApplierSettings;
import dev.penstock.appliers.kubernetes.KubernetesApplyRole;
import dev.penstock.cli.config.InstanceConfig;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.log.KafkaCommandFeed.Membership;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.watchers.aws.Readers;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code penstock apply}: decisions into the world, AWS and the clusters. */
final class ApplyMain {
  static final String AWS_GROUP = "penstock-apply";
  static final String KUBERNETES_GROUP = "penstock-apply-kubernetes";

  private ApplyMain() {}

  /** The part of the world that this process writes to. */
  enum Only {
    AWS,
    KUBERNETES
  }

  static int run(InstanceConfig config, Optional<Only> only)
      throws LogFailed, IOException, InterruptedException {
    var time = new RealTime(Clock.systemUTC(), Thread::sleep);
    var random = new SecureRandom();
    Supplier<String> tenures = () -> HexFormat.of().toHexDigits(random.nextLong());
    try (var log = OpenLog.at(LogAddress.of(config));
        var clouds = new Clouds(aws(config, System.getenv()))) {
      var stages = new ArrayList<Stage>();
      if (only.isEmpty() || only.get() == Only.KUBERNETES) {
        stages.add(objects(log, time, tenures));
      }
      if (only.isEmpty() || only.get() == Only.AWS) {
        stages.add(resources(log, clouds, time, tenures));
      }
      return RoleProcess.run("apply", new Stages(stages), config.text("http.listen"), Map.of());
    }
  }

  /** An endpoint of the file wins over AWS_ENDPOINT_URL; roles are the file's alone. */
  private static Clouds.Settings aws(InstanceConfig config, Map<String, String> environment) {
    var standard = Clouds.Settings.of(environment);
    var endpoint = config.text("aws.endpoint-url");
    return new Clouds.Settings(
        endpoint.isEmpty() ? standard.endpoint() : Optional.of(URI.create(endpoint)),
        config.map("aws.roles"),
        standard.globalRegion(),
        standard.callTimeout());
  }

  private static Stage resources(
      OpenLog log, Clouds clouds, RealTime time, Supplier<String> tenures) throws LogFailed {
    var membership =
        new Membership<>(Topics.COMMANDS, Command.class, AWS_GROUP, log.sessionMillis());
    var feed = log.feed(membership, time.clock());
    return ApplyStage.start(defects ->
        new ApplyRole(
            new ApplyRole.Parts(
                log.log(),
                feed,
                clouds::of,
                new Readers(),
                time,
                tenures,
                Rates.published(),
                Limits.defaults(),
                CrashPoints.none()),
            Crew.virtualThreads(defects)));
  }

  private static Stage objects(OpenLog log, RealTime time, Supplier<String> tenures)
      throws LogFailed {
    var membership =
        new Membership<>(
            Topics.KUBERNETES_COMMANDS,
            KubernetesCommand.class,
            KUBERNETES_GROUP,
            log.sessionMillis());
    var role =
        new KubernetesApplyRole(
            new KubernetesApplyRole.Parts(
                log.feed(membership, time.clock()),
                log.log(),
                name -> log.registrations().current().cluster(name),
                OpenLog::cluster,
                time,
                tenures,
                CrashPoints.none(),
                ApplierSettings.defaults()));
    role.start();
    return new ObjectsStage(role);
  }
}
