package dev.penstock.cli.trail;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which lines a person wants: texts count as parts of a word, in any case. {@code reads} lets
 * through what only read.
 */
record TrailFilter(
    Optional<String> resource,
    Optional<String> cause,
    Optional<String> member,
    Optional<Instant> since,
    boolean reads) {

  boolean lets(TrailLine line) {
    return (reads || !line.reads())
        && resource.stream().allMatch(text -> contains(line.subject(), text))
        && cause.stream().allMatch(text -> contains(line.who() + "\n" + line.why(), text))
        && member.stream()
            .allMatch(text -> contains(line.who() + "\n" + line.subject(), object(text)))
        && since.stream().noneMatch(time -> AuditTrail.moved(line).isBefore(time));
  }

  /** {@code ingress/default/web} and {@code Ingress|default/web} mean the same object. */
  private static String object(String text) {
    var slash = text.indexOf('/');
    return text.contains("|") || slash < 0 || slash == text.lastIndexOf('/')
        ? text
        : text.substring(0, slash) + "|" + text.substring(slash + 1);
  }

  static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
