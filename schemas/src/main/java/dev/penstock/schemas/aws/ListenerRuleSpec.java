package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;

/** A listener rule with the priority that it holds or shall hold (1–50000). */
public record ListenerRuleSpec(
    Link listener,
    int priority,
    List<RuleCondition> conditions,
    List<Action> actions,
    List<Transform> transforms,
    Map<String, String> tags)
    implements ResourceSpec {

  public ListenerRuleSpec withTags(Map<String, String> changed) {
    return new ListenerRuleSpec(listener, priority, conditions, actions, transforms, changed);
  }

  public ListenerRuleSpec withPriority(int changed) {
    return new ListenerRuleSpec(listener, changed, conditions, actions, transforms, tags);
  }
}
