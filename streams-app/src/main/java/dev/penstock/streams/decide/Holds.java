package dev.penstock.streams.decide;

import dev.penstock.plan.Verdict;
import dev.penstock.plan.policy.StandingHolds;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What policies stopped in one stack until a person approves it: resources, members, and claims on
 * host names. Every hold begins and ends in the audit; an approval lasts as long as something that
 * was held when it was given still has to be done, and covers nothing else.
 */
final class Holds {
  private static final String HELD = "held-in ";

  private final Turn turn;
  private final List<Entry<HoldRow>> before;
  private final StandingHolds standing;
  private final Map<String, Verdict.Held> named = new TreeMap<>();
  private final Map<String, Set<String>> held = new TreeMap<>();
  private final Set<String> leaving = new HashSet<>();
  private final Set<String> unsettled = new HashSet<>();
  private final Set<String> unsure = new HashSet<>();

  Holds(Turn turn, StackId stack) {
    this.turn = turn;
    this.before = of(turn, stack);
    this.standing = new StandingHolds(before.stream().map(Entry::row).toList());
  }

  /** The holds of a stack in the order of their ids. */
  static List<Entry<HoldRow>> of(Turn turn, StackId stack) {
    return turn.scan(Table.REFERENCES, place(stack, "")).stream()
        .map(e -> e.row().from())
        .flatMap(id -> turn.get(Table.HOLDS, id).map(row -> new Entry<>(id, row)).stream())
        .toList();
  }

  private static String place(StackId stack, String id) {
    return HELD + stack + " > " + id;
  }

  /** The stack's holds as they were before this decision. */
  StandingHolds standing() {
    return standing;
  }

  /** Whether this is held as something that nobody asked for, and nobody approved it. */
  boolean waits(String what) {
    return standing.waiting(HoldRule.INFERRED_DELETE, what).isPresent();
  }

  /** Whether a person let this go though nobody had asked for it. */
  boolean isApproved(String what) {
    return standing.isApproved(HoldRule.INFERRED_DELETE, what);
  }

  /** Shadow, pauses and settings hold too, but there is nothing to approve. */
  void hold(String what, Verdict.Held verdict) {
    if (verdict.rule().approvable()) {
      named.putIfAbsent(verdict.holdId(), verdict);
      held.computeIfAbsent(verdict.holdId(), _ -> new TreeSet<>()).add(what);
    }
  }

  /** Somebody has to remove this. */
  void leaving(String what) {
    leaving.add(what);
    unsettled.add(what);
  }

  /** This is not as it shall be. */
  void unsettled(String what) {
    unsettled.add(what);
  }

  /** Nothing can be said of this now: what was held stays so. */
  void unsure(String what) {
    unsure.add(what);
  }

  /** Writes down what this decision found. */
  void close() {
    var known = before.stream().map(e -> e.row().id()).collect(Collectors.toSet());
    named.forEach((id, verdict) -> {
      if (!known.contains(id)) {
        begin(verdict, subjects(verdict.rule(), id));
      }
    });
    for (var entry : before) {
      var hold = entry.row();
      var remaining = remaining(hold);
      if (remaining.isEmpty()) {
        turn.delete(Table.HOLDS, entry.key());
        turn.delete(Table.REFERENCES, place(hold.stack(), hold.id()));
        turn.audit(new AuditEntry.HoldEnded(hold.id(), hold.subject(), reason(hold)));
        turn.change(hold.subject(), new ChangeBody.Announced("hold " + hold.id() + " ended"));
      } else if (!remaining.equals(hold.subjects())) {
        turn.put(Table.HOLDS, entry.key(), hold.withSubjects(remaining));
      }
    }
  }

  private List<String> remaining(HoldRow hold) {
    var remaining = new TreeSet<>(hold.subjects());
    if (hold.approved()) {
      var open = isOfStack(hold.rule()) ? leaving : unsettled;
      remaining.removeIf(what -> !open.contains(what) && !unsure.contains(what));
    } else if (held.containsKey(hold.id())) {
      remaining.retainAll(unsure);
      remaining.addAll(subjects(hold.rule(), hold.id()));
    } else {
      remaining.retainAll(unsure);
    }
    return List.copyOf(remaining);
  }

  /**
   * What waits behind the held ones to be removed goes with their approval, but what goes already
   * with an earlier one.
   */
  private Set<String> subjects(HoldRule rule, String id) {
    var subjects = new TreeSet<>(held.getOrDefault(id, Set.of()));
    if (isOfStack(rule)) {
      leaving.stream().filter(what -> !standing.isApproved(rule, what)).forEach(subjects::add);
    }
    return subjects;
  }

  private static String reason(HoldRow hold) {
    return hold.approved() ? "what was approved is done" : "nothing is held by it any more";
  }

  private void begin(Verdict.Held verdict, Set<String> subjects) {
    var subject = verdict.subject();
    var id = verdict.holdId();
    var row =
        new HoldRow(
            id,
            verdict.rule(),
            subject,
            verdict.reason(),
            new ArrayList<>(subjects),
            turn.now(),
            false,
            "");
    turn.put(Table.HOLDS, id, row);
    turn.put(Table.REFERENCES, place(row.stack(), id), new ReferenceRow(id));
    turn.audit(new AuditEntry.HoldChanged(verdict.holdId(), subject, verdict.reason(), false));
    turn.change(subject, new ChangeBody.Announced("held: " + verdict.reason()));
  }

  /** One approval of such a rule frees all that it held in the stack. */
  private static boolean isOfStack(HoldRule rule) {
    return rule == HoldRule.DELETE || rule == HoldRule.INFERRED_DELETE;
  }
}
