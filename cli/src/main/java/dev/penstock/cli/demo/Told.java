package dev.penstock.cli.demo;

import java.util.List;

/**
 * What came of the story: one entry for each step, in the order told. Times are in milliseconds of
 * real time.
 */
record Told(List<Entry> entries, long tookMillis) {
  record Entry(String scene, String step, boolean verified, long afterDeedMillis, String detail) {}

  /** Every step that was come to was seen, and there was one. */
  boolean verified() {
    return !entries.isEmpty() && entries.stream().allMatch(Entry::verified);
  }
}
