package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.simulation.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All invariants over one run. Each call of ours is judged at the moment at which AWS answers it,
 * all else by {@link #after}, which costs little and is meant for every event.
 */
public final class Checks {
  private final Evidence evidence;
  private final QuietCheck quiet;
  private final List<Check> checks;
  private final List<Violation> violations = new ArrayList<>();
  private long writes;

  private Checks(Sight sight) {
    this.evidence = new Evidence(sight);
    var selections = new Selections(evidence);
    var visitors = new VisitorLosses(evidence);
    this.quiet = new QuietCheck(evidence);
    this.checks =
        List.of(
            new OwnershipCheck(evidence),
            new UnknownCheck(evidence, selections),
            new ReplayCheck(evidence),
            new OnceCheck(evidence),
            new MadeAgainCheck(evidence),
            new HeldCheck(evidence),
            quiet,
            new TargetsCheck(evidence, selections, visitors),
            new MembersCheck(visitors),
            new LoserCheck(visitors),
            new AuditTrailCheck(evidence),
            new LastingCheck(evidence));
    sight.aws().observe((call, changes) -> sight.judging(call, () -> called(call, changes)));
  }

  /** From now on every call is judged. */
  public static Checks of(Sight sight) {
    return new Checks(sight);
  }

  /** Looks at what is new since the last time; the first violation of the run, if there is one. */
  public Optional<Violation> after() {
    evidence.look();
    for (var check : checks) {
      check.after(text -> add(check, text));
    }
    evidence.heard().taken();
    return violations.stream().findFirst();
  }

  /**
   * What holds only when all work is done: every attempt answered, the audit whole, and the same
   * decisions when the log is read again.
   */
  public Optional<Violation> atRest() {
    after();
    for (var check : checks) {
      check.atRest(text -> add(check, text));
    }
    return violations.stream().findFirst();
  }

  /** From now on the world is quiet, and so must we be (I5); until it moves again. */
  public void quiet(boolean on) {
    if (on) {
      quiet.begin();
    } else {
      quiet.end();
    }
  }

  /** How many calls of ours that are meant to write were judged. */
  public long writes() {
    return writes;
  }

  /** Every violation so far, in order. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  private void called(RequestLog.Entry entry, List<RowChange> changes) {
    if (!Sight.isOurs(entry)) {
      evidence.meddle(changes);
      return;
    }
    checks.forEach(check -> check.arrived(entry));
    if (entry.operation().reads()) {
      return;
    }
    writes++;
    evidence.look();
    var call = evidence.call(entry, changes);
    for (var check : checks) {
      check.called(call, text -> add(check, text));
    }
  }

  private void add(Check check, String text) {
    violations.add(new Violation(check.invariant(), evidence.now(), text));
  }
}
