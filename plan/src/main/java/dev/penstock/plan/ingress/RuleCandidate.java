package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.intent.IngressIntent.RuleIntent;
import dev.penstock.schemas.key.ObjectKey;
import java.util.List;
import java.util.Optional;

/** A rule that a member asks for on a listener, with its actions as AWS would take them there. */
record RuleCandidate(Participant participant, RuleIntent rule, List<Action> actions) {

  ObjectKey member() {
    return participant.member();
  }

  List<RuleCondition> conditions() {
    return rule.conditions();
  }

  Optional<Action.Redirect> redirect() {
    for (Action action : actions) {
      if (action instanceof Action.Redirect redirect) {
        return Optional.of(redirect);
      }
    }
    return Optional.empty();
  }

  /** What people call it: host and path. */
  String text() {
    return "\"" + rule.host() + rule.path() + "\"";
  }
}
