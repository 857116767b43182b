package dev.penstock.streams.decide;

import dev.penstock.schemas.table.SettingsRow;
import java.util.Optional;

/**
 * The version of the deciding code: one more whenever the same tables lead to other decisions. Each
 * scope's log says from which record on which version decides (design §3).
 */
public final class Version {
  public static final int CURRENT = 1;

  private Version() {}

  /**
   * What the scope's log must say before this code decides there; empty: it says so already, or
   * newer code decides there, which older code never takes back by itself.
   */
  public static Optional<String> unsaid(Optional<SettingsRow> scope) {
    var text = Integer.toString(CURRENT);
    return outdated(scope) || scope.filter(row -> row.decisions().equals(text)).isPresent()
        ? Optional.empty()
        : Optional.of(text);
  }

  /** Whether newer code than this decided in the scope. */
  public static boolean outdated(Optional<SettingsRow> scope) {
    return scope
        .map(SettingsRow::decisions)
        .filter(version -> version.matches("[0-9]{1,9}"))
        .filter(version -> Integer.parseInt(version) > CURRENT)
        .isPresent();
  }
}
