package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The clusters of the fleet as a table. */
final class ClusterList {
  private static final String LINE = "%-24s %-28s %-8s %s";

  private ClusterList() {}

  static String text(JsonNode answer) {
    var rows = atHome(answer);
    if (rows.isEmpty()) {
      return "No cluster is registered; `penstock cluster register` begins.";
    }
    return LINE.formatted("NAME", "HOME", "MODE", "WATCHED")
        + rows.entrySet().stream()
            .map(e -> "\n" + line(e.getKey(), e.getValue()))
            .collect(Collectors.joining());
  }

  private static String line(String name, JsonNode row) {
    var mode = row.path("mode").asText().toLowerCase(Locale.ROOT);
    return LINE.formatted(name, scope(row), mode, seen(row));
  }

  /** A cluster has a row in its home and in each DNS scope; its watcher speaks at home only. */
  private static Map<String, JsonNode> atHome(JsonNode answer) {
    var rows = new TreeMap<String, JsonNode>();
    for (var row : answer.path("clusters")) {
      rows.merge(
          row.path("registration").path("cluster").asText(),
          row,
          (a, b) -> a.path("tenure").asText().isEmpty() ? b : a);
    }
    return rows;
  }

  private static String scope(JsonNode row) {
    var home = row.path("registration").path("home");
    return home.path("account").asText() + "/" + home.path("region").asText();
  }

  private static String seen(JsonNode row) {
    if (row.path("swapped").asBoolean()) {
      return "another cluster answers under this name: `penstock cluster rebind`, or correct it";
    }
    if (row.path("tenure").asText().isEmpty()) {
      return "never";
    }
    var unlisted = row.path("unlistedKinds");
    return (row.path("snapshotComplete").asBoolean() ? "yes" : "first list is not complete")
        + (unlisted.isEmpty() ? "" : ", but not " + unlisted);
  }
}
