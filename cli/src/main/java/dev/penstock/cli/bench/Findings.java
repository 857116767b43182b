package dev.penstock.cli.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run has found so far, in the order of finding; each figure is told when it is found. */
final class Findings {
  private final PrintWriter progress;
  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, CallCounts> calls = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  Findings(PrintWriter progress) {
    this.progress = progress;
  }

  void add(Figure figure) {
    figures.add(figure);
    progress.printf("            %s: %s%n", figure.name(), figure.measured());
    progress.flush();
  }

  void add(String step, CallCounts counted) {
    calls.put(step, counted);
  }

  void note(String text) {
    notes.add(text);
  }

  BenchReport report(String command, Hardware machine) {
    return new BenchReport(command, machine, figures, calls, notes);
  }
}
