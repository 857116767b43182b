package dev.penstock.appliers.elbv2;

import dev.penstock.appliers.ClientSecrets;
import dev.penstock.appliers.Execution;
import dev.penstock.appliers.Ownership;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Actions;
import dev.penstock.edges.aws.types.Links;
import dev.penstock.edges.aws.types.ListenerRules;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation.ResourceFound;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;

/**
 * Listener rules. CreateRule is not idempotent (AWS API finding 4): after a lost answer or
 * PriorityInUse the rule that holds the priority is compared with ours, tags included.
 */
public final class ListenerRuleExecutor {
  private static final List<Aspect> ALL =
      List.of(Aspect.CORE, Aspect.CONDITIONS, Aspect.DEFAULT_ACTIONS, Aspect.PRIORITY, Aspect.TAGS);
  private static final List<Aspect> DESCRIBED =
      List.of(Aspect.CORE, Aspect.CONDITIONS, Aspect.DEFAULT_ACTIONS, Aspect.PRIORITY);
  private static final int MOST_PAGES = 50;

  private final Execution execution;
  private final ActionWriter actions;

  public ListenerRuleExecutor(Execution execution, ClientSecrets secrets) {
    this.execution = execution;
    this.actions = new ActionWriter(execution, secrets);
  }

  public Result create(ListenerRuleSpec desired) throws CallFailed, Halted, InterruptedException {
    CallFailed failed;
    try {
      return created(desired);
    } catch (CallFailed first) {
      failed = first;
    }
    if (failed.answered() && !failed.code().equals("PriorityInUse")) {
      throw failed;
    }
    var holder = holder(desired);
    if (holder.isEmpty() && !failed.answered()) {
      return created(desired);
    }
    if (holder.isEmpty()) {
      throw failed;
    }
    var live = holder.get();
    var tags = Ownership.tags(execution, live.id());
    if (!same(desired, live) || !Ownership.ours(desired.tags(), tags)) {
      throw failed;
    }
    saw(new LiveListenerRule(live.id(), live.spec().withTags(tags)), ALL);
    return new Result.Applied();
  }

  private Result created(ListenerRuleSpec desired) throws CallFailed, Halted, InterruptedException {
    var request =
        ListenerRules.create(desired).toBuilder()
            .actions(actions.write(desired.actions(), List.of()))
            .build();
    var answer = execution.call(request, CreateRuleResponse.class, Repeat.ONCE);
    var arn = Links.id(desired.listener());
    ListenerRules.live(answer.rules().getFirst(), arn, desired.tags())
        .ifPresent(live -> saw(live, ALL));
    return new Result.Applied();
  }

  /** The rule that has our priority. */
  private Optional<LiveListenerRule> holder(ListenerRuleSpec desired)
      throws CallFailed, Halted, InterruptedException {
    var arn = Links.id(desired.listener());
    var request = DescribeRulesRequest.builder().listenerArn(arn).pageSize(400).build();
    for (var page = 0; page < MOST_PAGES; page++) {
      var answer = execution.call(request, DescribeRulesResponse.class, Repeat.AWAITING);
      for (Rule rule : answer.rules()) {
        var live = ListenerRules.live(rule, arn, Map.of());
        if (live.isPresent() && live.get().spec().priority() == desired.priority()) {
          return live;
        }
      }
      if (answer.nextMarker() == null) {
        return Optional.empty();
      }
      request = request.toBuilder().marker(answer.nextMarker()).build();
    }
    return Optional.empty();
  }

  private static boolean same(ListenerRuleSpec desired, LiveListenerRule live) {
    var spec = live.spec();
    return ListenerRules.sameConditions(spec.conditions(), desired.conditions())
        && Actions.normal(spec.actions()).equals(Actions.normal(desired.actions()))
        && spec.transforms().equals(desired.transforms());
  }

  public Result update(LiveListenerRule observed, ListenerRuleSpec desired, List<Aspect> aspects)
      throws CallFailed, Halted, InterruptedException {
    var spec = observed.spec();
    var modify = modification(observed, desired, aspects);
    if (modify.isPresent()) {
      execution.call(modify.get(), ModifyRuleResponse.class, Repeat.AWAITING);
    }
    if (aspects.contains(Aspect.PRIORITY) && spec.priority() != desired.priority()) {
      move(Map.of(observed.id(), desired.priority()));
    }
    if (aspects.contains(Aspect.TAGS)) {
      TagWrites.write(execution, observed.id(), spec.tags(), desired.tags());
    }
    var body = aspects.contains(Aspect.CONDITIONS) ? desired : spec;
    var now =
        new ListenerRuleSpec(
            spec.listener(),
            (aspects.contains(Aspect.PRIORITY) ? desired : spec).priority(),
            body.conditions(),
            Actions.normal(body.actions()),
            body.transforms(),
            (aspects.contains(Aspect.TAGS) ? desired : spec).tags());
    saw(new LiveListenerRule(observed.id(), now), aspects);
    return new Result.Applied();
  }

  /** CONDITIONS names all that ModifyRule writes: conditions, actions and transforms. */
  private Optional<ModifyRuleRequest> modification(
      LiveListenerRule observed, ListenerRuleSpec desired, List<Aspect> aspects) throws CallFailed {
    if (!aspects.contains(Aspect.CONDITIONS)) {
      return Optional.empty();
    }
    var spec = observed.spec();
    var request = ModifyRuleRequest.builder().ruleArn(observed.id());
    var empty = request.build();
    if (!ListenerRules.sameConditions(spec.conditions(), desired.conditions())) {
      request.conditions(ListenerRules.conditions(desired.conditions()));
    }
    if (ActionWriter.holdSecrets(desired.actions())
        || !Actions.normal(spec.actions()).equals(Actions.normal(desired.actions()))) {
      request.actions(actions.write(desired.actions(), spec.actions()));
    }
    if (!spec.transforms().equals(desired.transforms())) {
      if (desired.transforms().isEmpty()) {
        request.resetTransforms(true);
      } else {
        request.transforms(ListenerRules.transforms(desired.transforms()));
      }
    }
    var written = request.build();
    return written.equals(empty) ? Optional.empty() : Optional.of(written);
  }

  /** Several at once: AWS judges only the final order, so swaps are allowed. */
  public Result setPriorities(String listenerArn, Map<String, Integer> priorities)
      throws CallFailed, Halted, InterruptedException {
    var answer = move(priorities);
    for (Rule rule : answer.rules()) {
      ListenerRules.live(rule, listenerArn, Map.of())
          .ifPresent(live -> execution.saw(new ResourceFound(live, Map.of(), DESCRIBED)));
    }
    return new Result.Applied();
  }

  private SetRulePrioritiesResponse move(Map<String, Integer> priorities)
      throws CallFailed, Halted, InterruptedException {
    var pairs = new ArrayList<RulePriorityPair>();
    new TreeMap<>(priorities)
        .forEach((arn, priority) ->
            pairs.add(RulePriorityPair.builder().ruleArn(arn).priority(priority).build()));
    var request = SetRulePrioritiesRequest.builder().rulePriorities(pairs).build();
    return execution.call(request, SetRulePrioritiesResponse.class, Repeat.AWAITING);
  }

  /** The missing counts as deleted. */
  public Result delete(LiveListenerRule observed) throws CallFailed, Halted, InterruptedException {
    try {
      var request = DeleteRuleRequest.builder().ruleArn(observed.id()).build();
      execution.call(request, DeleteRuleResponse.class, Repeat.SAFE);
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
    }
    execution.saw(new ResourceMissing(execution.resource()));
    return new Result.Applied();
  }

  private void saw(LiveListenerRule live, List<Aspect> aspects) {
    execution.saw(new ResourcePresent(execution.resource(), live, aspects));
  }
}
