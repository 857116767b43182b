package dev.penstock.sandbox.aws.engine;

import java.util.Optional;

/**
 * What a call did to one row. {@code place} is account and Region, or account and {@code global};
 * {@code before} is empty for a new row, {@code after} for one that is gone.
 */
public record RowChange(
    String place, String kind, String key, Optional<Object> before, Optional<Object> after) {

  static RowChange of(Chronicle.Change change) {
    var name = change.table().name();
    var slash = name.lastIndexOf('/');
    return new RowChange(
        name.substring(0, slash),
        name.substring(slash + 1),
        change.key(),
        Optional.ofNullable(change.before()),
        Optional.ofNullable(change.after()));
  }
}
