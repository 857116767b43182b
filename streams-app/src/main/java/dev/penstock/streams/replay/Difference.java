package dev.penstock.streams.replay;

import java.time.Instant;

/**
 * Where replay first decided otherwise than is recorded: in which topic, at which record of the
 * scope, which led to it, and the first field that differs.
 */
public record Difference(
    Kind kind,
    String topic,
    String subject,
    long seq,
    Cause cause,
    String field,
    String recorded,
    String recomputed,
    String explanation) {

  /** In which way they differ. */
  public enum Kind {
    /** Both are there, with another content. */
    CHANGED,
    /** Decided again, but not recorded. */
    NOT_RECORDED,
    /** Recorded, but not decided again. */
    ONLY_RECORDED,
    /** What is recorded cannot be decoded. */
    UNREADABLE
  }

  /** The record of penstock.events whose turn it was. */
  public record Cause(long position, Instant time, String key, String event) {}
}
