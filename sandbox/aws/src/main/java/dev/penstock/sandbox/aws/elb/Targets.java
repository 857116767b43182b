package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.ec2.Cidr;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.Fold;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Targets: known by id and port; registering again ends draining, deregistering the gone is fine.
 */
public final class Targets implements Operations.Family {
  private static final List<Cidr> PRIVATE =
      List.of(
          Cidr.parse("10.0.0.0/8"),
          Cidr.parse("100.64.0.0/10"),
          Cidr.parse("172.16.0.0/12"),
          Cidr.parse("192.168.0.0/16"));

  @Override
  public void register(Operations operations) {
    operations.on(RegisterTargetsRequest.class, this::registerTargets);
    operations.on(DeregisterTargetsRequest.class, this::deregister);
    operations.on(DescribeTargetHealthRequest.class, this::describe);
  }

  private SdkResponse registerTargets(Turn turn, RegisterTargetsRequest request) {
    var group = Find.targetGroup(turn, request.targetGroupArn());
    if (request.targets().isEmpty()) {
      throw AwsError.invalid("At least one target must be specified");
    }
    forgetDrained(turn, group);
    var added = new LinkedHashMap<String, TargetRow>();
    for (var given : request.targets()) {
      var target = withPort(group, given);
      var key = TargetRow.key(group.arn(), target);
      var held = turn.region().targets.find(key).filter(row -> row.drainedAt() == null);
      var zone = zone(turn, group, target);
      QuicServers.check(turn, group, target, held);
      if (held.isEmpty()) {
        added.put(key, new TargetRow(group.arn(), target, zone, turn.now(), null, Fold.NONE));
      }
    }
    added.forEach(turn.region().targets::put);
    if (!added.isEmpty()) {
      checkQuotas(turn, group);
    }
    return RegisterTargetsResponse.builder().build();
  }

  private static TargetDescription withPort(TargetGroupRow group, TargetDescription given) {
    if (given.id() == null || given.id().isEmpty()) {
      throw AwsError.invalid("A target ID must be specified");
    }
    var lambda = group.model().targetTypeAsString().equals("lambda");
    return given.port() == null && !lambda
        ? given.toBuilder().port(group.model().port()).build()
        : given;
  }

  private static void checkQuotas(Turn turn, TargetGroupRow group) {
    var inGroup =
        turn.region().targets.in(group.arn()).stream().filter(row -> row.drainedAt() == null);
    var count = inGroup.count();
    var alb = group.model().targetTypeAsString().equals("alb");
    var limit = alb ? 1 : turn.quota(Quota.TARGETS_PER_TARGET_GROUP);
    if (count > limit) {
      throw tooMany("target group", limit, group.arn());
    }
    for (var arn : group.model().loadBalancerArns()) {
      var application = Find.loadBalancer(turn, arn).application();
      var most = turn.quota(application ? Quota.TARGETS_PER_ALB : Quota.TARGETS_PER_NLB);
      var all =
          turn.region().targetGroups.all().stream()
              .filter(row -> row.model().loadBalancerArns().contains(arn))
              .mapToLong(row -> registered(turn, row.arn()))
              .sum();
      if (all > most) {
        throw tooMany("load balancer", most, arn);
      }
    }
  }

  private static long registered(Turn turn, String groupArn) {
    return turn.region().targets.in(groupArn).stream()
        .filter(row -> row.drainedAt() == null)
        .count();
  }

  private static AwsError tooMany(String what, int limit, String arn) {
    return AwsError.refused(
        "TooManyTargets",
        "The maximum number of targets per "
            + what
            + " '"
            + limit
            + "' has been reached on '"
            + arn
            + "'");
  }

  /** The Availability Zone of a target that may be registered, empty where it has none. */
  private static String zone(Turn turn, TargetGroupRow group, TargetDescription target) {
    return switch (group.model().targetTypeAsString()) {
      case "instance" -> zoneOfInstance(turn, group, target);
      case "ip" -> zoneOfAddress(turn, group, target);
      case "alb" -> zoneOfLoadBalancer(turn, target);
      default -> "all";
    };
  }

  private static String zoneOfInstance(Turn turn, TargetGroupRow group, TargetDescription target) {
    var instance = turn.region().instances.find(target.id());
    if (instance.isEmpty()) {
      throw invalidTarget("The following targets are not valid: '" + target.id() + "'");
    }
    if (!instance.get().vpcId().equals(group.model().vpcId())) {
      throw invalidTarget(
          "The following targets are not in the target group VPC '"
              + group.model().vpcId()
              + "': '"
              + target.id()
              + "'");
    }
    if (instance.get().state().name() != InstanceStateName.RUNNING) {
      throw invalidTarget(
          "The following targets are not in a running state and cannot be registered: '"
              + target.id()
              + "'");
    }
    return instance.get().placement().availabilityZone();
  }

  private static String zoneOfAddress(Turn turn, TargetGroupRow group, TargetDescription target) {
    var ip = target.id();
    var family = ip.contains(":") ? "ipv6" : "ipv4";
    if (Cidr.tryParse(ip + "/0").isEmpty()
        || !family.equals(group.model().ipAddressTypeAsString())) {
      throw AwsError.invalid("The IP address '" + ip + "' is not a valid " + family + " address");
    }
    if (insideVpc(turn, group.model().vpcId(), ip)) {
      var subnet = subnetOf(turn, group.model().vpcId(), ip);
      return subnet == null ? "" : subnet.availabilityZone();
    }
    if (PRIVATE.stream().noneMatch(range -> range.contains(ip))) {
      throw invalidTarget("The IP address '" + ip + "' is not within the VPC");
    }
    if (!"all".equals(target.availabilityZone())) {
      throw AwsError.invalid(
          "If the IP address is outside the VPC, you must specify an Availability Zone: '"
              + ip
              + "'");
    }
    return "all";
  }

  private static boolean insideVpc(Turn turn, String vpcId, String ip) {
    var vpc = turn.region().vpcs.find(vpcId).orElseThrow();
    return vpc.cidrBlockAssociationSet().stream()
            .anyMatch(block -> Cidr.parse(block.cidrBlock()).contains(ip))
        || vpc.ipv6CidrBlockAssociationSet().stream()
            .anyMatch(block -> Cidr.parse(block.ipv6CidrBlock()).contains(ip));
  }

  private static @Nullable Subnet subnetOf(Turn turn, String vpcId, String ip) {
    for (var subnet : turn.region().subnets.all()) {
      var ipv4 = Cidr.parse(subnet.cidrBlock()).contains(ip);
      var ipv6 =
          subnet.ipv6CidrBlockAssociationSet().stream()
              .anyMatch(block -> Cidr.parse(block.ipv6CidrBlock()).contains(ip));
      if (vpcId.equals(subnet.vpcId()) && (ipv4 || ipv6)) {
        return subnet;
      }
    }
    return null;
  }

  private static String zoneOfLoadBalancer(Turn turn, TargetDescription target) {
    var alb = turn.region().loadBalancers.find(target.id());
    if (alb.isEmpty() || !alb.get().application()) {
      throw invalidTarget("The target '" + target.id() + "' is not an Application Load Balancer");
    }
    var listens =
        turn.region().listeners.in(target.id()).stream()
            .anyMatch(listener -> listener.model().port().equals(target.port()));
    if (!listens) {
      throw invalidTarget(
          "The target '" + target.id() + "' has no listener on port " + target.port());
    }
    return "all";
  }

  private static AwsError invalidTarget(String message) {
    return AwsError.refused("InvalidTarget", message);
  }

  private SdkResponse deregister(Turn turn, DeregisterTargetsRequest request) {
    var group = Find.targetGroup(turn, request.targetGroupArn());
    if (request.targets().isEmpty()) {
      throw AwsError.invalid("At least one target must be specified");
    }
    forgetDrained(turn, group);
    var delay =
        turn.times()
            .seconds(
                Long.parseLong(
                    group.attributes().getOrDefault("deregistration_delay.timeout_seconds", "0")));
    for (var given : request.targets()) {
      var key = TargetRow.key(group.arn(), withPort(group, given));
      var held = turn.region().targets.find(key).filter(row -> row.drainedAt() == null);
      if (held.isPresent() && delay.isZero()) {
        turn.region().targets.remove(key);
      } else if (held.isPresent()) {
        var row = held.get();
        turn.region()
            .targets
            .put(
                key,
                new TargetRow(
                    row.groupArn(),
                    row.model(),
                    row.zone(),
                    row.registeredAt(),
                    turn.now().plus(delay),
                    row.fold()));
      }
    }
    return DeregisterTargetsResponse.builder().build();
  }

  private static void forgetDrained(Turn turn, TargetGroupRow group) {
    for (var row : turn.region().targets.in(group.arn())) {
      if (row.drainedAt() != null && !row.drainedAt().isAfter(turn.now())) {
        turn.region().targets.remove(TargetRow.key(group.arn(), row.model()));
      }
    }
  }

  private SdkResponse describe(Turn turn, DescribeTargetHealthRequest request) {
    var group = Find.targetGroup(turn, request.targetGroupArn());
    var wanted = new LinkedHashSet<String>();
    request
        .targets()
        .forEach(given -> wanted.add(TargetRow.key(group.arn(), withPort(group, given))));
    var shown = new ArrayList<TargetHealthDescription>();
    for (var row : turn.region().targets.in(group.arn())) {
      var key = TargetRow.key(group.arn(), row.model());
      if ((wanted.isEmpty() || wanted.contains(key)) && exists(turn, row)) {
        shown.add(HealthChecks.describe(turn, group, row));
      }
    }
    for (var given : request.targets()) {
      var target = withPort(group, given);
      var row = turn.region().targets.find(TargetRow.key(group.arn(), target));
      if (row.isEmpty() || !exists(turn, row.get())) {
        shown.add(HealthChecks.notRegistered(target));
      }
    }
    return DescribeTargetHealthResponse.builder().targetHealthDescriptions(shown).build();
  }

  private static boolean exists(Turn turn, TargetRow row) {
    return row.drainedAt() == null || row.drainedAt().isAfter(turn.now());
  }
}
