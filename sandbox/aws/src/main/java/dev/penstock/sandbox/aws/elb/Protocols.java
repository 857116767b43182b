package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

/** Which protocols go together: load balancer, listener, target group. */
final class Protocols {
  private Protocols() {}

  static void checkListener(
      LoadBalancerRow loadBalancer, @Nullable String protocol, @Nullable Integer port) {
    var type = loadBalancer.model().typeAsString();
    if (type.equals("gateway")) {
      return;
    }
    if (port == null || port < 1 || port > 65_535) {
      throw AwsError.invalid("A listener port within the range [1,65535] must be specified");
    }
    if (protocol == null) {
      throw AwsError.invalid("A listener protocol must be specified");
    }
    var allowed =
        type.equals("application")
            ? Set.of("HTTP", "HTTPS")
            : Set.of("TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC");
    if (!allowed.contains(protocol)) {
      throw AwsError.invalid(
          "Listener protocol '"
              + protocol
              + "' is not supported with load balancers of type '"
              + type
              + "'");
    }
  }

  static boolean secure(@Nullable String protocol) {
    return "HTTPS".equals(protocol) || "TLS".equals(protocol);
  }

  static void checkForward(
      Turn turn, LoadBalancerRow loadBalancer, String listener, List<Action> actions) {
    for (var arn : Links.groupsOf(actions)) {
      var group = Find.targetGroup(turn, arn).model();
      var lambda = group.targetTypeAsString().equals("lambda");
      var http = lambda || HealthCheckSettings.isHttp(group.protocolAsString());
      if (http != loadBalancer.application()) {
        throw AwsError.refused(
            "IncompatibleProtocols",
            "The protocol '"
                + group.protocolAsString()
                + "' of target group '"
                + arn
                + "' does not fit the load balancer");
      }
      if (!http && !fits(listener, group.protocolAsString())) {
        throw AwsError.refused(
            "UnsupportedProtocol",
            "Listeners with protocol '"
                + listener
                + "' cannot forward to protocol '"
                + group.protocolAsString()
                + "'");
      }
    }
  }

  private static boolean fits(String listener, String group) {
    return switch (listener) {
      case "TCP" -> Set.of("TCP", "TCP_UDP", "TCP_QUIC").contains(group);
      case "UDP" -> Set.of("UDP", "TCP_UDP").contains(group);
      case "TLS" -> Set.of("TCP", "TLS").contains(group);
      default -> listener.equals(group);
    };
  }
}
