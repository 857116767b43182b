package dev.penstock.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final Hardware MACHINE =
      new Hardware(2, 1024, "25", "Linux", 0.5, Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void aValueAtItsTargetIsReached() {
    assertTrue(Figure.of("g", "n", 3, "s").atMost(3).met());
    assertFalse(Figure.of("g", "n", 3.01, "s").atMost(3).met());
    assertTrue(Figure.of("g", "n", 3, "s").met());
  }

  @Test
  void columnsStandBelowTheirHeadsAndMissedTargetsAreNamed() {
    var findings = new Findings(new PrintWriter(new StringWriter()));
    findings.add(Figure.of("1  first", "short", 2, "calls").atMost(2).beside("LBC 4"));
    findings.add(Figure.of("1  first", "a longer name", 1234.5, "ms").atMost(40).with("n = 2"));
    var text = new StringWriter();
    findings.report("penstock bench", MACHINE).print(new PrintWriter(text));
    var lines = text.toString().lines().toList();
    assertTrue(lines.contains("  figure         measured    target   peer"), text::toString);
    assertTrue(lines.contains("  short          2 calls     ≤ 2  ✓   LBC 4"), text::toString);
    assertTrue(lines.contains("  a longer name  1,234.5 ms  ≤ 40  ✗"), text::toString);
    assertTrue(lines.contains("      n = 2"), text::toString);
    assertTrue(lines.contains("Missed: a longer name"), text::toString);
  }

  @Test
  void theJsonCarriesCommandMachineAndEachFigure() throws Exception {
    var findings = new Findings(new PrintWriter(new StringWriter()));
    findings.add(Figure.of("g", "n", 2.5, "s").atMost(3));
    var json = new ObjectMapper().readTree(findings.report("penstock bench", MACHINE).json());
    assertEquals("penstock bench", json.at("/command").asText());
    assertEquals(2, json.at("/machine/cores").asInt());
    assertEquals(2.5, json.at("/figures/0/value").asDouble());
    assertEquals(3.0, json.at("/figures/0/atMost").asDouble());
  }
}
