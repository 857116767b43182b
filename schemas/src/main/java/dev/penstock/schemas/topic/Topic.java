package dev.penstock.schemas.topic;

/**
 * One topic of the catalogue. {@code value} is the record class of its values; retention is in
 * milliseconds, -1 keeps for ever. {@code partitions} 0: as many as penstock.events.
 */
public record Topic(
    String name,
    String keyForm,
    Class<?> value,
    Cleanup cleanup,
    int partitions,
    long retentionMillis,
    String sentence) {
  public enum Cleanup {
    DELETE,
    COMPACT
  }
}
