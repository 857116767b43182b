package dev.penstock.plan;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * AWS's defaults of attributes (AWS API: LoadBalancerAttribute, TargetGroupAttribute,
 * ListenerAttribute), and the attributes that only an explicit value may turn off (design §7,
 * unset).
 */
public final class AttributeDefaults {
  private static final Map<String, String> LOAD_BALANCER =
      Map.ofEntries(
          entry("deletion_protection.enabled", "false"),
          entry("access_logs.s3.enabled", "false"),
          entry("access_logs.s3.bucket", ""),
          entry("access_logs.s3.prefix", ""),
          entry("connection_logs.s3.enabled", "false"),
          entry("connection_logs.s3.bucket", ""),
          entry("connection_logs.s3.prefix", ""),
          entry("health_check_logs.s3.enabled", "false"),
          entry("health_check_logs.s3.bucket", ""),
          entry("health_check_logs.s3.prefix", ""),
          entry("ipv6.deny_all_igw_traffic", "false"),
          entry("zonal_shift.config.enabled", "false"),
          entry("idle_timeout.timeout_seconds", "60"),
          entry("client_keep_alive.seconds", "3600"),
          entry("routing.http.desync_mitigation_mode", "defensive"),
          entry("routing.http.drop_invalid_header_fields.enabled", "false"),
          entry("routing.http.preserve_host_header.enabled", "false"),
          entry("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false"),
          entry("routing.http.xff_client_port.enabled", "false"),
          entry("routing.http.xff_header_processing.mode", "append"),
          entry("routing.http2.enabled", "true"),
          entry("waf.fail_open.enabled", "false"),
          entry("dns_record.client_routing_policy", "any_availability_zone"));
  private static final Map<String, String> TARGET_GROUP =
      Map.ofEntries(
          entry("deregistration_delay.timeout_seconds", "300"),
          entry("stickiness.enabled", "false"),
          entry("load_balancing.cross_zone.enabled", "use_load_balancer_configuration"),
          entry("target_group_health.dns_failover.minimum_healthy_targets.count", "1"),
          entry("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off"),
          entry("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1"),
          entry(
              "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
              "off"),
          entry("load_balancing.algorithm.type", "round_robin"),
          entry("load_balancing.algorithm.anomaly_mitigation", "off"),
          entry("slow_start.duration_seconds", "0"),
          entry("stickiness.lb_cookie.duration_seconds", "86400"),
          entry("stickiness.app_cookie.duration_seconds", "86400"),
          entry("proxy_protocol_v2.enabled", "false"),
          entry("target_health_state.unhealthy.connection_termination.enabled", "true"),
          entry("target_health_state.unhealthy.draining_interval_seconds", "0"));
  private static final Map<String, String> LISTENER =
      Map.of("tcp.idle_timeout.seconds", "350", "routing.http.response.server.enabled", "true");
  private static final List<String> NEVER_RESET =
      List.of(
          "deletion_protection.",
          "access_logs.",
          "connection_logs.",
          "health_check_logs.",
          "secondary_ips.");

  private AttributeDefaults() {}

  static Map<String, String> loadBalancer(String type) {
    var defaults = new TreeMap<>(LOAD_BALANCER);
    defaults.put("load_balancing.cross_zone.enabled", Boolean.toString(type.equals("application")));
    return defaults;
  }

  static Map<String, String> targetGroup() {
    return TARGET_GROUP;
  }

  static Map<String, String> listener() {
    return LISTENER;
  }

  /** The default of a key, if AWS documents one; a header that is not set is the empty text. */
  static Optional<String> of(Map<String, String> defaults, String key) {
    return key.endsWith(".header_value") || key.endsWith(".header_name")
        ? Optional.of("")
        : Optional.ofNullable(defaults.get(key));
  }

  /** Whether an attribute that nobody names any more goes back to its default. */
  public static boolean resettable(String key) {
    return NEVER_RESET.stream().noneMatch(key::startsWith);
  }
}
