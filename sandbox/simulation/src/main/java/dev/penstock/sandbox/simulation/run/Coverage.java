package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.schemas.key.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind of thing occurred, by category; kinds that never did stand there with 0. */
public final class Coverage {
  private final Map<String, Map<String, Long>> counts = new TreeMap<>();
  private final List<Long> records = new ArrayList<>();

  private Coverage() {}

  /** Every kind that can be counted, none counted yet. */
  public static Coverage none() {
    var none = new Coverage();
    Countable.all()
        .forEach((category, kinds) -> kinds.forEach(kind -> none.add(category, kind, 0)));
    return none;
  }

  static Coverage of(Pipeline pipeline, List<Scope> scopes, List<Deed> done, List<Deed> refused) {
    var coverage = new Coverage();
    new Counting(coverage, pipeline, scopes).count(done, refused);
    return coverage;
  }

  void add(String category, String kind, long times) {
    counts.computeIfAbsent(category, _ -> new TreeMap<>()).merge(kind, times, Long::sum);
  }

  void records(long number) {
    records.add(number);
  }

  /** Adds what occurred elsewhere. */
  public void add(Coverage other) {
    other.counts.forEach(
        (category, kinds) -> kinds.forEach((kind, times) -> add(category, kind, times)));
    records.addAll(other.records);
  }

  /** By category and kind. */
  public Map<String, Map<String, Long>> counts() {
    var copy = new TreeMap<String, Map<String, Long>>();
    counts.forEach((category, kinds) -> copy.put(category, new TreeMap<>(kinds)));
    return copy;
  }

  /** How often it occurred. */
  public long count(String category, String kind) {
    return counts.getOrDefault(category, Map.of()).getOrDefault(kind, 0L);
  }

  /** The records in the log of the seed in the middle. */
  public long medianRecords() {
    var sorted = records.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  /** A table for people: each category's kinds by how often, those that never occurred last. */
  public String text() {
    var text = new StringBuilder();
    counts.forEach((category, kinds) -> {
      text.append(category).append(":\n");
      kinds.entrySet().stream()
          .filter(e -> e.getValue() > 0)
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .forEach(e -> text.append("  %8d  %s%n".formatted(e.getValue(), e.getKey())));
      var never = kinds.entrySet().stream().filter(e -> e.getValue() == 0).map(Map.Entry::getKey);
      var names = never.toList();
      if (!names.isEmpty()) {
        text.append("     never  ").append(String.join(", ", names)).append('\n');
      }
    });
    return text.toString();
  }
}
