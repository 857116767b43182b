package dev.penstock.edges.aws;

import dev.penstock.schemas.command.Urgency;
import java.util.Comparator;
import java.util.List;

/** A call that wants to go. Asks are ordered by urgency, then as decided, then as they came. */
public record Ask(long ticket, Urgency urgency, long seq, List<Cost> costs)
    implements Comparable<Ask> {
  private static final Comparator<Ask> ORDER =
      Comparator.comparing(Ask::urgency).thenComparingLong(Ask::seq).thenComparingLong(Ask::ticket);

  boolean drawsFrom(String bucket) {
    return costs.stream().anyMatch(cost -> cost.bucket().equals(bucket));
  }

  @Override
  public int compareTo(Ask other) {
    return ORDER.compare(this, other);
  }
}
