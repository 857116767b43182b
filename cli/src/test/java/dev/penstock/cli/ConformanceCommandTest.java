package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code conformance} prints, and its exit codes. */
class ConformanceCommandTest {
  private static final String CASE =
      """
      case: unmanaged-%1$s
      objects:
        - {kind: IngressClass, metadata: {name: other}, spec: {controller: example.com/other}}
        - {kind: Ingress, metadata: {name: web, namespace: d}, spec: {ingressClassName: other}}
      expect:
        ingresses: {d/web: {managed: %1$s}}
        groups: []
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder = Path.of("");

  private int conformance(String... arguments) throws IOException {
    Files.writeString(folder.resolve("right.yaml"), CASE.formatted("false"));
    Files.writeString(folder.resolve("wrong.yaml"), CASE.formatted("true"));
    var line = new ArrayList<>(List.of("conformance"));
    line.addAll(List.of(arguments));
    return PenstockMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line.toArray(String[]::new));
  }

  @Test
  void eachFailureIsNamedWithItsFirstDifferenceAndTheLastLineCounts() throws IOException {
    assertEquals(1, conformance(folder.toString()));
    var lines = out.toString().lines().toList();
    assertEquals(2, lines.size(), out.toString());
    assertTrue(
        lines
            .getFirst()
            .endsWith(" unmanaged-true: ingresses/d/web/managed: wanted true, got false"),
        lines.getFirst());
    assertEquals("1 passed, 1 failed, 0 diverge", lines.getLast());
  }

  @Test
  void onlyTheCasesAskedForAreRun() throws IOException {
    assertEquals(0, conformance(folder.toString(), "--only", "^unmanaged-f"));
    assertEquals("1 passed, 0 failed, 0 diverge", out.toString().strip());
  }

  @Test
  void toolsGetTheSameAsJson() throws IOException {
    assertEquals(1, conformance(folder.toString(), "--output", "json"));
    var json = new ObjectMapper().readTree(out.toString());
    assertEquals(1, json.path("passed").asInt());
    assertEquals("unmanaged-true", json.path("failures").path(0).path("case").asText());
  }

  @Test
  void aFileThatIsNoCaseFails() throws IOException {
    Files.writeString(folder.resolve("other.yaml"), "{expect: {}}");
    assertEquals(1, conformance(folder.toString(), "--only", "other|unmanaged-false"));
    assertTrue(out.toString().contains("other.yaml: no case of a known family"), out.toString());
    assertTrue(out.toString().endsWith("1 passed, 1 failed, 0 diverge\n"), out.toString());
  }

  @Test
  void aPathThatIsNotThereIsWrongUsage() throws IOException {
    assertEquals(2, conformance(folder.resolve("nowhere").toString()));
    assertTrue(err.toString().contains("nowhere is not there"), err.toString());
  }
}
