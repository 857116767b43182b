package dev.penstock.sandbox.simulation.check;

import java.util.function.Consumer;

/** I7: while a member of a group is in error, no call of ours takes traffic from the others. */
final class MembersCheck implements Check {
  private final Guard guard;

  MembersCheck(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I7;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    guard.losses(call).stream()
        .filter(Guard.Loss::othersInError)
        .forEach(loss -> wrong.accept(loss.text()));
  }
}
