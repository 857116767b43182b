package dev.penstock.cli.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's own build, with a Maven that only says what it was given. */
final class LauncherIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("project.root", ".."), "penstock");
  private static final int NOT_BUILT = 3;

  @TempDir private Path folder;

  @Test
  void mavenRunsOnTheJdkThatWasFound() throws IOException, InterruptedException {
    Files.copy(LAUNCHER, folder.resolve("penstock"));
    var maven =
        Files.writeString(folder.resolve("mvn"), "#!/bin/sh\necho \"$JAVA_HOME\"\nexit 1\n");
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    var home = System.getProperty("java.home");
    var builder = new ProcessBuilder("sh", folder.resolve("penstock").toString(), "help");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    var environment = builder.environment();
    environment.remove("JAVA_HOME");
    environment.put("PENSTOCK_JAVA_HOME", home);
    environment.put("PATH", folder + File.pathSeparator + environment.get("PATH"));
    assertEquals(NOT_BUILT, builder.start().waitFor(), Files.readString(folder.resolve("said")));
    assertEquals(home, Files.readString(folder.resolve("target/penstock-build.log")).strip());
  }
}
