package dev.penstock.plan.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class AnnotationTest {
  private static final Path CASES =
      Path.of(System.getProperty("project.root"), "sandbox/conformance/src/test/resources/cases");

  @Test
  void eachKeyOccursInAGoldenCase() throws IOException {
    var cases = text();
    var missing =
        Arrays.stream(Annotation.values())
            .map(Annotation::key)
            .filter(key -> !occurs(key, cases))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static String text() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(CASES)) {
      for (var file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /** A key that ends with a dot is followed by a name. */
  private static boolean occurs(String key, String cases) {
    var name = key.endsWith(".") ? "[-A-Za-z0-9.]+" : "";
    return Pattern.compile(Pattern.quote(Annotation.PREFIX + key) + name + "\"?: ")
        .matcher(cases)
        .find();
  }
}
