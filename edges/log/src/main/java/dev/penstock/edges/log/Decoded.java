package dev.penstock.edges.log;

/** What bytes of the log turned out to be. */
public sealed interface Decoded<T> {
  record Ok<T>(T value) implements Decoded<T> {}

  /**
   * Written with a schema that this process does not know, cannot get, or is too old for: stop,
   * never skip.
   */
  record UnknownSchema<T>(int id, String reason) implements Decoded<T> {}

  /** No record in our wire format, or not what its schema says. */
  record Malformed<T>(String reason) implements Decoded<T> {}
}
