package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Table;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks resources up and refuses in AWS's words: a list with one unknown ARN fails as a whole. */
final class Find {
  private Find() {}

  static LoadBalancerRow loadBalancer(Turn turn, String arn) {
    return one(turn.region().loadBalancers, arn, "load balancer", Find::noLoadBalancer);
  }

  static TargetGroupRow targetGroup(Turn turn, String arn) {
    return one(turn.region().targetGroups, arn, "target group", Find::noTargetGroup);
  }

  static ListenerRow listener(Turn turn, String arn) {
    return one(turn.region().listeners, arn, "listener", Find::noListener);
  }

  static RuleRow rule(Turn turn, String arn) {
    return one(turn.region().rules, arn, "rule", Find::noRule);
  }

  static List<LoadBalancerRow> loadBalancers(Turn turn, List<String> arns) {
    return all(turn.region().loadBalancers, arns, "load balancer", Find::noLoadBalancer);
  }

  static List<TargetGroupRow> targetGroups(Turn turn, List<String> arns) {
    return all(turn.region().targetGroups, arns, "target group", Find::noTargetGroup);
  }

  static List<ListenerRow> listeners(Turn turn, List<String> arns) {
    return all(turn.region().listeners, arns, "listener", Find::noListener);
  }

  static List<RuleRow> rules(Turn turn, List<String> arns) {
    return all(turn.region().rules, arns, "rule", Find::noRule);
  }

  static Optional<LoadBalancerRow> loadBalancerNamed(Turn turn, String name) {
    return turn.region().loadBalancers.all().stream()
        .filter(row -> row.model().loadBalancerName().equals(name))
        .findFirst();
  }

  static Optional<TargetGroupRow> targetGroupNamed(Turn turn, String name) {
    return turn.region().targetGroups.all().stream()
        .filter(row -> row.model().targetGroupName().equals(name))
        .findFirst();
  }

  static AwsError noLoadBalancer() {
    return AwsError.refused("LoadBalancerNotFound", "One or more load balancers not found");
  }

  static AwsError noTargetGroup() {
    return AwsError.refused("TargetGroupNotFound", "One or more target groups not found");
  }

  static AwsError noListener() {
    return AwsError.refused("ListenerNotFound", "One or more listeners not found");
  }

  static AwsError noRule() {
    return AwsError.refused("RuleNotFound", "One or more rules not found");
  }

  private static <V> List<V> all(
      Table<V> table, List<String> arns, String kind, Supplier<AwsError> missing) {
    var rows = new ArrayList<V>();
    for (var arn : arns) {
      rows.add(one(table, arn, kind, missing));
    }
    return rows;
  }

  private static <V> V one(Table<V> table, String arn, String kind, Supplier<AwsError> missing) {
    if (arn == null || !arn.startsWith("arn:")) {
      throw AwsError.invalid("'" + arn + "' is not a valid " + kind + " ARN");
    }
    return table.find(arn).orElseThrow(missing);
  }
}
