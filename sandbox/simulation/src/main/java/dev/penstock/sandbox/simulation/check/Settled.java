package dev.penstock.sandbox.simulation.check;

import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Nothing is left to do, say the reconciler's tables. Sweeps come and go. */
public final class Settled {
  private static final Set<VerdictKind> DONE =
      EnumSet.of(VerdictKind.IN_SYNC, VerdictKind.FOREIGN, VerdictKind.REJECTED);

  private Settled() {}

  /** What is still open, undecided or held; none at best. */
  public static List<String> differences(Tables tables) {
    var differences = new ArrayList<String>();
    for (var table : List.of(Table.OPEN_KUBERNETES, Table.DIRTY, Table.HOLDS)) {
      tables.scan(table, "").forEach(e -> differences.add(table.name() + " " + e.key()));
    }
    tables.scan(Table.OPEN, "").stream()
        .filter(e -> e.row().command().key().lane() != Lane.OBSERVE)
        .forEach(e -> differences.add("open " + e.key()));
    tables.scan(Table.VERDICTS, "").stream()
        .filter(e -> !DONE.contains(e.row().verdict()))
        .forEach(e -> differences.add(e.key() + " is " + e.row()));
    return differences;
  }
}
