package dev.penstock.sandbox.simulation;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.key.Scope;
import java.time.Instant;
import java.util.List;

/** What somebody outside sees of a run: the world on both sides, and what was committed. */
public interface Sight {
  /** Whom AWS takes our calls for: everybody else has another principal. */
  String PRINCIPAL = "arn:aws:iam::111122223333:role/penstock";

  Fleet fleet();

  AwsSimulator aws();

  SimulatedCluster cluster(String name);

  /**
   * The committed records of the scope's log from the index on, in the order in which they came to
   * count: what a transaction sent counts later than what was appended behind it meanwhile.
   */
  List<MemoryLog.Kept> log(Scope scope, int from);

  /** The committed records of the audit trail of all scopes from the index on, in order. */
  List<AuditRecord> audit(int from);

  /**
   * How many records of the scope's log, from its first, are decided, and what was decided is in
   * the audit trail: at rest all, unless the log goes on while it is looked at.
   */
  default long decided(Scope scope) {
    return Long.MAX_VALUE;
  }

  Instant now();

  /** When the change of the cluster that made the revision happened. */
  default Instant changed(String cluster, long revision) {
    return now();
  }

  /**
   * Lets somebody judge a call: while he does, the world stands still, and all that the log and the
   * audit trail were given before the call is known.
   */
  default void judging(RequestLog.Entry call, Runnable judgement) {
    judgement.run();
  }

  /** Whether the call is one of ours, and not of a person or another controller. */
  static boolean isOurs(RequestLog.Entry call) {
    return call.caller().principal().equals(PRINCIPAL);
  }
}
