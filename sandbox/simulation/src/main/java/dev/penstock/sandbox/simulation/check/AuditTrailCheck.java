package dev.penstock.sandbox.simulation.check;

import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * I8: AWS's request log and our audit trail tell the same, both ways. A write was decided with a
 * cause and announced before it was sent, and its outcome names it by AWS's request id, or says
 * that nobody knows; and every call that an outcome names did arrive.
 */
final class AuditTrailCheck implements Check {
  /** How long the appliers wait for an answer. */
  private static final Duration CALL_TIMEOUT = Clouds.Settings.of(Map.of()).callTimeout();

  private record Pending(RequestLog.Entry call, Heard.Announced by) {}

  private record Attempt(String commandId, String tenure, int number) {}

  private final Evidence evidence;
  private final Map<String, RequestLog.Entry> arrived = new HashMap<>();
  private final Map<String, List<Pending>> pending = new HashMap<>();
  private final Map<Scope, Long> begun = new HashMap<>();
  private final Set<Attempt> announced = new HashSet<>();
  private final Set<Attempt> audited = new HashSet<>();
  private final Set<String> tried = new HashSet<>();
  private final Set<String> settled = new HashSet<>();

  AuditTrailCheck(Evidence evidence) {
    this.evidence = evidence;
    for (var scope : evidence.sight().fleet().scopes()) {
      evidence.sight().log(scope, 0).stream()
          .mapToLong(kept -> kept.appended().position() + 1)
          .max()
          .ifPresent(end -> begun.put(scope, end));
    }
  }

  @Override
  public Invariant invariant() {
    return Invariant.I8;
  }

  @Override
  public void arrived(RequestLog.Entry call) {
    arrived.put(call.requestId(), call);
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    var id = call.commandId();
    var attempt = evidence.heard().announced(id);
    if (attempt.isEmpty()) {
      wrong.accept(call + " was not announced");
      return;
    }
    var decision = evidence.heard().decided(id);
    if (decision.isEmpty()) {
      wrong.accept(call + " was never decided, says the audit trail");
    } else if (decision.get().made().cause().sentence().isEmpty()) {
      wrong.accept(call + " has no cause");
    }
    pending
        .computeIfAbsent(id, _ -> new ArrayList<>())
        .add(new Pending(call.entry(), attempt.get()));
  }

  @Override
  public void after(Consumer<String> wrong) {
    evidence.heard().news().forEach(kept -> heard(kept, wrong));
    for (var record : evidence.heard().auditNews()) {
      switch (record.entry()) {
        case AuditEntry.Tried(var id, _, var tenure, var number) -> {
          audited.add(new Attempt(id, tenure, number));
          tried.add(id);
          settled.remove(id);
        }
        case AuditEntry.Settled(var id, _, _, _) -> settled.add(id);
        case AuditEntry.Decided _,
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

  @Override
  public void atRest(Consumer<String> wrong) {
    announced.stream()
        .filter(attempt -> !audited.contains(attempt))
        .forEach(attempt -> wrong.accept(attempt + " is in the log and not in the audit trail"));
    tried.stream()
        .filter(id -> !settled.contains(id))
        .forEach(id -> wrong.accept("no answer to command " + id + " is in the audit trail"));
  }

  private void heard(MemoryLog.Kept kept, Consumer<String> wrong) {
    switch (kept.event().body()) {
      case CloudFact.Attempted(var id, _, var tenure, var number) ->
          announced.add(new Attempt(id, tenure, number));
      case CloudFact.CommandSettled outcome when isJudged(kept) -> {
        outcome.calls().forEach(call -> arrived(outcome, call, wrong));
        answered(outcome, wrong);
      }
      case CloudFact.ApplyStarted(var tenure) -> forget(kept.event().scope(), tenure);
      case CloudFact.CommandSettled _,
          CloudFact.ReadStarted _,
          CloudFact.PartRead _,
          CloudFact.ChangeHinted _,
          ClusterFact _,
          PersonFact _,
          ScopeFact _,
          ClaimFact _ -> {}
    }
  }

  /** What was called before this check began, it did not see. */
  private boolean isJudged(MemoryLog.Kept kept) {
    return kept.appended().position() >= begun.getOrDefault(kept.event().scope(), 0L);
  }

  /** What an outcome names was called, with that result. */
  private void arrived(CloudFact.CommandSettled outcome, Call call, Consumer<String> wrong) {
    if (call.requestId().isEmpty()) {
      return;
    }
    var entry = arrived.get(call.requestId());
    if (entry == null) {
      wrong.accept(call + " in the outcome of " + outcome.commandId() + " never arrived at AWS");
    } else if (!entry.operation().name().equals(call.operation())
        || entry.status() != call.httpStatus()) {
      wrong.accept(call + " is told otherwise by AWS: " + entry.operation() + " " + entry.code());
    }
  }

  /** The outcome names every write that this tenure sent for the command. */
  private void answered(CloudFact.CommandSettled outcome, Consumer<String> wrong) {
    var waiting = pending.getOrDefault(outcome.commandId(), List.of());
    for (var write : waiting) {
      var named =
          outcome.calls().stream()
              .anyMatch(call ->
                  call.requestId().equals(write.call().requestId())
                      || call.requestId().isEmpty() && !write.call().answeredWithin(CALL_TIMEOUT));
      if (write.by().tenure().equals(outcome.tenure()) && !named) {
        wrong.accept(
            "the outcome of " + outcome.commandId() + " does not name " + write.call().operation());
      }
    }
    pending.remove(outcome.commandId());
  }

  /** What an applier that is no more did not say, nobody says. */
  private void forget(Scope scope, String successor) {
    for (var writes : pending.values()) {
      writes.removeIf(
          write -> write.by().scope().equals(scope) && !write.by().tenure().equals(successor));
    }
    pending.values().removeIf(List::isEmpty);
  }
}
