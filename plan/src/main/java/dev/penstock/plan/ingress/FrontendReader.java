package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_ATTRIBUTES;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_EIPS;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_GROUPS;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_HEALTHCHECK_INTERVAL;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_HEALTHCHECK_PATH;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_HEALTHCHECK_PORT;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_HEALTHCHECK_PROTOCOL;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_HEALTHCHECK_TIMEOUT;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_HEALTHY_THRESHOLD;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_PORTS;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_SCHEME;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_SUBNETS;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_SUCCESS_CODES;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_TAGS;
import static dev.penstock.plan.ingress.Annotation.FRONTEND_NLB_UNHEALTHY_THRESHOLD;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.annotation.GoValues;
import dev.penstock.plan.annotation.Problems;
import dev.penstock.schemas.intent.FrontendSettings;
import dev.penstock.schemas.intent.FrontendSettings.HealthCheckSettings;
import dev.penstock.schemas.intent.FrontendSettings.PortMapping;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a member says about the network load balancer in front of its group's own (LBC 1.5). Where
 * the member does not ask for one, what is wrong is only noted: it matters if another member asks.
 */
final class FrontendReader {
  private static final String ROUTING = "dns_record.client_routing_policy";
  private static final List<String> ROUTING_POLICIES =
      List.of(
          "any_availability_zone",
          "partial_availability_zone_affinity",
          "availability_zone_affinity");

  private final AnnotationReader annotations;

  private FrontendReader(AnnotationReader annotations) {
    this.annotations = annotations;
  }

  static Optional<FrontendSettings> read(MemberSource source, List<ListenerSettings> listeners) {
    boolean says =
        Arrays.stream(Annotation.values())
            .filter(a -> a.scope() == Annotation.Scope.FRONTEND_NLB)
            .anyMatch(a -> source.annotations().has(a.key()));
    if (!says) {
      return Optional.empty();
    }
    var enabled = source.annotations().bool(FRONTEND_NLB.key());
    boolean asks = enabled.orElse(false);
    var problems = asks ? source.problems() : new Problems();
    var annotations =
        new AnnotationReader(
            Annotation.PREFIX, source.ingress().metadata().annotations(), problems);
    var settings = new FrontendReader(annotations).read(enabled);
    warn(source, settings, listeners.stream().map(ListenerSettings::port).toList());
    return Optional.of(asks ? settings : noting(settings, problems));
  }

  /** The security group of our own, which both share, admits the ports behind only (LBC 4.12). */
  private static void warn(MemberSource source, FrontendSettings settings, List<Integer> listened) {
    var closed =
        settings.ports().stream()
            .map(PortMapping::port)
            .filter(port -> !listened.contains(port))
            .toList();
    boolean shared =
        settings.securityGroups().isEmpty()
            && source.annotations().items(Annotation.SECURITY_GROUPS.key()).isEmpty();
    if (shared && !closed.isEmpty()) {
      source
          .problems()
          .warn(
              "PortsNotAdmitted",
              "ports %s in front are not admitted by the security group that is made for the load"
                      .formatted(closed)
                  + " balancer: name groups that admit them with "
                  + source.annotations().key(FRONTEND_NLB_GROUPS.key()));
    }
  }

  private static FrontendSettings noting(FrontendSettings settings, Problems problems) {
    return new FrontendSettings(
        settings.enabled(),
        settings.scheme(),
        settings.subnets(),
        settings.securityGroups(),
        settings.allocationIds(),
        settings.ports(),
        settings.healthCheck(),
        settings.attributes(),
        settings.tags(),
        problems.errors());
  }

  private FrontendSettings read(Optional<Boolean> enabled) {
    return new FrontendSettings(
        enabled,
        oneOf(FRONTEND_NLB_SCHEME, List.of("internal", "internet-facing")),
        filled(FRONTEND_NLB_SUBNETS, "subnet ids or names separated by commas"),
        annotations.items(FRONTEND_NLB_GROUPS.key()),
        filled(FRONTEND_NLB_EIPS, "allocation ids separated by commas, one for each subnet"),
        ports(),
        healthCheck(),
        attributes(),
        tags(),
        List.of());
  }

  private List<String> filled(Annotation annotation, String allowed) {
    var items = annotations.list(annotation.key());
    if (items.isPresent() && items.get().isEmpty()) {
      annotations.refuse(annotation.key(), allowed);
    }
    return items.orElse(List.of());
  }

  private Optional<String> oneOf(Annotation annotation, List<String> allowed) {
    var value = annotations.text(annotation.key());
    if (value.isPresent() && !allowed.contains(value.get())) {
      annotations.refuse(annotation.key(), "one of " + String.join(", ", allowed));
      return Optional.empty();
    }
    return value;
  }

  /** In the order of the ports. */
  private List<PortMapping> ports() {
    var targets = new TreeMap<Integer, Integer>();
    annotations
        .map(FRONTEND_NLB_PORTS.key())
        .forEach((given, target) -> {
          var port = int32(given);
          var behind = int32(target);
          if (port.isPresent() && behind.isPresent()) {
            targets.put(port.get(), behind.get());
          } else {
            annotations.refuse(
                FRONTEND_NLB_PORTS.key(), "port=port pairs of numbers separated by commas");
          }
        });
    return targets.entrySet().stream().map(e -> new PortMapping(e.getKey(), e.getValue())).toList();
  }

  private HealthCheckSettings healthCheck() {
    var path = annotations.text(FRONTEND_NLB_HEALTHCHECK_PATH.key());
    path.ifPresent(p -> HealthCheckRules.path(annotations, FRONTEND_NLB_HEALTHCHECK_PATH, p));
    var codes = annotations.text(FRONTEND_NLB_SUCCESS_CODES.key());
    codes.ifPresent(c -> HealthCheckRules.codes(annotations, FRONTEND_NLB_SUCCESS_CODES, c));
    return new HealthCheckSettings(
        oneOf(FRONTEND_NLB_HEALTHCHECK_PROTOCOL, List.of("HTTP", "HTTPS")),
        healthCheckPort(),
        path,
        annotations.int32(FRONTEND_NLB_HEALTHCHECK_INTERVAL.key()),
        annotations.int32(FRONTEND_NLB_HEALTHCHECK_TIMEOUT.key()),
        annotations.int32(FRONTEND_NLB_HEALTHY_THRESHOLD.key()),
        annotations.int32(FRONTEND_NLB_UNHEALTHY_THRESHOLD.key()),
        codes);
  }

  private Optional<String> healthCheckPort() {
    var given = annotations.text(FRONTEND_NLB_HEALTHCHECK_PORT.key());
    if (given.isEmpty() || given.get().equals(FrontendPorts.TRAFFIC_PORT)) {
      return given;
    }
    var number = int32(given.get());
    if (number.isEmpty()) {
      annotations.refuse(
          FRONTEND_NLB_HEALTHCHECK_PORT.key(), "a number or " + FrontendPorts.TRAFFIC_PORT);
    }
    return number.map(String::valueOf);
  }

  private Map<String, String> attributes() {
    var attributes = annotations.map(FRONTEND_NLB_ATTRIBUTES.key());
    if (!ROUTING_POLICIES.contains(attributes.getOrDefault(ROUTING, ROUTING_POLICIES.getFirst()))) {
      annotations.refuse(
          FRONTEND_NLB_ATTRIBUTES.key(),
          "set with " + ROUTING + " as one of " + String.join(", ", ROUTING_POLICIES));
    }
    return attributes;
  }

  private Map<String, String> tags() {
    var tags = annotations.map(FRONTEND_NLB_TAGS.key());
    tags.forEach((key, value) -> TagRules.check(annotations, FRONTEND_NLB_TAGS, key, value));
    return tags;
  }

  private static Optional<Integer> int32(String raw) {
    return GoValues.integer(raw, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
  }
}
