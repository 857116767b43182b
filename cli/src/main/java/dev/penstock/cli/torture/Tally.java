package dev.penstock.cli.torture;

import dev.penstock.schemas.json.RecordJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was done, how often, what of it was survived, and how soon after it all went on. */
final class Tally {
  private final Map<String, List<Optional<Duration>>> recoveries = new TreeMap<>();

  /** One line of the table; times in seconds. */
  record Line(String what, int times, int survived, double p50, double max) {}

  /** Empty: the change did not arrive in time. */
  void add(String what, Optional<Duration> recovery) {
    recoveries.computeIfAbsent(what, _ -> new ArrayList<>()).add(recovery);
  }

  List<Line> lines() {
    var lines = new ArrayList<Line>();
    recoveries.forEach((what, times) -> {
      var seconds =
          times.stream().flatMap(Optional::stream).map(t -> t.toMillis() / 1e3).sorted().toList();
      var none = seconds.isEmpty();
      lines.add(
          new Line(
              what,
              times.size(),
              seconds.size(),
              none ? 0 : seconds.get((seconds.size() - 1) / 2),
              none ? 0 : seconds.getLast()));
    });
    return lines;
  }

  String text() {
    var wide = recoveries.keySet().stream().mapToInt(String::length).max().orElse(4);
    var row = "%-" + Math.max(4, wide) + "s  %5s  %8s  %20s%n";
    var text = new StringBuilder();
    text.append(row.formatted("what", "times", "survived", "recovery p50 / max"));
    for (var line : lines()) {
      var recovery = "%.1f / %.1f s".formatted(line.p50(), line.max());
      text.append(row.formatted(line.what(), line.times(), line.survived(), recovery));
    }
    return text.toString();
  }

  /** The table for tools, with what did not hold and which processes ended by themselves. */
  String json(List<String> failures, List<String> ended) {
    return RecordJson.write(new Report(lines(), failures, ended));
  }

  record Report(List<Line> lines, List<String> failures, List<String> ended) {}
}
