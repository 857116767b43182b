package dev.penstock.streams.topology;

import dev.penstock.schemas.event.Event;
import dev.penstock.streams.turn.Effects;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts of one reconciler instance: read by /metrics, written by the stream thread. */
public final class Meters {
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private volatile long lastAppendMillis;
  private volatile long lastDecisionMillis;

  void taken(Event event, long appendMillis, Effects effects) {
    lastAppendMillis = appendMillis;
    if (!effects.commands().isEmpty() || !effects.kubernetesCommands().isEmpty()) {
      lastDecisionMillis = appendMillis;
    }
    add("records." + event.body().getClass().getSimpleName(), 1);
    add("commands", effects.commands().stream().filter(c -> c.command().isPresent()).count());
    add("settled", effects.commands().stream().filter(c -> c.command().isEmpty()).count());
    add("kubernetes-commands", effects.kubernetesCommands().size());
    add("audit", effects.audit().size());
    add("changes", effects.changes().size());
  }

  private void add(String name, long amount) {
    counts.computeIfAbsent(name, _ -> new LongAdder()).add(amount);
  }

  /** Totals since the start, by name. */
  public Map<String, Long> totals() {
    var totals = new TreeMap<String, Long>();
    counts.forEach((name, count) -> totals.put(name, count.sum()));
    return totals;
  }

  /**
   * Append time of the newest record taken, in milliseconds since the epoch; 0 before the first.
   */
  public long lastAppendMillis() {
    return lastAppendMillis;
  }

  /**
   * Append time of the newest record that made or ended a command, in milliseconds since the epoch;
   * 0 before the first.
   */
  public long lastDecisionMillis() {
    return lastDecisionMillis;
  }
}
