package dev.penstock.sandbox.simulation.mutants;

import java.util.List;

/**
 * A defect that somebody could have made: a method of the product that answers a constant, or does
 * nothing.
 *
 * @param type the class, without the leading {@code dev.penstock.}
 * @param answer a Boolean, a String, or EMPTY for nothing at all
 */
record Mutant(String name, String type, String method, Object answer) {
  /** An empty Optional, or no effect of a method that answers nothing. */
  static final Object EMPTY = new Object();

  static final List<Mutant> ALL =
      List.of(
          new Mutant("any answer outranks what is known", "streams.fold.Horizon", "outranks", true),
          new Mutant("any answer follows what is known", "streams.fold.Horizon", "follows", true),
          new Mutant("every target may be missed", "plan.targets.TargetRule", "isIdle", true),
          new Mutant("somebody always serves", "plan.targets.TargetRule", "serves", true),
          new Mutant(
              "deselected leave at once", "plan.targets.TargetRule", "mayLeaveDeselected", true),
          new Mutant("every tag is ours", "appliers.Ownership", "ours", true),
          new Mutant("nothing belongs to a stranger", "plan.Ownership", "stranger", EMPTY),
          new Mutant("no stranger is met", "plan.Differ", "stranger", EMPTY),
          new Mutant("open commands are dropped", "appliers.CommandTable", "take", false),
          new Mutant("replaced commands go on", "appliers.Execution", "superseded", false),
          new Mutant("one id for all commands", "streams.turn.Turn", "nextCommandId", "0123"),
          new Mutant("late tenures are trusted", "streams.fold.Attempts", "speaking", true),
          new Mutant("unanswered is forgotten", "streams.fold.Attempts", "unanswered", EMPTY),
          new Mutant("attempts are not announced", "appliers.Execution", "announceWrite", EMPTY),
          new Mutant("no command is too old", "appliers.Execution", "tooOld", false),
          new Mutant("a lost scope is written", "appliers.Execution", "stale", false),
          new Mutant("nothing is held", "plan.policy.Policy", "held", EMPTY),
          new Mutant("no name is waited for", "plan.Removal", "claims", EMPTY),
          new Mutant("nothing replaced is kept", "plan.Removal", "kept", EMPTY),
          new Mutant("finalizers go at once", "streams.decide.MemberWrites", "letGo", true),
          new Mutant(
              "lost targets stay known", "streams.fold.TargetRegistrations", "absent", false),
          new Mutant("health always counts", "streams.fold.TargetRegistrations", "counts", true),
          new Mutant("drift is not seen", "streams.fold.Observations", "counts", false),
          new Mutant("nothing is registered", "streams.decide.TargetGroups", "register", EMPTY),
          new Mutant("nothing leaves", "streams.decide.TargetGroups", "deregister", EMPTY),
          new Mutant("marks name nobody", "plan.dns.NameBuilder", "label", ""),
          new Mutant("losers are not held back", "plan.ingress.StackDraft", "isHeldBack", false),
          new Mutant("what is built is not told", "streams.fold.Outcomes", "made", EMPTY),
          new Mutant("work that waits is lost", "streams.decide.Commands", "wake", false),
          new Mutant("unknown stays known", "streams.fold.Outcomes", "lost", EMPTY));

  String className() {
    return "dev.penstock." + type;
  }
}
