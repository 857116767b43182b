package dev.penstock.streams.replay;

/** Told of each record of penstock.events that was read. */
@FunctionalInterface
public interface Progress {
  void read(int partition, long position);
}
