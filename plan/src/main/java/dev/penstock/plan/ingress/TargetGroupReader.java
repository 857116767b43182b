package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.BACKEND_PROTOCOL;
import static dev.penstock.plan.ingress.Annotation.BACKEND_PROTOCOL_VERSION;
import static dev.penstock.plan.ingress.Annotation.HEALTHCHECK_INTERVAL;
import static dev.penstock.plan.ingress.Annotation.HEALTHCHECK_PATH;
import static dev.penstock.plan.ingress.Annotation.HEALTHCHECK_PORT;
import static dev.penstock.plan.ingress.Annotation.HEALTHCHECK_PROTOCOL;
import static dev.penstock.plan.ingress.Annotation.HEALTHCHECK_TIMEOUT;
import static dev.penstock.plan.ingress.Annotation.HEALTHY_THRESHOLD;
import static dev.penstock.plan.ingress.Annotation.MULTI_CLUSTER;
import static dev.penstock.plan.ingress.Annotation.SUCCESS_CODES;
import static dev.penstock.plan.ingress.Annotation.TARGET_CONTROL_PORT;
import static dev.penstock.plan.ingress.Annotation.TARGET_GROUP_ATTRIBUTES;
import static dev.penstock.plan.ingress.Annotation.TARGET_NODE_LABELS;
import static dev.penstock.plan.ingress.Annotation.TARGET_TYPE;
import static dev.penstock.plan.ingress.Annotation.UNHEALTHY_THRESHOLD;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.annotation.Problems;
import dev.penstock.schemas.aws.TargetGroupSpec.HealthCheck;
import dev.penstock.schemas.intent.IngressIntent.TargetGroupIntent;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.PortReference.Named;
import dev.penstock.schemas.kubernetes.PortReference.Numbered;
import dev.penstock.schemas.kubernetes.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A target group for one Service port as one Ingress refers to it (LBC 1.4, 4.10, 4.13). */
final class TargetGroupReader {
  private static final String INVALID_BACKEND = "InvalidBackend";
  private static final String TRAFFIC_PORT = "traffic-port";
  private static final String INSTANCE = "instance";
  private static final String IP = "ip";
  private static final String GRPC = "GRPC";

  private final MemberSource source;

  TargetGroupReader(MemberSource source) {
    this.source = source;
  }

  /** The annotations that count for a Service's target group: the Service's go first. */
  static AnnotationReader merged(MemberSource source, Service service) {
    var merged = new TreeMap<>(source.ingress().metadata().annotations());
    merged.putAll(service.metadata().annotations());
    return new AnnotationReader(Annotation.PREFIX, merged, source.problems());
  }

  Optional<TargetGroupIntent> read(String id, Service service, PortReference reference) {
    var port = find(service, reference);
    if (port.isEmpty()) {
      refusePort(service, reference);
      return Optional.empty();
    }
    var annotations = merged(source, service);
    var targetType = targetType(annotations);
    var protocol = oneOf(annotations, BACKEND_PROTOCOL, List.of("HTTP", "HTTPS"), "HTTP");
    var version =
        oneOf(annotations, BACKEND_PROTOCOL_VERSION, List.of("HTTP1", "HTTP2", GRPC), "HTTP1");
    int number = number(service, port.get(), targetType);
    var healthCheck = healthCheck(annotations, service, targetType, protocol, version);
    var controlPort = controlPort(annotations, service, reference, targetType);
    return Optional.of(
        new TargetGroupIntent(
            id,
            source.namespace(),
            service.metadata().name(),
            service.metadata().uid(),
            reference,
            targetType,
            protocol,
            version,
            number,
            service.ipFamilies().contains("IPv6") ? "ipv6" : "ipv4",
            healthCheck,
            backendPorts(port.get(), targetType, healthCheck, controlPort),
            annotations.map(TARGET_GROUP_ATTRIBUTES.key()),
            targetType.equals(INSTANCE) ? annotations.map(TARGET_NODE_LABELS.key()) : Map.of(),
            multiCluster(service),
            TagRules.ofTargetGroup(source, serviceOnly(service)),
            controlPort));
  }

  private void refusePort(Service service, PortReference reference) {
    source
        .problems()
        .error(
            INVALID_BACKEND,
            "service "
                + source.namespace()
                + "/"
                + service.metadata().name()
                + " has no port "
                + reference.text()
                + "; it has "
                + offered(service));
  }

  private Optional<Integer> controlPort(
      AnnotationReader annotations, Service service, PortReference reference, String targetType) {
    var name = service.metadata().name();
    var key = TARGET_CONTROL_PORT.key() + name + "." + reference.text();
    var port = annotations.int32(key);
    if (port.isPresent() && targetType.equals(INSTANCE)) {
      source
          .problems()
          .error(
              AnnotationReader.INVALID,
              annotations.key(key) + ": a target control port needs target-type ip");
    }
    return port;
  }

  private String targetType(AnnotationReader annotations) {
    var byClass = source.params().flatMap(IngressClassParams::targetType);
    var type =
        byClass
            .or(() -> annotations.text(TARGET_TYPE.key()))
            .orElse(source.settings().defaultTargetType());
    if (!type.equals(INSTANCE) && !type.equals(IP)) {
      annotations.refuse(TARGET_TYPE.key(), "instance or ip");
      return INSTANCE;
    }
    if (type.equals(IP) && !source.settings().gate("EnableIPTargetType", true)) {
      annotations.refuse(TARGET_TYPE.key(), "instance: gate EnableIPTargetType is off");
    }
    return type;
  }

  private static String oneOf(
      AnnotationReader annotations, Annotation annotation, List<String> allowed, String unset) {
    var value = annotations.text(annotation.key()).orElse(unset);
    if (!allowed.contains(value)) {
      annotations.refuse(annotation.key(), "one of " + String.join(", ", allowed));
      return unset;
    }
    return value;
  }

  /** Node port, or target port; a target port by name differs from pod to pod and counts as 1. */
  private int number(Service service, Service.Port port, String targetType) {
    int number =
        targetType.equals(INSTANCE)
            ? port.nodePort()
            : switch (port.targetPort()) {
              case Numbered(var target) -> target;
              case Named _ -> 1;
            };
    if (number == 0) {
      source
          .problems()
          .error(
              INVALID_BACKEND,
              "service "
                  + source.namespace()
                  + "/"
                  + service.metadata().name()
                  + " of type "
                  + service.type()
                  + " has no "
                  + (targetType.equals(INSTANCE)
                      ? "node port, which target-type instance needs; use type NodePort or"
                          + " target-type ip"
                      : "target port"));
    }
    return number;
  }

  private HealthCheck healthCheck(
      AnnotationReader annotations,
      Service service,
      String targetType,
      String protocol,
      String version) {
    boolean grpc = version.equals(GRPC);
    var check =
        new HealthCheck(
            oneOf(annotations, HEALTHCHECK_PROTOCOL, List.of("HTTP", "HTTPS"), protocol),
            healthCheckPort(annotations, service, targetType),
            annotations.text(HEALTHCHECK_PATH.key()).orElse(grpc ? "/AWS.ALB/healthcheck" : "/"),
            annotations.int32(HEALTHCHECK_INTERVAL.key()).orElse(15),
            annotations.int32(HEALTHCHECK_TIMEOUT.key()).orElse(5),
            annotations.int32(HEALTHY_THRESHOLD.key()).orElse(2),
            annotations.int32(UNHEALTHY_THRESHOLD.key()).orElse(2),
            annotations.text(SUCCESS_CODES.key()).orElse(grpc ? "12" : "200"));
    HealthCheckRules.check(annotations, check);
    return check;
  }

  private String healthCheckPort(AnnotationReader annotations, Service service, String targetType) {
    var given = annotations.text(HEALTHCHECK_PORT.key()).orElse(TRAFFIC_PORT);
    if (given.equals(TRAFFIC_PORT)) {
      return given;
    }
    var reference = reference(given);
    if (reference instanceof Numbered(var number)) {
      return Integer.toString(number);
    }
    var named = find(service, reference);
    if (named.isEmpty()) {
      annotations.refuse(
          HEALTHCHECK_PORT.key(),
          "traffic-port, a number, or a port of service "
              + service.metadata().name()
              + ": "
              + offered(service));
      return TRAFFIC_PORT;
    }
    if (targetType.equals(INSTANCE)) {
      return Integer.toString(named.get().nodePort());
    }
    return switch (named.get().targetPort()) {
      case Numbered(var number) -> Integer.toString(number);
      case Named _ -> {
        annotations.refuse(
            HEALTHCHECK_PORT.key(), "a number, since the target port of that port is a name");
        yield TRAFFIC_PORT;
      }
    };
  }

  private List<PortReference> backendPorts(
      Service.Port port,
      String targetType,
      HealthCheck healthCheck,
      Optional<Integer> controlPort) {
    var ports = new ArrayList<PortReference>();
    ports.add(targetType.equals(INSTANCE) ? new Numbered(port.nodePort()) : port.targetPort());
    if (!healthCheck.port().equals(TRAFFIC_PORT)) {
      ports.add(reference(healthCheck.port()));
    }
    controlPort.ifPresent(number -> ports.add(new Numbered(number)));
    return List.copyOf(ports);
  }

  private boolean multiCluster(Service service) {
    boolean byIngress = source.annotations().bool(MULTI_CLUSTER.key()).orElse(false);
    return serviceOnly(service).bool(MULTI_CLUSTER.key()).orElse(false) || byIngress;
  }

  private AnnotationReader serviceOnly(Service service) {
    Problems problems = source.problems();
    return new AnnotationReader(Annotation.PREFIX, service.metadata().annotations(), problems);
  }

  private static Optional<Service.Port> find(Service service, PortReference reference) {
    return service.ports().stream()
        .filter(port ->
            switch (reference) {
              case Named(var name) -> port.name().equals(name);
              case Numbered(var number) -> port.port() == number;
            })
        .findFirst();
  }

  private static PortReference reference(String text) {
    try {
      return new Numbered(Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return new Named(text);
    }
  }

  private static List<String> offered(Service service) {
    return service.ports().stream()
        .map(
            p -> p.name().isEmpty() ? Integer.toString(p.port()) : p.name() + " (" + p.port() + ")")
        .toList();
  }
}
