package dev.penstock.plan.policy;

import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.PauseRow;
import java.util.List;
import java.util.Optional;

/**
 * What policies look at beside a verdict. {@code approved} are the ids of approved holds. {@code
 * mode} is that of the stack's cluster; DNS names have none and count as managed.
 */
public record Circumstances(
    ClusterMode mode,
    Optional<String> frozen,
    List<PauseRow> pauses,
    Leaving leaving,
    List<String> approved,
    ScopeSettings settings) {

  /** Why a resource of the stack is no longer wanted. */
  public sealed interface Leaving {}

  /**
   * Somebody asked for it: a deletionTimestamp, an edit of that object. {@code pending} members of
   * {@code namespace} are leaving by request now.
   */
  public record Requested(String namespace, int pending) implements Leaving {}

  /**
   * We conclude it: a vanished object, a changed class, filter or setting. {@code pending} members
   * of the scope are leaving by inference now, finished ones excluded.
   */
  public record Inferred(String reason, int pending) implements Leaving {}
}
