package dev.penstock.appliers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must be written so that a map of tags or attributes becomes as wanted. */
public final class Differences {
  private Differences() {}

  /** Entries to write. */
  public static Map<String, String> changed(
      Map<String, String> observed, Map<String, String> desired) {
    var changed = new TreeMap<>(desired);
    changed.entrySet().removeIf(e -> e.getValue().equals(observed.get(e.getKey())));
    return changed;
  }

  /** Tag keys to remove; AWS's own tags are nobody's to remove. */
  public static List<String> removed(Map<String, String> observed, Map<String, String> desired) {
    return new TreeMap<>(observed)
        .keySet().stream()
            .filter(key -> !desired.containsKey(key) && !key.startsWith("aws:"))
            .toList();
  }

  /** The observed entries with the desired ones over them. */
  public static Map<String, String> merged(
      Map<String, String> observed, Map<String, String> desired) {
    var merged = new TreeMap<>(observed);
    merged.putAll(desired);
    return merged;
  }

  /** In chunks of at most that many, in order. */
  public static <T> List<List<T>> chunks(List<T> all, int most) {
    var chunks = new ArrayList<List<T>>();
    for (var from = 0; from < all.size(); from += most) {
      chunks.add(all.subList(from, Math.min(all.size(), from + most)));
    }
    return chunks;
  }
}
