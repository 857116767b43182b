package dev.penstock.streams.replay;

import dev.penstock.schemas.key.Scope;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is read again: these scopes (none: all), from the newest checkpoint that is not younger than
 * {@code since} (none: from as early as possible), and only what was appended up to {@code until}.
 */
public record Selection(SortedSet<Scope> scopes, Optional<Instant> since, Optional<Instant> until) {
  public Selection {
    scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
  }

  public static Selection all() {
    return new Selection(new TreeSet<>(), Optional.empty(), Optional.empty());
  }
}
