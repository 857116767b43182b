package dev.penstock.schemas.intent;

import dev.penstock.schemas.avro.Default;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import java.util.List;
import java.util.Optional;

/**
 * What one member of a stack wants, or why it is invalid. {@code order} is the member's group
 * order; members of equal order stand in the order of their {@code namespace/name} (LBC 4.1).
 */
public record MemberIntent(
    ObjectKey member, String uid, long generation, StackId stack, int order, MemberState state) {

  /** The same member in another state. */
  public MemberIntent withState(MemberState changed) {
    return new MemberIntent(member, uid, generation, stack, order, changed);
  }

  /** What the member is to its stack. */
  public sealed interface MemberState {}

  /**
   * The member may shape the stack. Problems here are warnings: they refuse a part, not the member.
   */
  public record Valid(IngressIntent intent, List<Problem> warnings) implements MemberState {}

  /**
   * The member keeps its last good intent; additions wait until the problems are gone. {@code
   * remnant} holds what could still be read: hosts and paths, each answered with a fixed 503; it is
   * absent when not even the paths can be told. {@code placed}: false if nobody can tell which
   * stack it shall be in, so that it has no place but the one that it had.
   */
  public record Invalid(
      List<Problem> problems, Optional<IngressIntent> remnant, @Default("true") boolean placed)
      implements MemberState {
    public Invalid(List<Problem> problems, Optional<IngressIntent> remnant) {
      this(problems, remnant, true);
    }
  }

  /**
   * The member is being deleted or went to another stack. An obstacle keeps the load balancer from
   * being deleted with its last member.
   */
  public record Leaving(Removal removal, Optional<Problem> obstacle) implements MemberState {
    /** Whether somebody asked for it. */
    public boolean requested() {
      return removal == Removal.REQUESTED;
    }
  }

  /**
   * How we know that a member leaves: somebody asked for it, or we conclude it. One that {@code
   * VANISHED} had our finalizer, and is gone though nobody was seen to delete it.
   */
  public enum Removal {
    REQUESTED,
    INFERRED,
    VANISHED
  }
}
