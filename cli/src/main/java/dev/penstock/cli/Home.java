package dev.penstock.cli;

import java.nio.file.Path;

/** The project's folder, which the launcher names, so that commands work from anywhere. */
final class Home {
  private Home() {}

  /** A file of the project, absolute. */
  static Path file(String name) {
    return Path.of(System.getProperty("penstock.home", "")).resolve(name).toAbsolutePath();
  }
}
