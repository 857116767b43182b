package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.aws.engine.Rows.CertificateRow;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.aws.engine.Rows.Tags;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.aws.engine.Rows.ZoneRow;
import dev.penstock.sandbox.aws.engine.TableView;
import dev.penstock.schemas.key.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/**
 * What AWS keeps for one account and Region, and the account's names: as it is now, or as it was
 * before some changes.
 */
record Estate(
    Scope home,
    TableView<LoadBalancerRow> loadBalancers,
    TableView<ListenerRow> listeners,
    TableView<RuleRow> rules,
    TableView<TargetGroupRow> targetGroups,
    TableView<TargetRow> targets,
    TableView<Tags> tags,
    TableView<SecurityGroup> securityGroups,
    TableView<SecurityGroupRule> securityGroupRules,
    TableView<CertificateRow> certificates,
    TableView<ZoneRow> zones,
    TableView<RecordRow> records) {
  static final String LOAD_BALANCERS = "loadBalancers";
  static final String LISTENERS = "listeners";
  static final String RULES = "rules";
  static final String TARGET_GROUPS = "targetGroups";
  static final String TARGETS = "targets";
  static final String TAGS = "tags";
  static final String SECURITY_GROUPS = "securityGroups";
  static final String SECURITY_GROUP_RULES = "securityGroupRules";
  static final String ZONES = "hostedZones";
  static final String RECORDS = "recordSets";

  private static final String CLUSTER = "elbv2.k8s.aws/cluster";

  static Estate of(AwsSimulator aws, Scope home) {
    var here = home.toString();
    var global = Scope.global(home.account()).toString();
    return new Estate(
        home,
        aws.table(here, LOAD_BALANCERS, LoadBalancerRow.class),
        aws.table(here, LISTENERS, ListenerRow.class),
        aws.table(here, RULES, RuleRow.class),
        aws.table(here, TARGET_GROUPS, TargetGroupRow.class),
        aws.table(here, TARGETS, TargetRow.class),
        aws.table(here, TAGS, Tags.class),
        aws.table(here, SECURITY_GROUPS, SecurityGroup.class),
        aws.table(here, SECURITY_GROUP_RULES, SecurityGroupRule.class),
        aws.table(here, "certificates", CertificateRow.class),
        aws.table(global, ZONES, ZoneRow.class),
        aws.table(global, RECORDS, RecordRow.class));
  }

  /** As it was before these changes, the latest of all. */
  Estate before(List<RowChange> changes) {
    return new Estate(
        home,
        Before.of(loadBalancers, LoadBalancerRow.class, LOAD_BALANCERS, changes, _ -> ""),
        Before.of(listeners, ListenerRow.class, LISTENERS, changes, ListenerRow::loadBalancerArn),
        Before.of(rules, RuleRow.class, RULES, changes, RuleRow::listenerArn),
        Before.of(targetGroups, TargetGroupRow.class, TARGET_GROUPS, changes, _ -> ""),
        Before.of(targets, TargetRow.class, TARGETS, changes, TargetRow::groupArn),
        Before.of(tags, Tags.class, TAGS, changes, _ -> ""),
        Before.of(securityGroups, SecurityGroup.class, SECURITY_GROUPS, changes, _ -> ""),
        Before.of(
            securityGroupRules,
            SecurityGroupRule.class,
            SECURITY_GROUP_RULES,
            changes,
            SecurityGroupRule::groupId),
        certificates,
        zones,
        Before.of(records, RecordRow.class, RECORDS, changes, RecordRow::zoneId));
  }

  /** Whether there is a thing that a call can make by itself, by the name of its table. */
  boolean has(String kind, String key) {
    return switch (kind) {
      case LOAD_BALANCERS -> loadBalancers.has(key);
      case TARGET_GROUPS -> targetGroups.has(key);
      case LISTENERS -> listeners.has(key);
      case RULES -> rules.has(key);
      case SECURITY_GROUPS -> securityGroups.has(key);
      default -> throw new IllegalArgumentException("nothing of " + kind + " is made by itself");
    };
  }

  /** Of an ARN of Elastic Load Balancing, or of a security group by its id. */
  Map<String, String> tagsOf(String id) {
    if (!id.startsWith("sg-")) {
      return tags.find(id).orElse(Tags.NONE).values();
    }
    var values = new TreeMap<String, String>();
    securityGroups
        .find(id)
        .ifPresent(group -> group.tags().forEach(tag -> values.put(tag.key(), tag.value())));
    return values;
  }

  /** The names at which ACM looks before it issues a certificate that one of the clusters made. */
  Set<String> validationNames() {
    return certificates.all().stream()
        .filter(row -> row.tags().containsKey(CLUSTER))
        .flatMap(row -> row.model().domainValidationOptions().stream())
        .map(option -> option.resourceRecord().name())
        .collect(Collectors.toSet());
  }

  /** The cluster whose mark is on the resource, or an empty text. */
  String clusterOf(String arn) {
    var tagged = tagsOf(arn);
    return tagged.getOrDefault(CLUSTER, tagged.getOrDefault("ingress.k8s.aws/cluster", ""));
  }

  /** The group whose load balancer or target group it is, or an empty text. */
  String stackOf(String arn) {
    return tagsOf(arn).getOrDefault("ingress.k8s.aws/stack", "");
  }

  /** The resource id in a group (LBC 4.3), without the number of a replacement. */
  String resourceOf(String arn) {
    return tagsOf(arn).getOrDefault("ingress.k8s.aws/resource", "").replaceFirst("@\\d+$", "");
  }

  /** Targets that AWS has and that are not on their way out. */
  List<TargetRow> registered(String groupArn) {
    return targets.in(groupArn).stream().filter(row -> row.drainedAt() == null).toList();
  }
}
