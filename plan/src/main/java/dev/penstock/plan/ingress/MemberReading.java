package dev.penstock.plan.ingress;

import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What one Ingress object means. Beside its own stack it may be leaving others: those whose
 * finalizer it carries. A row that a caller keeps for a stack not named by {@link #intents()} has
 * no reason any more.
 */
public sealed interface MemberReading {
  /** One intent for each stack that the object has to do with; at most one is not Leaving. */
  List<MemberIntent> intents();

  /** Another controller's, or gone. Not an error; {@code reason} says why. */
  record NotOurs(String reason, List<MemberIntent> intents) implements MemberReading {}

  /** It cannot be told whether it is ours, or to which group it belongs. */
  record Refused(List<Problem> problems, List<MemberIntent> intents) implements MemberReading {}

  /** A member of a stack. */
  record Member(MemberIntent intent, List<MemberIntent> leaving) implements MemberReading {
    @Override
    public List<MemberIntent> intents() {
      var intents = new ArrayList<MemberIntent>();
      intents.add(intent);
      intents.addAll(leaving);
      return List.copyOf(intents);
    }
  }
}
