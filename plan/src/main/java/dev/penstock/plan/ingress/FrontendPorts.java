package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.HealthCheck;
import dev.penstock.schemas.aws.TargetGroupSpec.LoadBalancerTarget;
import dev.penstock.schemas.intent.FrontendSettings;
import dev.penstock.schemas.intent.FrontendSettings.HealthCheckSettings;
import dev.penstock.schemas.intent.FrontendSettings.PortMapping;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The listeners of the network load balancer in front (LBC 1.5): each member's own mapping, else
 * every port on which it listens; health checks field by field, what a member sets before the
 * default.
 */
final class FrontendPorts {
  static final String TRAFFIC_PORT = "traffic-port";

  private final List<GroupListener> listeners;
  private final List<Participant> speakers;
  private final Standing standing;
  private final LiveStack live;

  FrontendPorts(StackDraft draft, List<GroupListener> listeners, List<Participant> speakers) {
    this.listeners = listeners;
    this.speakers = speakers;
    this.standing = new Standing(draft);
    this.live = new LiveStack(draft);
  }

  List<Frontend.Port> settle() {
    var listened = new HashMap<ObjectKey, List<Integer>>();
    for (GroupListener listener : listeners) {
      for (ObjectKey member : listener.members()) {
        listened.computeIfAbsent(member, _ -> new ArrayList<>()).add(listener.port());
      }
    }
    var claims = new TreeMap<Integer, Map<Participant, Integer>>();
    for (Participant speaker : speakers) {
      for (PortMapping mapping : mappings(speaker, listened)) {
        claims
            .computeIfAbsent(mapping.port(), _ -> new LinkedHashMap<>())
            .put(speaker, mapping.target());
      }
    }
    var ports = new ArrayList<Frontend.Port>();
    claims.forEach((port, targets) -> settle(port, targets).ifPresent(ports::add));
    return List.copyOf(ports);
  }

  /** A port behind on which the member does not listen is left out, as LBC does. */
  private static List<PortMapping> mappings(
      Participant speaker, Map<ObjectKey, List<Integer>> ports) {
    var listened = ports.getOrDefault(speaker.member(), List.of());
    var given = settings(speaker).map(FrontendSettings::ports).orElse(List.of());
    return given.isEmpty()
        ? listened.stream().map(port -> new PortMapping(port, port)).toList()
        : given.stream().filter(mapping -> listened.contains(mapping.target())).toList();
  }

  private Optional<Frontend.Port> settle(int port, Map<Participant, Integer> targets) {
    var target =
        standing.settle(
            Annotation.FRONTEND_NLB_PORTS.key() + " of port " + port,
            Weight.TOLD,
            List.copyOf(targets.keySet()),
            p -> Optional.ofNullable(targets.get(p)),
            inForce(port, spec -> spec.behind().map(LoadBalancerTarget::port)));
    return target.map(t -> {
      var agreed = targets.keySet().stream().filter(p -> t.equals(targets.get(p))).toList();
      var members = agreed.stream().map(Participant::member).toList();
      return new Frontend.Port(port, t, healthCheck(port, agreed), members);
    });
  }

  private HealthCheck healthCheck(int port, List<Participant> members) {
    var fields = new Fields(port, members);
    return new HealthCheck(
        fields.settle("protocol", HealthCheckSettings::protocol, HealthCheck::protocol, "HTTP"),
        fields.settle("port", HealthCheckSettings::port, HealthCheck::port, TRAFFIC_PORT),
        fields.settle("path", HealthCheckSettings::path, HealthCheck::path, "/"),
        fields.settle(
            "interval-seconds",
            HealthCheckSettings::intervalSeconds,
            HealthCheck::intervalSeconds,
            15),
        fields.settle(
            "timeout-seconds", HealthCheckSettings::timeoutSeconds, HealthCheck::timeoutSeconds, 5),
        fields.settle(
            "healthy-threshold-count",
            HealthCheckSettings::healthyThreshold,
            HealthCheck::healthyThreshold,
            2),
        fields.settle(
            "unhealthy-threshold-count",
            HealthCheckSettings::unhealthyThreshold,
            HealthCheck::unhealthyThreshold,
            2),
        fields.settle("success-codes", HealthCheckSettings::matcher, HealthCheck::matcher, "200"));
  }

  /** The health check of one port. */
  private final class Fields {
    private final int port;
    private final List<Participant> members;

    Fields(int port, List<Participant> members) {
      this.port = port;
      this.members = members;
    }

    <T> T settle(
        String name,
        Function<HealthCheckSettings, Optional<T>> claim,
        Function<HealthCheck, T> field,
        T unset) {
      return standing
          .settle(
              "frontend-nlb-healthcheck-" + name + " of port " + port,
              Weight.TOLD,
              members,
              p -> settings(p).map(FrontendSettings::healthCheck).flatMap(claim),
              inForce(port, spec -> Optional.of(field.apply(spec.healthCheck()))))
          .orElse(unset);
    }
  }

  private <T> InForce<T> inForce(int port, Function<TargetGroupSpec, Optional<T>> value) {
    return live.of(
        ResourceKind.TARGET_GROUP,
        StackNames.frontendTargetGroup(port),
        found ->
            found instanceof LiveTargetGroup group
                ? InForce.equalTo(value.apply(group.spec()))
                : _ -> false);
  }

  static Optional<FrontendSettings> settings(Participant participant) {
    return participant.intent().frontend();
  }
}
