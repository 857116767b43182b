package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import java.util.function.Consumer;

/** I10: no load balancer gets a successor beside it before a person approved that. */
final class HeldCheck implements Check {
  private final Evidence evidence;

  HeldCheck(Evidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I10;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    for (var change : call.of(Estate.LOAD_BALANCERS)) {
      if (change.before().isEmpty() && !evidence.heard().replacementApproved(call.commandId())) {
        replaced(call, change, wrong);
      }
    }
  }

  private static void replaced(Evidence.Call call, RowChange change, Consumer<String> wrong) {
    var marks = OnceCheck.marks(call.estate(), change.key());
    call.estate().loadBalancers().all().stream()
        .map(LoadBalancerRow::arn)
        .filter(other -> !other.equals(change.key()))
        .filter(other -> !marks.isEmpty() && OnceCheck.marks(call.estate(), other).equals(marks))
        .forEach(other ->
            wrong.accept(call + " made " + change.key() + " in place of " + other + " unapproved"));
  }
}
