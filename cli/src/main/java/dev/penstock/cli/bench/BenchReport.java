package dev.penstock.cli.bench;

import dev.penstock.schemas.json.RecordJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run found: for people as a table, for tools as JSON. {@code calls} holds counts by action
 * for each step that was counted; {@code notes} what a reader must know to trust the figures.
 */
record BenchReport(
    String command,
    Hardware machine,
    List<Figure> figures,
    Map<String, CallCounts> calls,
    List<String> notes) {
  private static final List<String> HEAD = List.of("figure", "measured", "target", "peer");

  String json() {
    return RecordJson.write(this);
  }

  /** Whether no figure misses its target. */
  boolean met() {
    return missed().isEmpty();
  }

  private List<String> missed() {
    return figures.stream().filter(figure -> !figure.met()).map(Figure::name).toList();
  }

  void print(PrintWriter out) {
    out.printf("%n%s%n%s%n", command, machine.text());
    var group = "";
    var rows = new ArrayList<List<String>>();
    for (var figure : figures) {
      if (!figure.group().equals(group)) {
        table(out, group, rows);
        group = figure.group();
        rows.clear();
      }
      rows.add(List.of(figure.name(), figure.measured(), figure.target(), figure.peer()));
      if (!figure.detail().isEmpty()) {
        rows.add(List.of("    " + figure.detail()));
      }
    }
    table(out, group, rows);
    printCalls(out);
    notes.forEach(note -> out.printf("%nNote: %s%n", note));
    out.printf("%n%s%n", met() ? "Every target is met." : "Missed: " + String.join("; ", missed()));
    out.flush();
  }

  private void printCalls(PrintWriter out) {
    if (calls.isEmpty()) {
      return;
    }
    out.printf("%nCalls by action%n");
    calls.forEach((step, counted) -> {
      out.printf("  %s: %s%n", step, counted.text());
      counted.byAction().forEach((action, count) -> out.printf("    %5d  %s%n", count, action));
    });
  }

  /** Columns as wide as their widest cell; a row of one cell stands across all. */
  static void table(PrintWriter out, String title, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var widths = new int[HEAD.size()];
    var all = new ArrayList<List<String>>();
    all.add(HEAD);
    all.addAll(rows);
    for (var row : all) {
      for (int i = 0; i < row.size() && row.size() == HEAD.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    out.printf("%n%s%n", title);
    for (var row : all) {
      var line = new StringBuilder("  ");
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        if (i + 1 < row.size()) {
          line.repeat(' ', widths[i] - row.get(i).length() + 2);
        }
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
