package dev.penstock.sandbox.conformance.story;

import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.schemas.key.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * The names that a story uses in place of ids: {@code lb/NAME}, {@code tg/NAME}, {@code
 * listener/NAME:PORT}, {@code rule/NAME:PORT/PRIORITY}; with {@code ~2} and so on for what was made
 * later under a name that was there before. A security group is {@code sg/NAME}.
 */
final class StoryNames {
  private static final Pattern AGAIN = Pattern.compile("~\\d+$");

  private final ElasticLoadBalancingV2Client elb;
  private final Ec2Client ec2;
  private final AwsSimulator aws;
  private final Scope home;
  private final List<String> inventory;
  private final Map<String, String> byArn = new LinkedHashMap<>();
  private final Map<String, String> places = new HashMap<>();
  private final Map<String, String> hosts = new HashMap<>();
  private final Map<String, Integer> used = new HashMap<>();

  StoryNames(AwsSimulator aws, Scope home, List<String> inventory) {
    var caller = Caller.of(home.account(), home.region(), "looker");
    this.elb = aws.client(ElasticLoadBalancingV2Client.class, caller);
    this.ec2 = aws.client(Ec2Client.class, caller);
    this.aws = aws;
    this.home = home;
    this.inventory = List.copyOf(inventory);
  }

  /** The name without what tells a later thing of that name from an earlier one. */
  static String first(String name) {
    return AGAIN.matcher(name).replaceFirst("");
  }

  /** The name without its kind. */
  static String bare(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  ElasticLoadBalancingV2Client elb() {
    return elb;
  }

  Ec2Client ec2() {
    return ec2;
  }

  /** Takes notice of everything that is there now, without a call. */
  void look() {
    for (var row : table("loadBalancers", LoadBalancerRow.class)) {
      var balancer = row.model();
      learn(row.arn(), "lb/" + balancer.loadBalancerName());
      hosts.put(balancer.dnsName(), "dns of " + of(row.arn()));
      places.put(row.arn(), of(row.arn()).substring("lb/".length()));
    }
    for (var row : table("listeners", ListenerRow.class)) {
      var place = places.getOrDefault(row.loadBalancerArn(), "") + ":" + row.model().port();
      learn(row.arn(), "listener/" + place);
      places.put(row.arn(), place);
    }
    for (var row : table("rules", RuleRow.class)) {
      var place = places.getOrDefault(row.listenerArn(), "");
      learn(row.model().ruleArn(), "rule/" + place + "/" + row.model().priority());
    }
    for (var row : table("targetGroups", TargetGroupRow.class)) {
      learn(row.arn(), "tg/" + row.model().targetGroupName());
    }
    for (var group : table("securityGroups", SecurityGroup.class)) {
      if (!inventory.contains(group.groupId())) {
        byArn.put(group.groupId(), "sg/" + group.groupName());
      }
    }
  }

  private <V> Collection<V> table(String kind, Class<V> type) {
    return aws.table(home.account() + "/" + home.region(), kind, type).all();
  }

  /** From now on this thing has the name, whoever had one like it before. */
  void call(String id, String name) {
    byArn.put(id, name);
  }

  private void learn(String arn, String name) {
    if (!byArn.containsKey(arn)) {
      int number = used.merge(name, 1, Integer::sum);
      byArn.put(arn, number == 1 ? name : name + "~" + number);
    }
  }

  /** The name of an id; ids of the inventory stand for themselves. */
  String of(String id) {
    return byArn.getOrDefault(id, id);
  }

  /** Whose DNS name it is or was. */
  String host(String dnsName) {
    return hosts.getOrDefault(dnsName, dnsName);
  }

  /** The id behind a name, of the newest thing that has it now. */
  String id(String name) {
    var plain = name.startsWith("sg-created-") ? created(name) : Optional.of(name);
    return plain
        .flatMap(known ->
            byArn.entrySet().stream()
                .filter(e -> e.getValue().equals(known))
                .map(Map.Entry::getKey)
                .reduce((_, later) -> later))
        .orElse(name);
  }

  /** LBC's groups are numbered in the order of their making. */
  private Optional<String> created(String name) {
    int number = Integer.parseInt(name.substring("sg-created-".length()));
    var made = new ArrayList<String>();
    byArn.values().stream().filter(n -> n.startsWith("sg/")).forEach(made::add);
    return number <= made.size() ? Optional.of(made.get(number - 1)) : Optional.empty();
  }

  boolean isInventory(String groupId) {
    return inventory.contains(groupId);
  }
}
