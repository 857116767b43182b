package dev.penstock.schemas.table;

import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import java.util.List;
import java.util.Map;

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
  public record MemberProblem(ObjectKey member, Problem problem) {}
}
