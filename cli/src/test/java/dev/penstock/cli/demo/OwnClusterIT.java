package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.Kubeconfig;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.http.ApiServer;
import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.sandbox.local.SandboxSettings;
import dev.penstock.schemas.settings.ScopeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox beside a cluster that is not its own: {@code --kubeconfig}. */
final class OwnClusterIT {
  private static final double SPEED = 20;

  @TempDir Path folder;

  @Test
  void theClusterOfTheKubeconfigIsServedAndNoneIsSimulated() throws Exception {
    var random = RandomGenerator.of("L64X128MixRandom");
    var clock = Clock.systemUTC();
    var spec = ClusterSpec.of("theirs", 3).withPodCidr(SandboxWorld.POD_CIDR).withSpeed(SPEED);
    var kubeconfig = folder.resolve("theirs.kubeconfig");
    try (var cluster = LiveCluster.open(folder.resolve("theirs"), spec, clock, random);
        var api = ApiServer.start(cluster, 0)) {
      Kubeconfig.write(kubeconfig, "theirs", api.uri());
      var settings =
          new SandboxSettings(
              folder.resolve("sandbox"),
              SandboxSettings.Ports.free(),
              SPEED,
              "demo",
              ScopeSettings.demo(),
              Optional.of(kubeconfig),
              "theirs");
      try (var sandbox = Sandbox.start(settings, clock, random, Thread::sleep, _ -> {});
          var view = DemoView.open(kubeconfig, sandbox.awsEndpoint())) {
        assertEquals(kubeconfig, sandbox.kubeconfig());
        assertFalse(Files.exists(folder.resolve("sandbox/kubernetes")));
        assertTrue(Files.readString(sandbox.environmentFile()).contains(kubeconfig.toString()));

        var root = Path.of(System.getProperty("project.root"));
        var example = root.resolve("deploy/examples/nginx-complete.yaml");
        view.cluster().load(Files.newInputStream(example)).inNamespace("default").create();
        var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (view.address("nginx-ingress").isEmpty() || view.targets("healthy").size() < 3) {
          assertTrue(System.nanoTime() < deadline, () -> "not served: " + view.targets());
          Thread.sleep(100);
        }
        assertEquals(view.readyAddresses(), view.targets("healthy"));
      }
    }
  }
}
