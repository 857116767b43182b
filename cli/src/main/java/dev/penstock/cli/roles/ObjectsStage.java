package dev.penstock.cli.roles;

import dev.penstock.appliers.kubernetes.KubernetesApplyRole;

/** The Kubernetes applier of this process. */
record ObjectsStage(KubernetesApplyRole role) implements Stage {
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
