package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

/** Which target group serves which load balancer: one at most, by listener or rule. */
final class Links {
  private Links() {}

  static Set<String> groupsOf(Collection<Action> actions) {
    var arns = new LinkedHashSet<String>();
    for (var action : actions) {
      if (action.targetGroupArn() != null) {
        arns.add(action.targetGroupArn());
      }
      if (action.forwardConfig() != null) {
        action.forwardConfig().targetGroups().forEach(group -> arns.add(group.targetGroupArn()));
      }
    }
    return arns;
  }

  static boolean used(TargetGroupRow group) {
    return !group.model().loadBalancerArns().isEmpty();
  }

  /** Refuses actions whose target groups cannot serve this load balancer. */
  static void check(Turn turn, LoadBalancerRow loadBalancer, Collection<Action> actions) {
    for (var arn : groupsOf(actions)) {
      var group = Find.targetGroup(turn, arn).model();
      var holders = group.loadBalancerArns();
      if (!holders.isEmpty() && !holders.contains(loadBalancer.arn())) {
        throw AwsError.refused(
            "TargetGroupAssociationLimit",
            "The following target groups cannot be associated with more than one load balancer: "
                + arn);
      }
      if (group.vpcId() != null && !group.vpcId().equals(loadBalancer.model().vpcId())) {
        throw AwsError.refused(
            "InvalidConfigurationRequest",
            "The target group '" + arn + "' is not in the VPC of the load balancer");
      }
    }
    checkCount(turn, loadBalancer, groupsOf(actions));
  }

  private static void checkCount(Turn turn, LoadBalancerRow loadBalancer, Set<String> added) {
    var all = referenced(turn, loadBalancer.arn());
    if (loadBalancer.application() && !all.containsAll(added)) {
      all.addAll(added);
      if (all.size() > turn.quota(Quota.TARGET_GROUPS_PER_ALB)) {
        throw AwsError.refused(
            "TooManyUniqueTargetGroupsPerLoadBalancer",
            "The maximum number of target groups per load balancer has been reached on '"
                + loadBalancer.arn()
                + "'");
      }
    }
  }

  /** After a change of listeners or rules: attaches and releases the groups that were touched. */
  static void settle(Turn turn, String loadBalancerArn, Set<String> touched) {
    var referenced = referenced(turn, loadBalancerArn);
    for (var arn : touched) {
      var row = turn.region().targetGroups.find(arn);
      if (row.isPresent()) {
        settle(turn, loadBalancerArn, row.get(), referenced.contains(arn));
      }
    }
  }

  private static void settle(
      Turn turn, String loadBalancerArn, TargetGroupRow row, boolean referenced) {
    var linked = row.model().loadBalancerArns().contains(loadBalancerArn);
    if (linked == referenced) {
      return;
    }
    var model =
        row.model().toBuilder()
            .loadBalancerArns(referenced ? List.of(loadBalancerArn) : List.of())
            .build();
    var released = turn.now().plus(turn.times().scale(turn.times().targetGroupRelease()));
    turn.region()
        .targetGroups
        .put(
            row.arn(),
            new TargetGroupRow(
                model,
                row.attributes(),
                referenced ? turn.now() : null,
                referenced ? row.inUseUntil() : released));
  }

  private static Set<String> referenced(Turn turn, String loadBalancerArn) {
    var actions = new ArrayList<Action>();
    for (var listener : turn.region().listeners.in(loadBalancerArn)) {
      actions.addAll(listener.model().defaultActions());
      turn.region()
          .rules
          .in(listener.arn())
          .forEach(rule -> actions.addAll(rule.model().actions()));
    }
    return groupsOf(actions);
  }
}
