package dev.penstock.sandbox.simulation.check;

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
      if (change.before().isEmpty()) {
        made(call, change.key(), wrong);
      }
    }
  }

  private void made(Evidence.Call call, String arn, Consumer<String> wrong) {
    var estate = call.estate();
    estate.loadBalancers().all().stream()
        .filter(other -> !other.arn().equals(arn) && isSuccessor(estate, arn, other.arn()))
        .filter(other -> !mayBeReplaced(call, other))
        .forEach(other ->
            wrong.accept(call + " made " + arn + " in place of " + other.arn() + " unapproved"));
  }

  /** Whether both were made for the same, whatever number of replacement they have. */
  private static boolean isSuccessor(Estate estate, String arn, String other) {
    return !estate.resourceOf(arn).isEmpty()
        && estate.resourceOf(arn).equals(estate.resourceOf(other))
        && estate.stackOf(arn).equals(estate.stackOf(other))
        && estate.clusterOf(arn).equals(estate.clusterOf(other));
  }

  /** What was allowed before it was made was not for it. */
  private boolean mayBeReplaced(Evidence.Call call, LoadBalancerRow other) {
    var since = other.model().createdTime();
    return evidence.heard().replacedFreely(call.estate().home(), since)
        || evidence.heard().replacementApproved(call.commandId(), since);
  }
}
