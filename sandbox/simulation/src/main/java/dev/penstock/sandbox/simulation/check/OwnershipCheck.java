package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.route53.model.ResourceRecord;

/**
 * I1: what a call of ours changes was made by a call of ours, or carried our marks before it, or is
 * the targets of a group that a TargetGroupBinding names.
 */
final class OwnershipCheck implements Check {
  private static final String NODES = "kubernetes.io/cluster/";

  private final Evidence evidence;
  private final Set<String> made = new HashSet<>();

  OwnershipCheck(Evidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I1;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    for (var change : call.changes()) {
      if (change.before().isEmpty()) {
        made.add(change.key());
      }
    }
    for (var change : call.changes()) {
      stranger(call, change)
          .ifPresent(whose -> wrong.accept(call + " changed " + change.key() + ": " + whose));
    }
  }

  /** Whose it is that the call changed, if it is not ours. */
  private Optional<String> stranger(Evidence.Call call, RowChange change) {
    return switch (change.kind()) {
      case Estate.LOAD_BALANCERS, Estate.SECURITY_GROUPS ->
          change.before().isEmpty() ? Optional.empty() : marked(call, change.key());
      case Estate.TARGET_GROUPS ->
          change.before().isEmpty() || onlyLinked(change)
              ? Optional.empty()
              : marked(call, change.key());
      case Estate.TAGS -> marked(call, change.key());
      case Estate.LISTENERS -> ofBalancer(call, change);
      case Estate.RULES -> rule(call, change);
      case Estate.TARGETS -> target(call, change);
      case Estate.SECURITY_GROUP_RULES -> permission(call, change);
      case Estate.RECORDS -> record(call, change);
      default -> Optional.empty();
    };
  }

  private Optional<String> marked(Evidence.Call call, String arn) {
    if (made.contains(arn) || evidence.managed(call.before().clusterOf(arn))) {
      return Optional.empty();
    }
    // What stands below a load balancer of ours goes with it, and may have lost its own marks.
    var below = arn.contains(":listener/") || arn.contains(":listener-rule/");
    var loose = call.before().tagsOf(arn).isEmpty() || !aimed(call);
    return below && loose && ours(call, balancerOf(arn))
        ? Optional.empty()
        : Optional.of("it is not ours, its tags are " + call.before().tagsOf(arn));
  }

  private boolean ours(Evidence.Call call, String arn) {
    return made.contains(arn) || evidence.managed(call.before().clusterOf(arn));
  }

  /** The load balancer's ARN, from that of its listener or rule. */
  private static String balancerOf(String arn) {
    var plain =
        arn.replace(":listener-rule/", ":loadbalancer/").replace(":listener/", ":loadbalancer/");
    var parts = plain.split("/");
    return String.join("/", List.of(parts).subList(0, 4));
  }

  private Optional<String> ofBalancer(Evidence.Call call, RowChange change) {
    var row = (ListenerRow) change.before().or(change::after).orElseThrow();
    return ours(call, row.loadBalancerArn())
        ? Optional.empty()
        : Optional.of("its load balancer is not ours: " + row.loadBalancerArn());
  }

  private Optional<String> rule(Evidence.Call call, RowChange change) {
    var row = (RuleRow) change.before().or(change::after).orElseThrow();
    if (!ours(call, balancerOf(row.listenerArn()))) {
      return Optional.of("its load balancer is not ours: " + row.listenerArn());
    }
    return aimed(call) && !ours(call, change.key()) && !evidence.heard().approved(call.commandId())
        ? Optional.of("somebody else put this rule on our listener")
        : Optional.empty();
  }

  /** Whether the call names rules and not what they stand on. */
  private static boolean aimed(Evidence.Call call) {
    return List.of("ModifyRule", "DeleteRule", "SetRulePriorities").contains(call.operation());
  }

  private Optional<String> target(Evidence.Call call, RowChange change) {
    var row = (TargetRow) change.before().or(change::after).orElseThrow();
    var bound = evidence.clusters().stream().anyMatch(eyes -> eyes.everBound(row.groupArn()));
    return bound || ours(call, row.groupArn())
        ? Optional.empty()
        : Optional.of("the target group is not ours and no binding names it: " + row.groupArn());
  }

  /** Rules of our own groups; on groups of a cluster's nodes those that let our groups in. */
  private Optional<String> permission(Evidence.Call call, RowChange change) {
    var rule = (SecurityGroupRule) change.before().or(change::after).orElseThrow();
    if (ours(call, rule.groupId())) {
      return Optional.empty();
    }
    var source = rule.referencedGroupInfo();
    var fromOurs = source != null && ours(call, source.groupId());
    if (change.after().isEmpty()) {
      return fromOurs || made.contains(change.key())
          ? Optional.empty()
          : Optional.of("somebody else authorized this on " + rule.groupId());
    }
    var nodes =
        evidence.clusters().stream()
            .anyMatch(
                eyes -> call.before().tagsOf(rule.groupId()).containsKey(NODES + eyes.name()));
    return nodes ? Optional.empty() : Optional.of("no group of nodes: " + rule.groupId());
  }

  private Optional<String> record(Evidence.Call call, RowChange change) {
    var row = (RecordRow) change.before().or(change::after).orElseThrow();
    var set = row.model();
    if (change.before().isEmpty() || made.contains(change.key())) {
      return Optional.empty();
    }
    var txt =
        set.typeAsString().equals("TXT")
            ? set.resourceRecords().stream().map(ResourceRecord::value).toList()
            : ownership(call.before(), row);
    return txt.stream().anyMatch(this::ownedByUs)
        ? Optional.empty()
        : Optional.of("no ownership record of ours stands beside it, but " + txt);
  }

  private boolean ownedByUs(String txt) {
    var owner = evidence.sight().fleet().settings().dns().txtOwnerId();
    return txt.contains("heritage=external-dns,external-dns/owner=" + owner + ",");
  }

  /** The TXT records of {@code type-name} and of the bare name. */
  private static List<String> ownership(Estate before, RecordRow row) {
    var name = row.model().name();
    var typed = row.model().typeAsString().toLowerCase(java.util.Locale.ROOT) + "-" + name;
    return before.records().in(row.zoneId()).stream()
        .map(RecordRow::model)
        .filter(set -> set.typeAsString().equals("TXT"))
        .filter(set -> List.of(name, typed, "cname-" + name).contains(set.name()))
        .flatMap(set -> set.resourceRecords().stream())
        .map(ResourceRecord::value)
        .toList();
  }

  /** Whether only AWS's own note of who uses the group changed. */
  private static boolean onlyLinked(RowChange change) {
    if (change.after().isEmpty()) {
      return false;
    }
    var before = (TargetGroupRow) change.before().orElseThrow();
    var after = (TargetGroupRow) change.after().get();
    return before.attributes().equals(after.attributes())
        && before.model().toBuilder()
            .loadBalancerArns(List.of())
            .build()
            .equals(after.model().toBuilder().loadBalancerArns(List.of()).build());
  }
}
