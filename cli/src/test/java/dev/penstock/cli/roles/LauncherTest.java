package dev.penstock.cli.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.roles.Installation.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the launcher gives each role, and what an installation of processes gives it, is the same.
 */
final class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("project.root", ".."), "penstock");

  private static final Pattern CASE =
      Pattern.compile("case \"\\$\\{1:-}\" in ([a-z|]+)\\) jit=\"([^\"]+)\"");

  @Test
  void theRolesThatWaitAreCompiledLightly() throws IOException {
    var found = CASE.matcher(Files.readString(LAUNCHER));
    assertTrue(found.find());
    var light = List.of(found.group(1).split("\\|"));
    for (var role : Role.values()) {
      var wanted = light.contains(role.command()) ? List.of(found.group(2)) : List.<String>of();
      assertEquals(wanted, role.jvm(), role.command());
    }
  }
}
