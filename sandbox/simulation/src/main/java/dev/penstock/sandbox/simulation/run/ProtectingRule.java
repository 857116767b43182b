package dev.penstock.sandbox.simulation.run;

import dev.penstock.plan.policy.HoldId;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.schemas.table.VerdictKind;

/** The rules that protect, and by what in the audit or the change stream each is seen. */
enum ProtectingRule {
  SHADOW("shadow: a cluster is planned for and not written to"),
  TARGETS("targets: a gone pod's target leaves at once"),
  REQUESTED("requested deletes are held above their threshold"),
  INFERRED("inferred deletes are held"),
  LAST_GOOD("last good: an invalid member is told and keeps what it had"),
  WHO_STANDS("who stands, stays: a conflict is told to the loser"),
  HOST("who stands, stays: a host name is refused to the second"),
  MAKE_BEFORE_BREAK("make before break: a load balancer is replaced"),
  PRIORITIES("priorities: a listener's rules are respaced"),
  SECURITY_GROUP_RULES("security group rules of others' groups"),
  PAUSE("pause: what is paused stands still"),
  DNS_POLICY("dns.policy keeps records"),
  FOREIGN("what is not ours stays"),
  DROPPED("an operator drops what was last good"),
  PROTECTED("deletion protection: what AWS protects is held"),
  NAME_TAKEN("make before break: a name of its own that is taken is held"),
  ADOPTION("adoption: what was live before its member could be read is held"),
  KEPT("unset: what nobody asks for any more stays, and is told"),
  SECRETS("secrets: a secret that cannot be used is told");

  private final String sentence;

  ProtectingRule(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  boolean isSeenIn(AuditEntry entry) {
    return switch (this) {
      case TARGETS ->
          entry instanceof AuditEntry.Decided it
              && it.operation() instanceof Operation.DeregisterTargets
              && !it.cause().sentence().contains(" 0 of them are gone");
      case REQUESTED -> held(entry, HoldRule.DELETE);
      case INFERRED -> held(entry, HoldRule.INFERRED_DELETE);
      case MAKE_BEFORE_BREAK -> held(entry, HoldRule.REPLACEMENT);
      case PROTECTED -> held(entry, HoldRule.PROTECTED);
      case ADOPTION ->
          entry instanceof AuditEntry.HoldChanged it
              && !it.released()
              && it.sentence().contains("it was live before");
      case PRIORITIES ->
          entry instanceof AuditEntry.Decided it
              && it.operation() instanceof Operation.SetRulePriorities;
      case SECURITY_GROUP_RULES ->
          entry instanceof AuditEntry.Decided it
              && it.key().resource().kind() == ResourceKind.SECURITY_GROUP_RULES
              && !(it.operation() instanceof Operation.Observe);
      case DROPPED ->
          entry instanceof AuditEntry.PersonDecided it && it.what().startsWith("dropped");
      case SHADOW,
          LAST_GOOD,
          WHO_STANDS,
          HOST,
          PAUSE,
          DNS_POLICY,
          FOREIGN,
          NAME_TAKEN,
          KEPT,
          SECRETS ->
          false;
    };
  }

  boolean isSeenIn(ChangeBody change) {
    return switch (this) {
      case SHADOW -> verdict(change, "is in shadow");
      case PAUSE -> verdict(change, "is paused by");
      case DNS_POLICY -> verdict(change, "dns.policy is");
      case FOREIGN ->
          change instanceof ChangeBody.VerdictChanged it && it.verdict() == VerdictKind.FOREIGN;
      case LAST_GOOD -> problem(change, "Invalid");
      case WHO_STANDS -> problem(change, "Conflict");
      case HOST -> problem(change, "HostRefused");
      case NAME_TAKEN -> verdict(change, "cannot have the same name");
      case KEPT ->
          change instanceof ChangeBody.ProblemChanged it
              && it.present()
              && it.message().contains("it stays until a member says");
      case SECRETS -> problem(change, "InvalidSecret");
      case TARGETS,
          REQUESTED,
          INFERRED,
          MAKE_BEFORE_BREAK,
          PRIORITIES,
          SECURITY_GROUP_RULES,
          DROPPED,
          PROTECTED,
          ADOPTION ->
          false;
    };
  }

  private static boolean held(AuditEntry entry, HoldRule rule) {
    return entry instanceof AuditEntry.HoldChanged it
        && !it.released()
        && HoldId.isOf(rule, it.holdId());
  }

  private static boolean verdict(ChangeBody change, String words) {
    return change instanceof ChangeBody.VerdictChanged it && it.sentence().contains(words);
  }

  private static boolean problem(ChangeBody change, String reason) {
    return change instanceof ChangeBody.ProblemChanged it
        && it.present()
        && it.reason().startsWith(reason);
  }
}
