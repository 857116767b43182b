package dev.penstock.cli.roles;

import dev.penstock.cli.config.InstanceConfig;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.roles.RealTime;
import dev.penstock.roles.WatchStage;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** {@code penstock watch kubernetes}: what clusters say, into the log. */
final class WatchKubernetesMain {
  private WatchKubernetesMain() {}

  static int run(InstanceConfig config) throws LogFailed, IOException, InterruptedException {
    var time = new RealTime(Clock.systemUTC(), Thread::sleep);
    try (var log = LogAddress.of(config).open()) {
      var stage = WatchStage.start(log, time, new SecureRandom());
      return RoleProcess.run("watch-kubernetes", stage, config.text("http.listen"), Map.of());
    }
  }
}
