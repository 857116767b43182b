package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.cli.PenstockMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * {@code penstock demo} for tools, on real parts: broker, registry, Kubernetes API, AWS simulator,
 * every stage.
 */
final class DemoIT {
  @Test
  void everyStepOfTheStoryIsSeenInTheSimulatorsOwnStateAndToldAsJson() throws Exception {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int code;
    try {
      var example = System.getProperty("project.root") + "/deploy/examples/nginx-complete.yaml";
      code = PenstockMain.execute("demo", "--output", "json", "--example", example);
    } finally {
      System.setOut(before);
    }

    var text = printed.toString(StandardCharsets.UTF_8);
    assertEquals(0, code, text);
    var report = JsonMapper.builder().build().readTree(text);
    assertTrue(report.path("verified").asBoolean(), text);
    var steps = report.path("story").path("entries");
    assertEquals(18, steps.size(), text);
    steps.forEach(step -> assertTrue(step.path("verified").asBoolean(), step.toString()));
    var audit = report.path("audit");
    assertTrue(audit.size() > 10, text);
    audit.forEach(line -> {
      assertTrue(line.path("why").asText().length() > 3, line.toString());
      assertTrue(line.path("calls").path(0).path("requestId").asText().length() > 3, text);
    });
  }
}
