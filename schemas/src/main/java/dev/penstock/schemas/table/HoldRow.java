package dev.penstock.schemas.table;

import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import java.time.Instant;
import java.util.List;

/**
 * Verdicts that a policy stopped until a person approves it. {@code subjects} are what is held: an
 * approval is for them and for nothing that comes later.
 */
public record HoldRow(
    String id,
    HoldRule rule,
    String subject,
    String sentence,
    List<String> subjects,
    Instant since,
    boolean approved,
    String approvedBy)
    implements Row {

  /** The stack that the hold is of. */
  public StackId stack() {
    return rule == HoldRule.DELETE || rule == HoldRule.INFERRED_DELETE
        ? StackId.parse(subject)
        : ResourceKey.parse(subject).stack();
  }

  public HoldRow withSubjects(List<String> remaining) {
    return new HoldRow(id, rule, subject, sentence, remaining, since, approved, approvedBy);
  }

  public HoldRow withApproval(String person) {
    return new HoldRow(id, rule, subject, sentence, subjects, since, true, person);
  }
}
