package dev.penstock.sandbox.simulation.check;

import java.util.function.Consumer;

/** I7: while a member of a group is in error, no call of ours takes traffic from the others. */
final class MembersCheck implements Check {
  private final VisitorLosses visitors;

  MembersCheck(VisitorLosses visitors) {
    this.visitors = visitors;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I7;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    visitors.losses(call).stream()
        .filter(VisitorLosses.Loss::othersInError)
        .forEach(loss -> wrong.accept(loss.text()));
  }
}
