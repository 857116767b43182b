package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A plan as a table, with what must be said beside it. */
final class PlanText {
  private static final List<String> HEAD = List.of("ACTION", "WHERE", "WHAT", "WHY");

  private PlanText() {}

  static String of(JsonNode plan, String cluster, boolean adopt) {
    var lines = new ArrayList<String>();
    table(plan.path("changes"), lines);
    notes("Held until somebody approves it:", plan.path("held"), lines);
    notes("Not known yet, ask again:", plan.path("unknown"), lines);
    notes("Not ours, left alone:", plan.path("leftAlone"), lines);
    if (adopt) {
      notes("Served by another controller, and not by this version:", unmanaged(plan), lines);
    }
    notes("What owners would be told:", plan.path("problems"), lines);
    lines.add(verdict(plan, cluster, adopt));
    return String.join("\n", lines);
  }

  private static JsonNode unmanaged(JsonNode plan) {
    return plan.path("unmanaged");
  }

  private static String verdict(JsonNode plan, String cluster, boolean adopt) {
    int changes = plan.path("changes").size();
    if (!plan.path("unknown").isEmpty()) {
      return "What would change is not known yet.";
    }
    if (changes > 0) {
      return changes == 1 ? "1 thing would change." : changes + " things would change.";
    }
    if (!plan.path("held").isEmpty()) {
      return "Nothing would change before somebody approves the above.";
    }
    if (adopt && !unmanaged(plan).isEmpty()) {
      return "Nothing would change, but this version would leave the above to nobody.";
    }
    return "Nothing would change: " + cluster + " has what it asks for.";
  }

  private static void table(JsonNode changes, List<String> lines) {
    if (changes.isEmpty()) {
      return;
    }
    var rows = new ArrayList<>(List.of(HEAD));
    for (var change : changes) {
      rows.add(
          List.of(
              change.path("action").asText(),
              change.path("subject").asText(),
              change.path("resource").asText(),
              change.path("sentence").asText()));
    }
    int[] widths = new int[HEAD.size()];
    for (var row : rows) {
      for (int n = 0; n < widths.length; n++) {
        widths[n] = Math.max(widths[n], row.get(n).length());
      }
    }
    for (var row : rows) {
      var line = new StringBuilder();
      for (int n = 0; n < widths.length; n++) {
        line.append(row.get(n)).append(" ".repeat(widths[n] - row.get(n).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add("");
  }

  private static void notes(String title, JsonNode notes, List<String> lines) {
    if (notes.isEmpty()) {
      return;
    }
    lines.add(title);
    for (var note : notes) {
      lines.add("  " + note.path("subject").asText() + ": " + note.path("sentence").asText());
    }
    lines.add("");
  }
}
