package dev.penstock.roles;

import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.kubernetes.ApplierSettings;
import dev.penstock.appliers.kubernetes.KubernetesApplyRole;
import dev.penstock.edges.log.KafkaCommandFeed.Membership;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.topic.Topics;
import java.util.random.RandomGenerator;

/** The Kubernetes applier of this process. */
public record ObjectsStage(KubernetesApplyRole role) implements Stage {
  private static final String GROUP = "penstock-apply-kubernetes";

  /** Writes to the objects of its share of the scopes. */
  public static ObjectsStage start(OpenLog log, RealTime time, RandomGenerator random)
      throws LogFailed {
    var membership =
        new Membership<>(
            Topics.KUBERNETES_COMMANDS, KubernetesCommand.class, GROUP, log.sessionMillis());
    var role =
        new KubernetesApplyRole(
            new KubernetesApplyRole.Parts(
                log.feed(membership, time.clock()),
                log.log(),
                name -> log.registrations().current().cluster(name),
                OpenLog::cluster,
                time,
                Tenures.of(random),
                CrashPoints.none(),
                ApplierSettings.defaults()));
    role.start();
    return new ObjectsStage(role);
  }

  @Override
  public boolean ready() {
    return role.ready();
  }

  @Override
  public boolean failed() {
    return role.failed().isPresent();
  }

  @Override
  public void measure(MetricsText into) {
    role.waiting()
        .forEach((cluster, commands) ->
            into.gauge(
                "penstock_kubernetes_commands_open",
                "Commands for objects of a cluster that wait for their answer.",
                commands,
                "cluster=" + cluster));
  }

  @Override
  public void stop() {
    role.close();
  }
}
