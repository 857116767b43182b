package dev.penstock.cli.roles;

import dev.penstock.cli.config.InstanceConfig;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.roles.ApplyStage;
import dev.penstock.roles.ObjectsStage;
import dev.penstock.roles.RealTime;
import dev.penstock.roles.Stage;
import dev.penstock.roles.Stages;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** {@code penstock apply}: decisions into the world, AWS and the clusters. */
final class ApplyMain {
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
    try (var log = LogAddress.of(config).open();
        var clouds = new Clouds(aws(config, System.getenv()))) {
      var stages = new ArrayList<Stage>();
      if (only.isEmpty() || only.get() == Only.KUBERNETES) {
        stages.add(ObjectsStage.start(log, time, random));
      }
      if (only.isEmpty() || only.get() == Only.AWS) {
        stages.add(ApplyStage.start(log, clouds, time, random));
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
}
