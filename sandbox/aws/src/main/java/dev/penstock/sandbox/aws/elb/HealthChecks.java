package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.TargetProbe.Check;
import dev.penstock.sandbox.aws.TargetProbe.Reply;
import dev.penstock.sandbox.aws.engine.Rows.Fold;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * The health of targets, a function of the clock and of what the probe answers:
 *
 * <pre>
 *  not attached ──► unused
 *  attached     ──► initial (registering) ──► initial (checking) ──► healthy ◄──► unhealthy
 *  deregistered ──► draining ──► gone
 * </pre>
 *
 * Checks happen at fixed moments after registration; asking folds in those that are due.
 */
public final class HealthChecks {
  /** More missed checks than this cannot matter: thresholds are 10 at most. */
  private static final int MOST_CHECKS_AT_ONCE = 25;

  private HealthChecks() {}

  /** Makes the checks that are due, in all target groups of the Region. */
  public static void catchUp(Turn turn) {
    for (var group : turn.region().targetGroups.all()) {
      var loadBalancer = holder(turn, group);
      if (loadBalancer == null) {
        continue;
      }
      for (var row : turn.region().targets.in(group.arn())) {
        if (row.drainedAt() == null) {
          folded(turn, group, loadBalancer, row);
        }
      }
    }
  }

  static TargetHealthDescription describe(Turn turn, TargetGroupRow group, TargetRow row) {
    var description = TargetHealthDescription.builder().target(shown(row));
    if (!group.model().targetTypeAsString().equals("lambda")) {
      description.healthCheckPort(String.valueOf(checkPort(group.model(), row.model())));
    }
    return description.targetHealth(health(turn, group, row)).build();
  }

  static TargetHealthDescription notRegistered(TargetDescription target) {
    return TargetHealthDescription.builder()
        .target(target)
        .targetHealth(
            health(
                "unused", "Target.NotRegistered", "Target is not registered to the target group"))
        .build();
  }

  private static TargetDescription shown(TargetRow row) {
    return row.zone().isEmpty() || row.model().id().startsWith("i-")
        ? row.model()
        : row.model().toBuilder().availabilityZone(row.zone()).build();
  }

  private static TargetHealth health(Turn turn, TargetGroupRow group, TargetRow row) {
    if (row.drainedAt() != null) {
      return health(
          "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");
    }
    var instance = turn.region().instances.find(row.model().id());
    if (instance.isPresent() && instance.get().state().name() != InstanceStateName.RUNNING) {
      return health("unused", "Target.InvalidState", "Target is not in the running state");
    }
    var loadBalancer = holder(turn, group);
    if (loadBalancer == null) {
      return health(
          "unused",
          "Target.NotInUse",
          "Target group is not configured to receive traffic from the load balancer");
    }
    if (!inEnabledZone(loadBalancer, row)) {
      return health(
          "unused",
          "Target.NotInUse",
          "Target is in an Availability Zone that is not enabled for the load balancer");
    }
    if (!Boolean.TRUE.equals(group.model().healthCheckEnabled())) {
      return health("unavailable", "Target.HealthCheckDisabled", "Health checks are disabled");
    }
    var fold = folded(turn, group, loadBalancer, row);
    return health(fold.state(), fold.reason(), fold.text());
  }

  private static TargetHealth health(String state, String reason, String text) {
    return TargetHealth.builder()
        .state(state)
        .reason(reason.isEmpty() ? null : reason)
        .description(text.isEmpty() ? null : text)
        .build();
  }

  private static @Nullable LoadBalancerRow holder(Turn turn, TargetGroupRow group) {
    var arns = group.model().loadBalancerArns();
    return arns.isEmpty() ? null : turn.region().loadBalancers.find(arns.getFirst()).orElse(null);
  }

  private static boolean inEnabledZone(LoadBalancerRow loadBalancer, TargetRow row) {
    return row.zone().isEmpty()
        || row.zone().equals("all")
        || loadBalancer.model().availabilityZones().stream()
            .anyMatch(zone -> row.zone().equals(zone.zoneName()));
  }

  private static Fold folded(
      Turn turn, TargetGroupRow group, LoadBalancerRow loadBalancer, TargetRow row) {
    var epoch = epoch(group, loadBalancer, row);
    var times = turn.times();
    var latency =
        times.scale(loadBalancer.application() ? times.albRegistration() : times.nlbRegistration());
    if (loadBalancer.stuck() || epoch.plus(latency).isAfter(turn.now())) {
      return initial(epoch, "Elb.RegistrationInProgress", "Target registration is in progress");
    }
    var fold =
        row.fold().epoch().equals(epoch)
            ? row.fold()
            : initial(epoch, "Elb.InitialHealthChecking", "Initial health checks in progress")
                .startingAt(epoch.plus(latency));
    var after = fold;
    var interval = times.seconds(group.model().healthCheckIntervalSeconds());
    var oldest = turn.now().minus(interval.multipliedBy(MOST_CHECKS_AT_ONCE));
    if (after.next().isBefore(oldest)) {
      after = after.startingAt(oldest);
    }
    while (!after.next().isAfter(turn.now())) {
      after = step(after, group.model(), ask(turn, group, row, after.next()));
      after = after.startingAt(after.next().plus(interval));
    }
    keep(turn, row, fold, after);
    return after;
  }

  private static void keep(Turn turn, TargetRow row, Fold before, Fold after) {
    var key = TargetRow.key(row.groupArn(), row.model());
    if (!before.state().equals(after.state()) || row.fold() == Fold.NONE) {
      turn.region().targets.put(key, row.with(after));
    } else if (!after.equals(row.fold())) {
      turn.region().targets.refresh(key, row.with(after));
    }
  }

  /** When the target began to count for its load balancer. */
  private static Instant epoch(TargetGroupRow group, LoadBalancerRow loadBalancer, TargetRow row) {
    var epoch = row.registeredAt();
    if (group.linkedAt() != null && group.linkedAt().isAfter(epoch)) {
      epoch = group.linkedAt();
    }
    return loadBalancer.activeAt().isAfter(epoch) ? loadBalancer.activeAt() : epoch;
  }

  private static Fold initial(Instant epoch, String reason, String text) {
    return new Fold(epoch, "initial", reason, text, 0, 0, epoch);
  }

  private static Fold step(Fold fold, TargetGroup group, Reply reply) {
    var fault = fault(group, reply);
    if (fault == null) {
      var passes = fold.passes() + 1;
      var needed = fold.state().equals("initial") ? 1 : group.healthyThresholdCount();
      return passes >= needed || fold.state().equals("healthy")
          ? new Fold(fold.epoch(), "healthy", "", "", passes, 0, fold.next())
          : new Fold(
              fold.epoch(), fold.state(), fold.reason(), fold.text(), passes, 0, fold.next());
    }
    var fails = fold.fails() + 1;
    return fails >= group.unhealthyThresholdCount() || fold.state().equals("unhealthy")
        ? new Fold(fold.epoch(), "unhealthy", fault.reason(), fault.text(), 0, fails, fold.next())
        : new Fold(fold.epoch(), fold.state(), fold.reason(), fold.text(), 0, fails, fold.next());
  }

  private record Fault(String reason, String text) {}

  private static @Nullable Fault fault(TargetGroup group, Reply reply) {
    return switch (reply) {
      case Reply.Matching() -> null;
      case Reply.TimedOut() -> new Fault("Target.Timeout", "Request timed out");
      case Reply.ConnectionRefused() ->
          new Fault("Target.FailedHealthChecks", "Health checks failed");
      case Reply.Http(var status) -> mismatch(group, status, false);
      case Reply.Grpc(var status) -> mismatch(group, status, true);
    };
  }

  private static @Nullable Fault mismatch(TargetGroup group, int status, boolean grpc) {
    var matcher = group.matcher();
    if (matcher == null) {
      return null;
    }
    var codes = grpc ? matcher.grpcCode() : matcher.httpCode();
    return codes != null && matches(codes, status)
        ? null
        : new Fault(
            "Target.ResponseCodeMismatch",
            "Health checks failed with these codes: [" + status + "]");
  }

  private static boolean matches(String codes, int status) {
    for (var part : codes.split(",")) {
      var ends = part.split("-");
      if (status >= Integer.parseInt(ends[0])
          && status <= Integer.parseInt(ends[ends.length - 1])) {
        return true;
      }
    }
    return false;
  }

  private static Reply ask(Turn turn, TargetGroupRow group, TargetRow row, Instant at) {
    var balancer = turn.region().loadBalancers.find(row.model().id());
    if (balancer.isPresent()) {
      var path = Optional.ofNullable(group.model().healthCheckPath()).orElse("/");
      var port = checkPort(group.model(), row.model());
      return new LoadBalancerReply(turn).of(balancer.get(), port, path);
    }
    var instance = turn.region().instances.find(row.model().id());
    return turn.probe()
        .probe(
            new Check(
                turn.region().account,
                turn.region().name,
                String.valueOf(group.model().vpcId()),
                instance.map(i -> i.instanceId()),
                instance.map(i -> i.privateIpAddress()).orElse(row.model().id()),
                checkPort(group.model(), row.model()),
                String.valueOf(group.model().healthCheckProtocolAsString()),
                Optional.ofNullable(group.model().healthCheckPath()).orElse(""),
                at));
  }

  private static int checkPort(TargetGroup group, TargetDescription target) {
    var port = group.healthCheckPort();
    if (port != null && !port.equals("traffic-port")) {
      return Integer.parseInt(port);
    }
    return target.port() == null ? 0 : target.port();
  }
}
