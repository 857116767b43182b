package dev.penstock.sandbox.simulation.check;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.MemoryTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * I3: the committed log, as far as it is decided, read again into empty tables in other pieces,
 * each of which comes twice, gives the audit trail of the run, which holds every command and every
 * hash.
 */
final class ReplayCheck implements Check {
  private static final int PIECE = 7;

  private final Evidence evidence;

  ReplayCheck(Evidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I3;
  }

  @Override
  public void atRest(Consumer<String> wrong) {
    var told = new HashMap<Scope, List<AuditRecord>>();
    for (var record : evidence.sight().audit(0)) {
      if (record.seq() <= evidence.sight().decided(record.scope())) {
        told.computeIfAbsent(record.scope(), _ -> new ArrayList<>()).add(record);
      }
    }
    replay().forEach((scope, again) -> differs(told.getOrDefault(scope, List.of()), again, wrong));
  }

  /** Tells of the first record that only one of the two has. */
  private static void differs(
      List<AuditRecord> told, List<AuditRecord> again, Consumer<String> wrong) {
    for (int i = 0; i < told.size(); i++) {
      if (i >= again.size() || !again.get(i).equals(told.get(i))) {
        wrong.accept("read again, the log does not give " + told.get(i));
        return;
      }
    }
    if (again.size() > told.size()) {
      wrong.accept("read again, the log gives also " + again.get(told.size()));
    }
  }

  /** A piece of each scope in turn; each piece comes twice. */
  private Map<Scope, List<AuditRecord>> replay() {
    var tables = new MemoryTables();
    var audit = new TreeMap<Scope, List<AuditRecord>>();
    SortedMap<Scope, List<MemoryLog.Kept>> rest = new TreeMap<>();
    evidence.sight().fleet().scopes().forEach(s -> rest.put(s, inOrder(s)));
    while (rest.values().stream().anyMatch(records -> !records.isEmpty())) {
      rest.forEach((scope, records) -> {
        var piece = records.subList(0, Math.min(PIECE, records.size()));
        var given = audit.computeIfAbsent(scope, _ -> new ArrayList<>());
        piece.forEach(kept -> given.addAll(step(tables, kept)));
        piece.forEach(kept -> given.addAll(step(tables, kept)));
      });
      rest.replaceAll(
          (_, records) -> records.subList(Math.min(PIECE, records.size()), records.size()));
    }
    return audit;
  }

  private List<MemoryLog.Kept> inOrder(Scope scope) {
    return evidence.sight().log(scope, 0).stream()
        .sorted(Comparator.comparing(kept -> kept.appended().position()))
        .limit(evidence.sight().decided(scope))
        .toList();
  }

  private static List<AuditRecord> step(MemoryTables tables, MemoryLog.Kept kept) {
    var place = kept.appended();
    return Step.step(tables, kept.event(), place.position(), place.time()).audit();
  }
}
