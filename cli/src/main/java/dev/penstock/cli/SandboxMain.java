package dev.penstock.cli;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.sandbox.local.SandboxSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;

/** Starts a sandbox with the real clock, real waiting and real chance. */
final class SandboxMain {
  private SandboxMain() {}

  static Sandbox start(SandboxSettings settings, Edges.Progress progress)
      throws CommandFailed, InterruptedException {
    try {
      return Sandbox.start(
          settings, Clock.systemUTC(), new SecureRandom(), Thread::sleep, progress);
    } catch (StartFailed | LogFailed | IOException e) {
      throw new CommandFailed(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }
}
