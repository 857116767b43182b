package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Defaults and ranges of health checks (AWS API: CreateTargetGroup). */
final class HealthCheckSettings {
  private HealthCheckSettings() {}

  /** Fills in what the caller left open. */
  static TargetGroup completed(TargetGroup group) {
    var type = group.targetTypeAsString();
    var lambda = type.equals("lambda");
    var alb = isHttp(group.protocolAsString()) || lambda;
    var protocol =
        or(
            group.healthCheckProtocolAsString(),
            lambda
                ? null
                : isHttp(group.protocolAsString()) || type.equals("alb") ? "HTTP" : "TCP");
    var http = lambda || isHttp(protocol);
    var grpc = "GRPC".equals(group.protocolVersion());
    return group.toBuilder()
        .healthCheckProtocol(protocol)
        .healthCheckEnabled(or(group.healthCheckEnabled(), !lambda))
        .healthCheckPort(or(group.healthCheckPort(), lambda ? null : "traffic-port"))
        .healthCheckIntervalSeconds(or(group.healthCheckIntervalSeconds(), lambda ? 35 : 30))
        .healthCheckTimeoutSeconds(
            or(
                group.healthCheckTimeoutSeconds(),
                lambda ? 30 : "HTTP".equals(protocol) && !grpc ? (alb ? 5 : 6) : alb ? 5 : 10))
        .healthyThresholdCount(or(group.healthyThresholdCount(), 5))
        .unhealthyThresholdCount(or(group.unhealthyThresholdCount(), lambda ? 5 : 2))
        .healthCheckPath(
            http ? or(group.healthCheckPath(), grpc ? "/AWS.ALB/healthcheck" : "/") : null)
        .matcher(http ? matcher(group, grpc, alb) : null)
        .build();
  }

  static void check(TargetGroup group) {
    range("health check interval", group.healthCheckIntervalSeconds(), 5, 300);
    range("health check timeout", group.healthCheckTimeoutSeconds(), 2, 120);
    range("healthy threshold count", group.healthyThresholdCount(), 2, 10);
    range("unhealthy threshold count", group.unhealthyThresholdCount(), 2, 10);
    if (group.healthCheckTimeoutSeconds() >= group.healthCheckIntervalSeconds()
        && isHttp(group.protocolAsString())) {
      throw AwsError.invalid(
          "Health check timeout '"
              + group.healthCheckTimeoutSeconds()
              + "' must be smaller than the interval '"
              + group.healthCheckIntervalSeconds()
              + "'");
    }
    var protocol = group.healthCheckProtocolAsString();
    if (protocol != null && !Set.of("HTTP", "HTTPS", "TCP").contains(protocol)) {
      throw AwsError.invalid("Health check protocol '" + protocol + "' is not supported");
    }
    if (isHttp(group.protocolAsString()) && "TCP".equals(protocol)) {
      throw AwsError.invalid("Health check protocol 'TCP' is not supported with protocol 'HTTP'");
    }
    var path = group.healthCheckPath();
    if (path != null && (!path.startsWith("/") || path.length() > 1024)) {
      throw AwsError.invalid("Health check path '" + path + "' must begin with a '/' character");
    }
    var port = group.healthCheckPort();
    if (port != null && !port.equals("traffic-port") && !port.matches("[1-9]\\d{0,4}")) {
      throw AwsError.invalid("Health check port '" + port + "' is not valid");
    }
    checkMatcher(group);
  }

  static boolean isHttp(@Nullable String protocol) {
    return "HTTP".equals(protocol) || "HTTPS".equals(protocol);
  }

  private static Matcher matcher(TargetGroup group, boolean grpc, boolean alb) {
    var given = group.matcher();
    if (given != null && (given.httpCode() != null || given.grpcCode() != null)) {
      return given;
    }
    return grpc
        ? Matcher.builder().grpcCode("12").build()
        : Matcher.builder().httpCode(alb ? "200" : "200-399").build();
  }

  private static void checkMatcher(TargetGroup group) {
    var matcher = group.matcher();
    if (matcher == null) {
      return;
    }
    var grpc = "GRPC".equals(group.protocolVersion());
    var codes = grpc ? matcher.grpcCode() : matcher.httpCode();
    var lowest = grpc ? 0 : 200;
    var highest = grpc ? 99 : isHttp(group.protocolAsString()) ? 499 : 599;
    if (codes == null || !codes.matches("\\d{1,3}(-\\d{1,3})?(,\\d{1,3}(-\\d{1,3})?)*")) {
      throw AwsError.invalid("Health check matcher '" + codes + "' is not valid");
    }
    for (var code : codes.split("[,-]")) {
      if (Integer.parseInt(code) < lowest || Integer.parseInt(code) > highest) {
        throw AwsError.invalid(
            "Health check matcher code '"
                + code
                + "' must be within the range ["
                + lowest
                + ","
                + highest
                + "]");
      }
    }
  }

  private static void range(String what, Integer value, int from, int to) {
    if (value < from || value > to) {
      throw AwsError.invalid(
          "The " + what + " '" + value + "' must be within the range [" + from + "," + to + "]");
    }
  }

  private static <T extends @Nullable Object> T or(@Nullable T given, T standard) {
    return given == null ? standard : given;
  }
}
