package dev.penstock.sandbox.simulation.check;

import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Nothing is left to do, say the reconciler's tables. Sweeps come and go. */
public final class Settled {
  private static final Set<VerdictKind> DONE = EnumSet.of(VerdictKind.IN_SYNC, VerdictKind.FOREIGN);

  /** What AWS may refuse for ever: a member asks for a certificate that there is not. */
  static final Set<String> REFUSALS = Set.of("CertificateNotFound");

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
    var refused = refused(tables);
    tables.scan(Table.VERDICTS, "").stream()
        .filter(e -> !DONE.contains(e.row().verdict()) && !isRefused(e.row()))
        .filter(e -> e.row().verdict() != VerdictKind.BLOCKED || !refused.contains(stack(e.key())))
        .forEach(e -> differences.add(e.key() + " is " + e.row()));
    return differences;
  }

  /** The stacks of which AWS refuses something: what is blocked by that waits as long as it. */
  private static Set<String> refused(Tables tables) {
    return tables.scan(Table.VERDICTS, "").stream()
        .filter(e -> isRefused(e.row()))
        .map(e -> stack(e.key()))
        .collect(Collectors.toSet());
  }

  private static boolean isRefused(VerdictRow row) {
    return row.verdict() == VerdictKind.REJECTED
        && row.refusal().filter(REFUSALS::contains).isPresent();
  }

  /** The first three parts of a key: cluster, kind and id. */
  private static String stack(String key) {
    return String.join("|", List.of(key.split("\\|", 4)).subList(0, 3));
  }
}
