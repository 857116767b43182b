package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * I5: once somebody says that the world is quiet, nothing is commanded but reads, and no more is
 * read than the sweeps and steady looks at health that fall into the time need. What AWS may refuse
 * for ever is tried again.
 */
final class QuietCheck implements Check {
  /** What one sweep may read of a cluster, its network and its zones, and of each resource. */
  private static final long READS_PER_CLUSTER = 24;

  private static final long READS_PER_RESOURCE = 4;

  private final Evidence evidence;
  private final Set<CommandKey> refused = new HashSet<>();
  private Optional<Instant> since = Optional.empty();
  private long reads;

  QuietCheck(Evidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I5;
  }

  /** From now on nothing changes in the world. */
  void begin() {
    since = Optional.of(evidence.now());
    reads = 0;
  }

  /** The world moves again. */
  void end() {
    since = Optional.empty();
  }

  @Override
  public void arrived(RequestLog.Entry call) {
    if (call.operation().reads()) {
      reads++;
    }
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    since
        .filter(_ -> call.entry().effective())
        .ifPresent(begun -> wrong.accept(call + " in a world that is quiet since " + begun));
  }

  @Override
  public void after(Consumer<String> wrong) {
    for (var record : evidence.heard().auditNews()) {
      switch (record.entry()) {
        case AuditEntry.Settled(_, var key, Result.Rejected(_, var code, _), _)
            when Settled.REFUSALS.contains(code) ->
            refused.add(key);
        case AuditEntry.Settled(_, var key, Result.Applied _, _) -> refused.remove(key);
        case AuditEntry.Decided decided when since.isPresent() && isNews(decided) ->
            wrong.accept("a quiet world, but decided was " + decided);
        case AuditEntry.KubernetesDecided it when since.isPresent() ->
            wrong.accept("a quiet world, but to be written was " + it);
        case AuditEntry.Settled _,
            AuditEntry.Decided _,
            AuditEntry.KubernetesDecided _,
            AuditEntry.Tried _,
            AuditEntry.HoldChanged _,
            AuditEntry.HoldEnded _,
            AuditEntry.KubernetesSettled _,
            AuditEntry.PersonDecided _,
            AuditEntry.Drifted _,
            AuditEntry.Alarm _ -> {}
      }
    }
    if (since.isEmpty()) {
      return;
    }
    var most = most(Duration.between(since.get(), evidence.now()));
    if (reads > most) {
      wrong.accept(reads + " reads in a quiet world since " + since.get() + ", enough are " + most);
      reads = 0;
    }
  }

  /** Reads come and go; what AWS refuses is tried again now and then. */
  private boolean isNews(AuditEntry.Decided decided) {
    return !(decided.operation() instanceof Operation.Observe) && !refused.contains(decided.key());
  }

  private long most(Duration time) {
    var sweeps = 1 + time.toMillis() / evidence.heard().sweepMillis();
    var looks = 1 + time.toMillis() / evidence.heard().healthMillis();
    long sweep = READS_PER_CLUSTER * evidence.clusters().size();
    for (var cluster : evidence.clusters()) {
      sweep += READS_PER_RESOURCE * evidence.members(cluster).size();
    }
    long groups = 0;
    for (var estate : evidence.estates()) {
      groups += estate.targetGroups().all().size();
      sweep +=
          READS_PER_RESOURCE
              * (estate.loadBalancers().all().size()
                  + estate.listeners().all().size()
                  + estate.targetGroups().all().size()
                  + estate.securityGroups().all().size()
                  + estate.zones().all().size());
    }
    return sweeps * sweep + looks * groups;
  }
}
