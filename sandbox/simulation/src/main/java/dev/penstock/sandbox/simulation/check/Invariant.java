package dev.penstock.sandbox.simulation.check;

/** What always holds, whatever happens (design §10). */
public enum Invariant {
  I1("never touch what is not ours"),
  I2("unknown is never acted on"),
  I3("same log, same decisions, bit for bit"),
  I4("the newest command of a resource may be executed any number of times, with one effect"),
  I5("when the world is quiet we converge, then fall silent"),
  I6("no call of ours removes the last target able to serve while a pod can serve"),
  I7("one member's error changes nothing for other members"),
  I8("every AWS write is in the audit trail before it is tried, and afterwards its answer"),
  I9("nothing acknowledged is lost"),
  I10("what waits for a person's approval is not done without it");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
