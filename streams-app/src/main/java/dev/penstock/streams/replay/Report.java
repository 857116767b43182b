package dev.penstock.streams.replay;

import dev.penstock.schemas.key.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of a replay, by scope. */
public record Report(List<ScopeReport> scopes) {
  public Report {
    scopes = List.copyOf(scopes);
  }

  /**
   * One scope: after which record it began (0: before the first one), the last record, how many
   * records were taken, how many recorded values of each topic were compared, the head of the audit
   * chain that was computed, and the first difference. The scope is not read beyond it.
   */
  public record ScopeReport(
      Scope scope,
      long after,
      long last,
      long events,
      Map<String, Long> compared,
      String auditHash,
      Optional<Difference> difference) {}

  public boolean equal() {
    return scopes.stream().allMatch(scope -> scope.difference().isEmpty());
  }

  public long events() {
    return scopes.stream().mapToLong(ScopeReport::events).sum();
  }
}
