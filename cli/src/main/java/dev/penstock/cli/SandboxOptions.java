package dev.penstock.cli;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.sandbox.local.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a sandbox can be asked to be, by the sandbox command and by the demo. */
final class SandboxOptions {
  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "20",
      description =
          "how much faster than real the simulated world runs (default: ${DEFAULT-VALUE})")
  private double speed;

  @Option(
      names = "--settings",
      paramLabel = "demo|production",
      defaultValue = "demo",
      description = "preset of our own timers (default: ${DEFAULT-VALUE})")
  private String preset = "demo";

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = {
        "use this real cluster in place of the simulated one; it needs the resource",
        "definitions of the AWS Load Balancer Controller and an IngressClass. Every target",
        "counts as healthy there: the simulator cannot reach its pods"
      })
  private @Nullable Path kubeconfig;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      defaultValue = "sandbox",
      description = "name of the cluster in the fleet (default: ${DEFAULT-VALUE})")
  private String cluster = "sandbox";

  /** Starts it with the real clock, real waiting and real chance. */
  Sandbox start(Path folder, SandboxSettings.Ports ports, Edges.Progress progress)
      throws CommandFailed, InterruptedException {
    try {
      return Sandbox.start(
          settings(folder, ports), Clock.systemUTC(), new SecureRandom(), Thread::sleep, progress);
    } catch (StartFailed | LogFailed | IOException e) {
      throw new CommandFailed(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  private SandboxSettings settings(Path folder, SandboxSettings.Ports ports) throws CommandFailed {
    if (!(speed > 0)) {
      throw new CommandFailed(ExitCode.USAGE, "--speed must be greater than 0");
    }
    var behaviour =
        SandboxSettings.preset(preset)
            .orElseThrow(() ->
                new CommandFailed(
                    ExitCode.USAGE, "--settings is demo or production, not " + preset));
    return new SandboxSettings(
        folder, ports, speed, preset, behaviour, Optional.ofNullable(kubeconfig), cluster);
  }

  double speed() {
    return speed;
  }

  String preset() {
    return preset;
  }
}
