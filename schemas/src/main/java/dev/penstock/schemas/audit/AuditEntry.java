package dev.penstock.schemas.audit;

import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;

/** What is recorded. */
public sealed interface AuditEntry {
  /** A command was decided. */
  record Decided(String commandId, CommandKey key, String verdict, Cause cause, Operation operation)
      implements AuditEntry {}

  /** An attempt was announced, before its first write. */
  record Tried(String commandId, CommandKey key, String tenure, int attempt)
      implements AuditEntry {}

  /** A command was answered, or replaced before it was tried. */
  record Settled(String commandId, CommandKey key, Result result, List<Call> calls)
      implements AuditEntry {}

  /** A verdict was stopped by a policy, or released. */
  record HoldChanged(String holdId, String subject, String sentence, boolean released)
      implements AuditEntry {}

  /** A hold is over: what it held was done, or is wanted again. */
  record HoldEnded(String holdId, String subject, String reason) implements AuditEntry {}

  record KubernetesDecided(
      String commandId, ObjectKey object, Cause cause, List<KubernetesWrite> writes)
      implements AuditEntry {}

  record KubernetesSettled(String commandId, ObjectKey object, Result result)
      implements AuditEntry {}

  /** Settings, registrations, pauses, approvals: what a person decided. */
  record PersonDecided(String subject, String what) implements AuditEntry {}

  /** A resource moved without a command of ours. */
  record Drifted(ResourceKey resource, String sentence) implements AuditEntry {}

  /** Something a person must look at: a frozen stack, a tenure conflict, a cluster swapped. */
  record Alarm(String subject, String sentence) implements AuditEntry {}
}
