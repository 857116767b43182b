package dev.penstock.sandbox.simulation.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One partition of a topic, in the order of its appends. Readers see what is committed, and nothing
 * from the first record on whose transaction is open here.
 */
final class Partition<V> {
  private final List<Slot<V>> slots = new ArrayList<>();
  private final Set<Transaction> open = new LinkedHashSet<>();
  private int stable;

  private sealed interface Slot<V> {}

  private record Kept<V>(V value, Instant time, Transaction transaction) implements Slot<V> {}

  /** Where a transaction ended: it takes a position as Kafka's control records do. */
  private record Marker<V>() implements Slot<V> {}

  /** A record that a reader finds. */
  record Found<V>(long position, Instant time, V value) {}

  long append(V value, Instant time, Transaction transaction) {
    if (transaction.open() && open.add(transaction)) {
      transaction.touched().add(this);
    }
    slots.add(new Kept<>(value, time, transaction));
    settle();
    return slots.size() - 1;
  }

  /** The transaction's end is known here: what it sent is shown, or hidden for ever. */
  void mark(Transaction transaction) {
    open.remove(transaction);
    slots.add(new Marker<>());
    settle();
  }

  /** Where the part that readers may see ends. */
  long stableEnd() {
    return stable;
  }

  /** The first committed record from there on, if readers may see one. */
  Optional<Found<V>> find(long from) {
    for (var at = (int) from; at < stable; at++) {
      if (slots.get(at) instanceof Kept<V>(var value, var time, var transaction)
          && transaction.state() == Transaction.State.COMMITTED) {
        return Optional.of(new Found<>(at, time, value));
      }
    }
    return Optional.empty();
  }

  private void settle() {
    while (stable < slots.size() && !hides(slots.get(stable))) {
      stable++;
    }
  }

  private boolean hides(Slot<V> slot) {
    return slot instanceof Kept<V>(_, _, var transaction) && open.contains(transaction);
  }
}
