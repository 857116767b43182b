package dev.penstock.streams.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.key.StackId;
import java.util.ArrayList;
import java.util.List;

/** What stands still of a cluster, as its DNS scopes must know it too. */
final class StandingPauses {
  private StandingPauses() {}

  /** Out of the rows of the cluster's home scope. */
  static List<PersonFact.Paused> of(JsonNode rows, String cluster) {
    var pauses = new ArrayList<PersonFact.Paused>();
    for (var keyed : rows) {
      var row = keyed.path("row");
      var kind = PauseKind.valueOf(row.path("kind").asText());
      var name = row.path("name").asText();
      if (isOf(kind, name, cluster)) {
        pauses.add(
            new PersonFact.Paused(
                row.path("subject").asText(),
                new PauseTarget(kind, name),
                row.path("all").asBoolean()));
      }
    }
    return pauses;
  }

  private static boolean isOf(PauseKind kind, String name, String cluster) {
    return switch (kind) {
      case CLUSTER -> name.equals(cluster);
      case STACK -> StackId.parse(name).cluster().equals(cluster);
      case SCOPE, TARGET_GROUP, NAME -> false;
    };
  }
}
