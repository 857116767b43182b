package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.aws.Transform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;

/** Listener rules. The default rule is no rule: it is the listener's default actions. */
public final class ListenerRules {
  private ListenerRules() {}

  public static CreateRuleRequest create(ListenerRuleSpec spec) {
    var request =
        CreateRuleRequest.builder()
            .listenerArn(Links.id(spec.listener()))
            .priority(spec.priority())
            .conditions(Conditions.write(spec.conditions()))
            .actions(Actions.write(spec.actions()))
            .tags(Tags.elb(spec.tags()));
    if (!spec.transforms().isEmpty()) {
      request.transforms(Transforms.write(spec.transforms()));
    }
    return request.build();
  }

  public static List<RuleCondition> conditions(
      List<dev.penstock.schemas.aws.RuleCondition> conditions) {
    return Conditions.write(conditions);
  }

  /** Neither conditions nor their values have an order (AWS API 1.1.4). */
  public static boolean sameConditions(
      List<dev.penstock.schemas.aws.RuleCondition> one,
      List<dev.penstock.schemas.aws.RuleCondition> other) {
    return Conditions.normal(one).equals(Conditions.normal(other));
  }

  public static List<RuleTransform> transforms(List<Transform> transforms) {
    return Transforms.write(transforms);
  }

  /** Empty for the default rule. */
  public static Optional<LiveListenerRule> live(
      Rule rule, String listenerArn, Map<String, String> tags) {
    if (Boolean.TRUE.equals(rule.isDefault()) || "default".equals(rule.priority())) {
      return Optional.empty();
    }
    var spec =
        new ListenerRuleSpec(
            new Link.Known(listenerArn),
            Integer.parseInt(Text.of(rule.priority())),
            Conditions.read(rule.conditions()),
            Actions.read(rule.actions()),
            Transforms.read(rule.transforms()),
            new TreeMap<>(tags));
    return Optional.of(new LiveListenerRule(rule.ruleArn(), spec));
  }

  /**
   * {@code …:listener/app/name/lb/listener} of {@code …:listener-rule/app/name/lb/listener/rule}.
   */
  public static String listenerArn(String ruleArn) {
    return ruleArn
        .substring(0, ruleArn.lastIndexOf('/'))
        .replaceFirst(":listener-rule/", ":listener/");
  }
}
