package dev.penstock.streams.topology;

/** Where the partitions of penstock.events end now. */
@FunctionalInterface
public interface LogEnds {
  /** The position that the partition's next record will get. */
  long of(int partition);
}
