package dev.penstock.plan.policy;

import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.PauseRow;
import java.util.List;

/**
 * What policies look at beside a verdict. {@code mode} is that of the stack's cluster; a DNS name
 * has that of its {@code claimants}, the stacks that claim it. {@code unprotected}: whoever asked
 * for the removal took back the deletion protection that our log had set for them. {@code holds}
 * are those of the stack, approved ones included.
 */
public record Circumstances(
    ClusterMode mode,
    List<StackId> claimants,
    List<PauseRow> pauses,
    Leaving leaving,
    boolean unprotected,
    StandingHolds holds,
    ScopeSettings settings) {

  /** Why a resource of the stack is no longer wanted. */
  public sealed interface Leaving {}

  /**
   * Somebody asked for it: a deletionTimestamp, an edit of that object. It was the {@code place}th
   * member of {@code namespace} that was asked to leave, of those that did not leave yet and of
   * those that were asked lately; 0 if the member stays.
   */
  public record Requested(String namespace, int place) implements Leaving {}

  /**
   * We conclude it: a changed class, filter or setting. At least {@code pending} members of the
   * scope are leaving by inference now, finished ones excluded.
   */
  public record Inferred(String reason, int pending) implements Leaving {}

  /**
   * Nobody asked for it: the object vanished (design §4), other deciding code than before leaves it
   * out, or it was live before a member that may want it could be read. It is held, however little
   * it is.
   */
  public record Unasked(String reason) implements Leaving {}
}
