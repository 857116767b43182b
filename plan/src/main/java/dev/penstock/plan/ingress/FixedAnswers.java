package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.FixedResponse;

/** The fixed responses that are made up when there is nothing to forward to. */
final class FixedAnswers {
  private static final String TEXT = "text/plain";

  /** LBC's answer for a backend whose Service is missing (LBC 4.7). */
  static final FixedResponse NO_SERVICE =
      new FixedResponse("503", TEXT, "Backend service does not exist");

  /** LBC's answer for a backend whose action annotation is missing. */
  static final FixedResponse NO_ACTION =
      new FixedResponse("503", TEXT, "Backend action does not exist");

  /** LBC's answer of a listener without default backend (LBC 4.6). */
  static final FixedResponse NOT_FOUND = new FixedResponse("404", TEXT, "");

  /** Ours, in the place of a rule whose Ingress was never valid (design §7, last good). */
  static final FixedResponse REFUSED =
      new FixedResponse("503", TEXT, "The Ingress of this host is not valid");

  private FixedAnswers() {}

  static boolean isRefusal(Action action) {
    return action.equals(REFUSED);
  }
}
