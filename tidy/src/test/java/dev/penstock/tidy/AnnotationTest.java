package dev.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each annotation of an Ingress is set, changed and removed end to end. */
final class AnnotationTest {
  private static final String TESTS = "sandbox/simulation/src/test/";
  private static final Pattern KEY =
      Pattern.compile("^ {2}[A-Z_0-9]+\\(\\s*\"([a-z0-9.-]+)\"", Pattern.MULTILINE);

  /** Those whose story is a test of its own. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "group.order", "GroupTest.java",
          "create-acm-cert", "Issued.java",
          "acm-pca-arn", "CertificatesTest.java");

  /** What nobody asks for anything by. */
  private static final Set<String> SILENT = Set.of("dry-run-plan");

  @Test
  void eachHasItsStory() throws IOException {
    var rows =
        Files.readString(Sources.root().resolve(TESTS + "resources/stories/annotations.yaml"));
    var untold =
        keys().stream()
            .filter(key -> !rows.contains("annotation: alb.ingress.kubernetes.io/" + key))
            .collect(Collectors.toCollection(TreeSet::new));
    untold.removeAll(SILENT);

    assertEquals(new TreeSet<>(ELSEWHERE.keySet()), untold);
    ELSEWHERE.forEach(
        (key, file) -> assertTrue(source(TESTS, file).contains(key), () -> file + " lacks " + key));
  }

  private static Set<String> keys() {
    return KEY.matcher(source("plan/src/main/", "ingress/Annotation.java"))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static String source(String folder, String file) {
    return Sources.all().stream()
        .filter(source -> source.path().toString().startsWith(folder))
        .filter(source -> source.path().toString().endsWith("/" + file))
        .findFirst()
        .orElseThrow()
        .text();
  }
}
