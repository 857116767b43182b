package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.sandbox.local.SandboxSettings;
import dev.penstock.sandbox.local.SandboxSettings.Ports;
import dev.penstock.schemas.settings.ScopeSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's whole story on real parts: broker, registry, Kubernetes API, AWS simulator, every
 * stage.
 */
final class DemoIT {
  private static final double SPEED = 20;

  @TempDir Path folder;

  @Test
  void everyStepOfTheStoryIsSeenInTheSimulatorsOwnState() throws Exception {
    var settings =
        new SandboxSettings(
            folder, Ports.free(), SPEED, "demo", ScopeSettings.demo(), Optional.empty(), "sandbox");
    var random = RandomGenerator.of("L64X128MixRandom");
    var story = new StringWriter();
    try (var sandbox = Sandbox.start(settings, Clock.systemUTC(), random, Thread::sleep, _ -> {})) {
      var example =
          Path.of(System.getProperty("project.root"), "deploy/examples/nginx-complete.yaml");
      var outcome = new Demo(sandbox, Files.readString(example)).play(new PrintWriter(story, true));
      assertTrue(outcome.verified(), story.toString());
    }
  }
}
