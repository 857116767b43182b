package dev.penstock.plan.policy;

import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.HoldRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The holds as they were before a decision, found by what they hold. */
public final class StandingHolds {
  /** A rule, and either the subject of its holds or one of the things that they hold. */
  private record RuleAbout(HoldRule rule, String name) {}

  private final List<HoldRow> rows;
  private final Map<RuleAbout, HoldRow> waiting = new HashMap<>();
  private final Map<RuleAbout, List<HoldRow>> bySubject = new HashMap<>();
  private final Map<RuleAbout, Set<String>> approved = new HashMap<>();
  private final Set<RuleAbout> freed = new HashSet<>();

  /**
   * @param rows in the order of their ids
   */
  public StandingHolds(List<HoldRow> rows) {
    this.rows = List.copyOf(rows);
    this.rows.forEach(this::add);
  }

  private void add(HoldRow row) {
    var place = new RuleAbout(row.rule(), row.subject());
    bySubject.computeIfAbsent(place, _ -> new ArrayList<>()).add(row);
    if (row.approved()) {
      approved.computeIfAbsent(place, _ -> new HashSet<>()).addAll(row.subjects());
      row.subjects().forEach(what -> freed.add(new RuleAbout(row.rule(), what)));
    } else {
      row.subjects().forEach(what -> waiting.putIfAbsent(new RuleAbout(row.rule(), what), row));
    }
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The hold of that rule which holds this and waits for approval. */
  public Optional<HoldRow> waiting(HoldRule rule, String what) {
    return Optional.ofNullable(waiting.get(new RuleAbout(rule, what)));
  }

  /** Whether somebody approved that this happens, whatever the subject of the hold. */
  public boolean isApproved(HoldRule rule, String what) {
    return freed.contains(new RuleAbout(rule, what));
  }

  /** All holds of that rule on the subject. */
  List<HoldRow> of(HoldRule rule, String subject) {
    return bySubject.getOrDefault(new RuleAbout(rule, subject), List.of());
  }

  /** Whether somebody approved that this happens to the subject. */
  boolean isApproved(HoldRule rule, String subject, String what) {
    return approved.getOrDefault(new RuleAbout(rule, subject), Set.of()).contains(what);
  }
}
