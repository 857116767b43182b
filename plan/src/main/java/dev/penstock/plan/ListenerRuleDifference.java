package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;

/**
 * Rules (LBC 6.2). CONDITIONS stands for all that ModifyRule writes: conditions, actions and
 * transforms.
 */
final class ListenerRuleDifference {
  private ListenerRuleDifference() {}

  static Comparison of(
      ResourceKey key,
      ListenerRuleSpec want,
      LiveListenerRule live,
      List<String> memory,
      Ownership ownership) {
    var have = live.spec();
    var tags = Comparison.tags(key, want.tags(), ownership);
    var touched = Comparison.tags(key, have.tags(), ownership);
    return new Comparison.Collector()
        .fixed("the listener", Order.id(want.listener()), Order.id(have.listener()))
        .aspect(
            Aspect.CONDITIONS,
            !NormalConditions.of(want.conditions()).equals(NormalConditions.of(have.conditions()))
                || NormalActions.differ(want.actions(), have.actions(), memory)
                || !want.transforms().equals(have.transforms()))
        .aspect(Aspect.PRIORITY, want.priority() != have.priority())
        .aspect(Aspect.TAGS, !tags.equals(touched))
        .of(new LiveListenerRule(live.id(), have.withTags(touched)), want.withTags(tags));
  }
}
