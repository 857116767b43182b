package dev.penstock.sandbox.local;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.roles.OpenLog;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the sandbox's cluster known to the log, managed, and says its preset. A folder remembers
 * the preset that was last said: the same one again leaves alone what people configured since,
 * another one is applied.
 */
record Registration(OpenLog log, SandboxSettings settings, Path kubeconfig) {
  private static final Scope HOME = new Scope(SandboxWorld.ACCOUNT, SandboxWorld.REGION);
  private static final Scope DNS = Scope.global(SandboxWorld.ACCOUNT);
  private static final List<Scope> SCOPES = List.of(HOME, DNS);
  private static final String SUBJECT = "sandbox";

  void make() throws LogFailed, IOException {
    for (var scope : SCOPES) {
      log.registrations().register(scope);
    }
    applyPreset();
    if (log.registrations().current().cluster(settings.cluster()).isEmpty()) {
      registerCluster();
    }
  }

  private void applyPreset() throws LogFailed, IOException {
    var memory = settings.folder().resolve("preset");
    if (Files.exists(memory) && Files.readString(memory).strip().equals(settings.preset())) {
      return;
    }
    for (var scope : SCOPES) {
      append(scope, "settings", new PersonFact.ScopeSettingsChanged(SUBJECT, settings.behaviour()));
    }
    Files.writeString(memory, settings.preset() + "\n");
  }

  private void registerCluster() throws LogFailed {
    var cluster = settings.cluster();
    var registration =
        ClusterRegistration.of(cluster, HOME, SandboxWorld.VPC)
            .withDnsScopes(List.of(DNS))
            .withKubeconfig(kubeconfig.toAbsolutePath().toString());
    for (var scope : SCOPES) {
      var key = "cluster|" + cluster;
      append(scope, key, new PersonFact.ClusterRegistered(SUBJECT, registration));
      append(scope, key, new PersonFact.ClusterModeChanged(SUBJECT, cluster, ClusterMode.MANAGE));
    }
    log.registrations().put(new ClusterEntry(registration, ClusterMode.MANAGE));
  }

  private void append(Scope scope, String key, PersonFact fact) throws LogFailed {
    log.log().append(new Event(scope, scope + "|" + key, fact));
  }
}
