package dev.penstock.plan.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Cases;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.PauseRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of plan/pauses.yaml is one test. */
final class PausesTest {
  @TestFactory
  Stream<DynamicTest> whatEachPauseStops() {
    return Cases.of("/plan/pauses.yaml", PausesTest::check);
  }

  private static void check(JsonNode row) {
    var pauses = new Pauses(pauses(row));
    var key = ResourceKey.parse(row.get("of").asText());
    var claimants =
        row.has("claimants")
            ? Cases.texts(row.get("claimants")).stream().map(StackId::parse).toList()
            : List.<StackId>of();
    var stops = new ArrayList<String>();
    pauses.ofStructure(key, claimants).ifPresent(_ -> stops.add("structure"));
    pauses.ofTargets(key).ifPresent(_ -> stops.add("targets"));
    pauses.ofMembers(key.stack()).ifPresent(_ -> stops.add("members"));
    assertEquals(Cases.texts(row.get("stops")), stops);
  }

  /** The pause of a row: its kind and name. */
  static List<PauseRow> pauses(JsonNode row) {
    var pause = row.path("pause");
    return pause.isMissingNode()
        ? List.of()
        : List.of(
            new PauseRow(
                PauseKind.of(pause.get(0).asText()).orElseThrow(),
                pause.get(1).asText(),
                row.path("all").asBoolean(false),
                "ada",
                Instant.EPOCH));
  }
}
