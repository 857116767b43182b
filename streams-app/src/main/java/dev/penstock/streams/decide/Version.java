package dev.penstock.streams.decide;

import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Reason;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;

/**
 * The version of the deciding code: one more whenever the same tables lead to other decisions. Each
 * scope's log says from which record on which version decides (design §3).
 */
public final class Version {
  public static final int CURRENT = 1;

  private Version() {}

  /**
   * Whether the scope's log has to name this code before it goes on deciding there: it names older
   * code, or none. What newer code decides, older code never takes back by itself.
   */
  public static boolean isUnsaid(Optional<SettingsRow> scope) {
    return !outdated(scope)
        && scope.filter(row -> row.decisions().equals(Integer.toString(CURRENT))).isEmpty();
  }

  /**
   * The dirty subject as this code decides on it. Until the log names this code, and all that it
   * looks at anew is marked, this code answers for what goes.
   */
  static DirtyRow told(Turn turn, DirtyRow row) {
    return row.otherCode() || !takesOver(turn)
        ? row
        : Reason.ofVersion(CURRENT + ": " + row.sentence()).row(row.subject(), row.seq());
  }

  private static boolean takesOver(Turn turn) {
    var said = turn.get(Table.SETTINGS, "").map(SettingsRow::decisions).orElse("");
    return !said.isEmpty() && !said.equals(Integer.toString(CURRENT))
        || Dirt.isOtherCodeUnderway(turn);
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
