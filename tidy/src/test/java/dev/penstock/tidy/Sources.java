package dev.penstock.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Java files of the project, in the order of their paths. */
final class Sources {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));

  private Sources() {}

  /** One file: its path from the root of the project, and its lines. */
  record Source(Path path, List<String> lines) {
    boolean isTest() {
      return path.toString().contains("src/test/");
    }

    String text() {
      return String.join("\n", lines) + "\n";
    }

    String fileName() {
      return path.getFileName().toString();
    }
  }

  static Path root() {
    return ROOT.toAbsolutePath().normalize();
  }

  static List<Source> all() {
    try (var files = Files.walk(root())) {
      return files
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("/target/"))
          .sorted()
          .map(Sources::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path path) {
    try {
      return new Source(root().relativize(path), Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
