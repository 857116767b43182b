package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.broker.DirectoryLock;
import dev.penstock.sandbox.broker.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a sandbox from starting is said before anything starts. */
final class SandboxStartTest {
  private static final List<String> OPTIONS =
      List.of(
          "--kafka-port",
          "--kafka-controller-port",
          "--registry-port",
          "--kubernetes-port",
          "--aws-port",
          "--api-port");

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  /** Starts a sandbox with one port given and all others free; answers the exit code. */
  private int start(String option, int port) {
    var arguments = new ArrayList<>(List.of("sandbox", "--dir=" + folder, option + "=" + port));
    OPTIONS.stream()
        .filter(other -> !other.equals(option))
        .forEach(other -> arguments.add(other + "=" + Ports.free()));
    return PenstockMain.commandLine()
        .setOut(new PrintWriter(new StringWriter(), true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--kafka-port",
        "--kafka-controller-port",
        "--registry-port",
        "--kubernetes-port",
        "--aws-port",
        "--api-port"
      })
  void aPortInUseIsNamedWithItsOptionBeforeAnythingStarts(String option) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(3, start(option, taken.getLocalPort()));
      assertTrue(err.toString().contains("port " + taken.getLocalPort() + " is in use"));
      assertTrue(err.toString().contains(option), err.toString());
      assertFalse(Files.exists(folder.resolve("kafka")), "something was started");
    }
  }

  @Test
  void aFolderInUseIsRefusedAndKeepsTheEnvironmentOfWhoeverUsesIt() throws Exception {
    Files.writeString(folder.resolve("env.sh"), "theirs");
    try (var _ = DirectoryLock.of(folder)) {
      assertEquals(3, start("--aws-port", Ports.free()));
      assertTrue(err.toString().contains(folder.toAbsolutePath().toString()), err.toString());
      assertEquals("theirs", Files.readString(folder.resolve("env.sh")));
    }
  }
}
