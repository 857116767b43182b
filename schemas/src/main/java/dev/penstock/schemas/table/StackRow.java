package dev.penstock.schemas.table;

import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stack is at the moment: its problems, whether it is frozen by a defect, and the
 * replacement number in use.
 */
public record StackRow(
    StackId stack,
    boolean frozen,
    String frozenReason,
    Map<String, Integer> successors,
    List<MemberProblem> problems)
    implements Row {
  /** A problem as its member is told of it; {@code resource}: the one that was refused, if any. */
  public record MemberProblem(ObjectKey member, Problem problem, Optional<ResourceKey> resource) {
    public MemberProblem(ObjectKey member, Problem problem) {
      this(member, problem, Optional.empty());
    }
  }
}
