package dev.penstock.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.key.Scope;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the roles measure, as Prometheus reads it. */
final class FiguresTest {
  private static String samples(MetricsText text) {
    return text.text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void aReconcilerTellsItsLagItsTablesItsVerdictsAndItsLastDecision() {
    var figures =
        new StreamFigures(
            Map.of("records.Tick", 7L, "commands", 2L),
            9_000,
            4_000,
            new TreeMap<>(Map.of(0, 3L, 2, 0L)),
            new TreeMap<>(Map.of("objects", 5L)),
            new TreeMap<>(Map.of("InSync", 4L, "Rejected", 1L)),
            10_000);
    var text = new MetricsText();
    figures.write(text);
    assertEquals(
        """
        penstock_events_lag{partition="0"} 3
        penstock_events_lag{partition="2"} 0
        penstock_last_decision_age_seconds 6
        penstock_last_decision_seconds 4
        penstock_last_record_age_seconds 1
        penstock_last_record_seconds 9
        penstock_records_total{body="Tick"} 7
        penstock_table_rows{table="objects"} 5
        penstock_verdicts{verdict="InSync"} 4
        penstock_verdicts{verdict="Rejected"} 1
        penstock_written_total{what="commands"} 2
        """,
        samples(text));
  }

  @Test
  void beforeTheFirstRecordNoAgeIsTold() {
    var text = new MetricsText();
    new StreamFigures(Map.of(), 0, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 10_000)
        .write(text);
    assertEquals("", text.text());
  }

  @Test
  void anApplierTellsItsOpenCommandsAndWhatItsBudgetAllows() {
    var text = new MetricsText();
    ApplyStage.write(
        text,
        new Scope("111122223333", "us-west-2"),
        2,
        new TreeMap<>(Map.of("elb", 39.5, "elb.targets", 20.0)));
    assertEquals(
        """
        penstock_budget_tokens{scope="111122223333/us-west-2",bucket="elb"} 39.5
        penstock_budget_tokens{scope="111122223333/us-west-2",bucket="elb.targets"} 20
        penstock_commands_open{scope="111122223333/us-west-2"} 2
        """,
        samples(text));
  }
}
