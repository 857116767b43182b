package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * I2: what the log says that a command made is known to be there. No later answer, which may be
 * older than that, makes it decided to be made again as long as it stands.
 */
final class MadeAgainCheck implements Check {
  private final Evidence evidence;
  private final Map<String, RowChange> made = new HashMap<>();
  private final Map<ResourceKey, RowChange> known = new HashMap<>();

  MadeAgainCheck(Evidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I2;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    for (var change : call.changes()) {
      if (OnceCheck.isMade(change)) {
        made.put(call.commandId(), change);
      }
    }
  }

  @Override
  public void after(Consumer<String> wrong) {
    for (var record : evidence.heard().auditNews()) {
      switch (record.entry()) {
        case AuditEntry.Settled(var id, var key, var result, _)
            when result instanceof Result.Applied && made.containsKey(id) ->
            known.put(key.resource(), made.remove(id));
        case AuditEntry.Decided decided when decided.operation() instanceof Operation.Create ->
            judge(decided, wrong);
        case AuditEntry.Settled _,
            AuditEntry.Decided _,
            AuditEntry.Tried _,
            AuditEntry.HoldChanged _,
            AuditEntry.HoldEnded _,
            AuditEntry.KubernetesDecided _,
            AuditEntry.KubernetesSettled _,
            AuditEntry.PersonDecided _,
            AuditEntry.Drifted _,
            AuditEntry.Alarm _ -> {}
      }
    }
  }

  private void judge(AuditEntry.Decided decided, Consumer<String> wrong) {
    var key = decided.key().resource();
    var change = known.get(key);
    if (change != null && evidence.stands(change)) {
      wrong.accept(
          "%s was decided to be made again by command %s, and %s stands"
              .formatted(key, decided.commandId(), change.key()));
    }
  }
}
