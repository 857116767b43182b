package dev.penstock.sandbox.simulation.check;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.turn.Effects.CommandEntry;
import dev.penstock.streams.turn.Effects.KubernetesEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * I3: the committed log, read again into empty tables, gives the audit trail of the run, and the
 * same commands in whatever pieces it is read and however often a piece comes again.
 */
final class ReplayCheck implements Check {
  private static final int[] PIECES = {Integer.MAX_VALUE, 7};

  private record Outcome(
      Map<Scope, List<AuditRecord>> audit,
      Map<Scope, List<CommandEntry>> commands,
      Map<Scope, List<KubernetesEntry>> kubernetesCommands,
      MemoryTables tables) {}

  private final Scene scene;

  ReplayCheck(Scene scene) {
    this.scene = scene;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I3;
  }

  @Override
  public void atRest(Consumer<String> wrong) {
    var told = new HashMap<Scope, List<AuditRecord>>();
    for (var record : scene.sight().audit(0)) {
      told.computeIfAbsent(record.scope(), _ -> new ArrayList<>()).add(record);
    }
    var first = replay(PIECES[0]);
    told.forEach((scope, records) -> {
      var again = first.audit().getOrDefault(scope, List.of());
      for (int i = 0; i < records.size(); i++) {
        if (i >= again.size() || !again.get(i).equals(records.get(i))) {
          wrong.accept("read again, the log does not give " + records.get(i));
          return;
        }
      }
    });
    for (int i = 1; i < PIECES.length; i++) {
      if (!replay(PIECES[i]).equals(first)) {
        wrong.accept("read in pieces of " + PIECES[i] + " the log gives something else");
      }
    }
  }

  /** A piece of each scope in turn; each piece comes twice. */
  private Outcome replay(int piece) {
    var outcome =
        new Outcome(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new MemoryTables());
    SortedMap<Scope, List<MemoryLog.Kept>> rest = new TreeMap<>();
    scene.sight().fleet().scopes().forEach(s -> rest.put(s, scene.sight().log(s, 0)));
    while (rest.values().stream().anyMatch(records -> !records.isEmpty())) {
      rest.replaceAll((_, records) -> stepOver(outcome, records, piece));
    }
    return outcome;
  }

  private static List<MemoryLog.Kept> stepOver(
      Outcome outcome, List<MemoryLog.Kept> records, int piece) {
    var end = Math.min(piece, records.size());
    records.subList(0, end).forEach(kept -> step(outcome, kept));
    if (end < records.size()) {
      records.subList(0, end).forEach(kept -> step(outcome, kept));
    }
    return records.subList(end, records.size());
  }

  private static void step(Outcome outcome, MemoryLog.Kept kept) {
    var place = kept.appended();
    var effects = Step.step(outcome.tables(), kept.event(), place.position(), place.time());
    var scope = kept.event().scope();
    outcome.audit().computeIfAbsent(scope, _ -> new ArrayList<>()).addAll(effects.audit());
    outcome.commands().computeIfAbsent(scope, _ -> new ArrayList<>()).addAll(effects.commands());
    outcome
        .kubernetesCommands()
        .computeIfAbsent(scope, _ -> new ArrayList<>())
        .addAll(effects.kubernetesCommands());
  }
}
