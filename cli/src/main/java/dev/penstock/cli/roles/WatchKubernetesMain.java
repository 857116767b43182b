package dev.penstock.cli.roles;

import dev.penstock.cli.config.InstanceConfig;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.KafkaShares;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.watchers.kubernetes.ClusterAssignment;
import dev.penstock.watchers.kubernetes.KubernetesWatchRole;
import dev.penstock.watchers.kubernetes.WatcherSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** {@code penstock watch kubernetes}: what clusters say, into the log. */
final class WatchKubernetesMain {
  static final String GROUP = "penstock-watch";

  private WatchKubernetesMain() {}

  static int run(InstanceConfig config) throws LogFailed, IOException, InterruptedException {
    var time = new RealTime(Clock.systemUTC(), Thread::sleep);
    var random = new SecureRandom();
    try (var log = OpenLog.at(LogAddress.of(config))) {
      var shares = KafkaShares.open(log.connection(), log.catalogue(), GROUP, log.sessionMillis());
      var role =
          new KubernetesWatchRole(
              new KubernetesWatchRole.Parts(
                  ClusterAssignment.of(log.registrations(), shares),
                  log.log(),
                  OpenLog::cluster,
                  time,
                  () -> random,
                  WatcherSettings.defaults()));
      role.start();
      return RoleProcess.run(
          "watch-kubernetes", new WatchStage(role), config.text("http.listen"), Map.of());
    }
  }
}
