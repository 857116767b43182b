package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TransformTypeEnum;

/** Rules: creating is not idempotent, priorities move all at once, the default rule stays. */
public final class Rules implements Operations.Family {
  private static final int LARGEST_PRIORITY = 50_000;

  @Override
  public void register(Operations operations) {
    operations.on(CreateRuleRequest.class, this::create);
    operations.on(DescribeRulesRequest.class, this::describe);
    operations.on(ModifyRuleRequest.class, this::modify);
    operations.on(SetRulePrioritiesRequest.class, this::setPriorities);
    operations.on(DeleteRuleRequest.class, this::delete);
  }

  private SdkResponse create(Turn turn, CreateRuleRequest request) {
    var listener = Find.listener(turn, request.listenerArn());
    var loadBalancer = Find.loadBalancer(turn, listener.loadBalancerArn());
    ElbTags.check(turn, request.tags());
    var priority = checkPriority(request.priority());
    checkTransforms(request.transforms());
    var conditions = Conditions.accepted(turn, request.conditions());
    var actions =
        Actions.accepted(
            turn, loadBalancer, listener.model().protocolAsString(), request.actions(), List.of());
    for (var rule : turn.region().rules.in(listener.arn())) {
      if (rule.order() == priority) {
        throw inUse(priority);
      }
    }
    checkQuota(turn, loadBalancer);
    var arn = listener.arn().replace(":listener/", ":listener-rule/") + "/" + turn.ids().hex(16);
    var rule =
        Rule.builder()
            .ruleArn(arn)
            .priority(String.valueOf(priority))
            .conditions(conditions)
            .actions(actions)
            .isDefault(false)
            .transforms(request.transforms())
            .build();
    turn.region().rules.put(arn, new RuleRow(listener.arn(), rule));
    ElbTags.put(turn, arn, request.tags());
    Links.settle(turn, loadBalancer.arn(), Links.groupsOf(actions));
    return CreateRuleResponse.builder().rules(rule).build();
  }

  private static int checkPriority(Integer priority) {
    if (priority == null || priority < 1 || priority > LARGEST_PRIORITY) {
      throw AwsError.invalid("Rule priority '" + priority + "' must be within the range [1,50000]");
    }
    return priority;
  }

  private static void checkTransforms(List<RuleTransform> transforms) {
    for (var type : TransformTypeEnum.knownValues()) {
      if (transforms.stream().filter(t -> t.type() == type).count() > 1) {
        throw AwsError.invalid("A rule can have only one transform of type '" + type + "'");
      }
    }
  }

  private static AwsError inUse(int priority) {
    return AwsError.refused("PriorityInUse", "Priority '" + priority + "' is currently in use");
  }

  private static void checkQuota(Turn turn, LoadBalancerRow loadBalancer) {
    var held =
        turn.region().listeners.in(loadBalancer.arn()).stream()
            .mapToInt(listener -> turn.region().rules.in(listener.arn()).size() - 1)
            .sum();
    if (held >= turn.quota(Quota.RULES_PER_ALB)) {
      throw AwsError.refused(
          "TooManyRules",
          "The maximum number of rules has been reached on load balancer '"
              + loadBalancer.arn()
              + "'");
    }
  }

  private SdkResponse describe(Turn turn, DescribeRulesRequest request) {
    var byArn = request.ruleArns();
    if ((request.listenerArn() == null) == byArn.isEmpty()) {
      throw AwsError.invalid("You must specify either listener rule ARNs or a listener ARN");
    }
    List<RuleRow> rows =
        byArn.isEmpty()
            ? turn.region().rules.in(Find.listener(turn, request.listenerArn()).arn())
            : Find.rules(turn, byArn);
    var sorted = rows.stream().sorted(Comparator.comparingInt(RuleRow::order)).toList();
    var page =
        Pages.of(
            sorted,
            row -> row.model().ruleArn(),
            request.marker(),
            Limits.elbPage(turn, request.pageSize()));
    return DescribeRulesResponse.builder()
        .rules(page.items().stream().map(RuleRow::model).toList())
        .nextMarker(page.next())
        .build();
  }

  private SdkResponse modify(Turn turn, ModifyRuleRequest request) {
    var row = Find.rule(turn, request.ruleArn());
    refuseDefault(row);
    var listener = Find.listener(turn, row.listenerArn());
    var loadBalancer = Find.loadBalancer(turn, listener.loadBalancerArn());
    var is = row.model();
    var model = is.toBuilder();
    if (request.hasConditions()) {
      model.conditions(Conditions.accepted(turn, request.conditions()));
    }
    if (request.hasActions()) {
      model.actions(
          Actions.accepted(
              turn,
              loadBalancer,
              listener.model().protocolAsString(),
              request.actions(),
              is.actions()));
    }
    var reset = Boolean.TRUE.equals(request.resetTransforms());
    if (reset && request.hasTransforms()) {
      throw AwsError.invalid("Transforms cannot be specified and reset in one request");
    }
    if (reset || request.hasTransforms()) {
      checkTransforms(request.transforms());
      model.transforms(request.transforms());
    }
    var changed = model.build();
    turn.region().rules.put(is.ruleArn(), new RuleRow(row.listenerArn(), changed));
    var touched = new LinkedHashSet<>(Links.groupsOf(is.actions()));
    touched.addAll(Links.groupsOf(changed.actions()));
    Links.settle(turn, loadBalancer.arn(), touched);
    return ModifyRuleResponse.builder().rules(changed).build();
  }

  private static void refuseDefault(RuleRow row) {
    if (row.model().isDefault()) {
      throw AwsError.refused(
          "OperationNotPermitted",
          "Default rule '" + row.model().ruleArn() + "' cannot be modified or deleted");
    }
  }

  /** Judged by the final order, so that rules can change places. */
  private SdkResponse setPriorities(Turn turn, SetRulePrioritiesRequest request) {
    if (request.rulePriorities().isEmpty()) {
      throw AwsError.invalid("At least one rule priority must be specified");
    }
    var wanted = new LinkedHashMap<String, Integer>();
    for (var pair : request.rulePriorities()) {
      refuseDefault(Find.rule(turn, pair.ruleArn()));
      if (wanted.put(pair.ruleArn(), checkPriority(pair.priority())) != null) {
        throw AwsError.invalid("Rule '" + pair.ruleArn() + "' is specified more than once");
      }
    }
    var listeners = new LinkedHashSet<String>();
    wanted.forEach((arn, priority) -> {
      var row = Find.rule(turn, arn);
      listeners.add(row.listenerArn());
      var moved = row.model().toBuilder().priority(String.valueOf(priority)).build();
      turn.region().rules.put(arn, new RuleRow(row.listenerArn(), moved));
    });
    for (var listener : listeners) {
      checkUnique(turn, Find.listener(turn, listener));
    }
    return SetRulePrioritiesResponse.builder()
        .rules(wanted.keySet().stream().map(arn -> Find.rule(turn, arn).model()).toList())
        .build();
  }

  private static void checkUnique(Turn turn, ListenerRow listener) {
    var seen = new LinkedHashSet<Integer>();
    for (var rule : turn.region().rules.in(listener.arn())) {
      if (!seen.add(rule.order())) {
        throw inUse(rule.order());
      }
    }
  }

  private SdkResponse delete(Turn turn, DeleteRuleRequest request) {
    var row = Find.rule(turn, request.ruleArn());
    refuseDefault(row);
    var listener = Find.listener(turn, row.listenerArn());
    turn.region().rules.remove(request.ruleArn());
    turn.region().tags.remove(request.ruleArn());
    Links.settle(turn, listener.loadBalancerArn(), Links.groupsOf(row.model().actions()));
    return DeleteRuleResponse.builder().build();
  }
}
