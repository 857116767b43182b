package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.cli.PenstockMain;
import dev.penstock.edges.log.history.LogFile;
import dev.penstock.sandbox.simulation.Relocation;
import dev.penstock.streams.replay.Replay;
import dev.penstock.streams.replay.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code penstock demo} for tools, on real parts: broker, registry, Kubernetes API, AWS simulator,
 * every stage.
 */
final class DemoIT {
  @TempDir Path folder;

  @Test
  void everyStepOfTheStoryIsSeenInTheSimulatorsOwnStateAndItsLogIsReplayed() throws Exception {
    var example = System.getProperty("project.root") + "/deploy/examples/nginx-complete.yaml";
    var log = folder.resolve("demo.avro");
    var report = run("demo", "--output=json", "--example=" + example, "--record=" + log);

    assertTrue(report.path("verified").asBoolean(), report.toString());
    var steps = report.path("story").path("entries");
    assertEquals(18, steps.size(), report.toString());
    steps.forEach(step -> assertTrue(step.path("verified").asBoolean(), step.toString()));
    var audit = report.path("audit");
    assertTrue(audit.size() > 10, report.toString());
    audit.forEach(line -> {
      assertTrue(line.path("why").asText().length() > 3, line.toString());
      assertTrue(line.path("calls").path(0).path("requestId").asText().length() > 3, line + "");
    });

    itsLogLeadsToAllThatIsRecorded(log);
  }

  /** As it is, restarted in the middle and after small batches, and on another partition. */
  private static void itsLogLeadsToAllThatIsRecorded(Path file) throws Exception {
    var whole = run("replay", "--output=json", "--from=" + file).path("replay");
    long events = 0;
    for (var scope : whole.path("scopes")) {
      events += scope.path("events").asLong();
      assertTrue(scope.path("compared").path("penstock.audit").asLong() > 3, scope.toString());
    }
    assertTrue(events > 100, whole.toString());
    for (var batch : new long[] {11, events / 2}) {
      var again = run("replay", "--output=json", "--from=" + file, "--restart-every=" + batch);
      assertEquals(whole, again.path("replay"), "restarts after " + batch);
    }
    try (var log = LogFile.open(file)) {
      var moved = new Replay(Relocation.of(log, 2), Selection.all(), 0, (_, _) -> {}).run();
      assertTrue(moved.equal(), moved.toString());
      assertEquals(events, moved.events());
    }
    var chains = run("audit", "verify", "--output=json", "--from=" + file);
    assertTrue(chains.path("intact").asBoolean(), chains.toString());
  }

  /** What a command prints for tools; it exits with 0. */
  private static JsonNode run(String... arguments) throws IOException {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int code;
    try {
      code = PenstockMain.execute(arguments);
    } finally {
      System.setOut(before);
    }
    var text = printed.toString(StandardCharsets.UTF_8);
    assertEquals(0, code, text);
    return JsonMapper.builder().build().readTree(text);
  }
}
