package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.HealthCheck;
import dev.penstock.schemas.aws.TargetGroupSpec.LoadBalancerTarget;
import dev.penstock.schemas.aws.TargetHealth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/**
 * Target groups. An empty protocol version, path or matcher is one that AWS does not have for that
 * protocol; it is not sent.
 */
public final class TargetGroups {
  private static final String GRPC = "GRPC";

  private TargetGroups() {}

  public static CreateTargetGroupRequest create(TargetGroupSpec spec) {
    var check = spec.healthCheck();
    var request =
        CreateTargetGroupRequest.builder()
            .name(spec.name())
            .targetType(spec.targetType())
            .protocol(spec.protocol())
            .port(spec.port())
            .vpcId(spec.vpcId())
            .ipAddressType(spec.ipAddressType())
            .healthCheckEnabled(true)
            .healthCheckProtocol(check.protocol())
            .healthCheckPort(check.port())
            .healthCheckIntervalSeconds(check.intervalSeconds())
            .healthCheckTimeoutSeconds(check.timeoutSeconds())
            .healthyThresholdCount(check.healthyThreshold())
            .unhealthyThresholdCount(check.unhealthyThreshold())
            .tags(Tags.elb(spec.tags()));
    Text.optional(spec.protocolVersion()).ifPresent(request::protocolVersion);
    Text.optional(check.path()).ifPresent(request::healthCheckPath);
    matcher(spec.protocolVersion(), check).ifPresent(request::matcher);
    spec.targetControlPort().ifPresent(request::targetControlPort);
    return request.build();
  }

  /** Only the parts of the health check that differ. */
  public static ModifyTargetGroupRequest modify(
      String arn, HealthCheck observed, TargetGroupSpec desired) {
    var check = desired.healthCheck();
    var request = ModifyTargetGroupRequest.builder().targetGroupArn(arn);
    if (!check.protocol().equals(observed.protocol())) {
      request.healthCheckProtocol(check.protocol());
    }
    if (!check.port().equals(observed.port())) {
      request.healthCheckPort(check.port());
    }
    if (!check.path().isEmpty() && !check.path().equals(observed.path())) {
      request.healthCheckPath(check.path());
    }
    if (check.intervalSeconds() != observed.intervalSeconds()) {
      request.healthCheckIntervalSeconds(check.intervalSeconds());
    }
    if (check.timeoutSeconds() != observed.timeoutSeconds()) {
      request.healthCheckTimeoutSeconds(check.timeoutSeconds());
    }
    if (check.healthyThreshold() != observed.healthyThreshold()) {
      request.healthyThresholdCount(check.healthyThreshold());
    }
    if (check.unhealthyThreshold() != observed.unhealthyThreshold()) {
      request.unhealthyThresholdCount(check.unhealthyThreshold());
    }
    if (!check.matcher().equals(observed.matcher())) {
      matcher(desired.protocolVersion(), check).ifPresent(request::matcher);
    }
    return request.build();
  }

  /** What was not read with calls of its own is empty. */
  public static LiveTargetGroup live(
      TargetGroup group,
      Optional<TargetHealth> behind,
      Map<String, String> attributes,
      Map<String, String> tags) {
    var check =
        new HealthCheck(
            Text.of(group.healthCheckProtocolAsString()),
            Text.of(group.healthCheckPort()),
            Text.of(group.healthCheckPath()),
            number(group.healthCheckIntervalSeconds()),
            number(group.healthCheckTimeoutSeconds()),
            number(group.healthyThresholdCount()),
            number(group.unhealthyThresholdCount()),
            matcher(group.matcher()));
    var spec =
        new TargetGroupSpec(
            Text.of(group.targetGroupName()),
            Text.of(group.targetTypeAsString()),
            Text.of(group.protocolAsString()),
            Text.of(group.protocolVersion()),
            number(group.port()),
            Text.of(group.ipAddressTypeAsString()),
            Text.of(group.vpcId()),
            check,
            Optional.ofNullable(group.targetControlPort()),
            new TreeMap<>(attributes),
            new TreeMap<>(tags),
            behind.map(TargetHealth::target).map(TargetGroups::behind));
    return new LiveTargetGroup(
        group.targetGroupArn(),
        spec,
        group.loadBalancerArns().stream().sorted().toList(),
        behind.map(TargetHealth::state));
  }

  /** The load balancer that is the target of a group of target type alb. */
  private static LoadBalancerTarget behind(Target target) {
    return new LoadBalancerTarget(new Link.Known(target.id()), target.port(), Optional.empty());
  }

  public static List<TargetGroupAttribute> attributes(Map<String, String> attributes) {
    return Attributes.write(
        attributes, (key, value) -> TargetGroupAttribute.builder().key(key).value(value).build());
  }

  public static Map<String, String> attributes(Collection<TargetGroupAttribute> attributes) {
    return Attributes.read(attributes, TargetGroupAttribute::key, TargetGroupAttribute::value);
  }

  private static Optional<Matcher> matcher(String protocolVersion, HealthCheck check) {
    if (check.matcher().isEmpty()) {
      return Optional.empty();
    }
    var matcher = Matcher.builder();
    return Optional.of(
        protocolVersion.equals(GRPC)
            ? matcher.grpcCode(check.matcher()).build()
            : matcher.httpCode(check.matcher()).build());
  }

  private static String matcher(@Nullable Matcher matcher) {
    if (matcher == null) {
      return "";
    }
    return matcher.grpcCode() == null ? Text.of(matcher.httpCode()) : matcher.grpcCode();
  }

  private static int number(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
