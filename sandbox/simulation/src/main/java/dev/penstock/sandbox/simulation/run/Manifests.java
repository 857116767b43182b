package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.script.Mistake;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.ScriptFleet;

/** The objects of an application as a person writes them. */
final class Manifests {
  private static final String ALB = "alb.ingress.kubernetes.io/";
  private static final String NO_CERTIFICATE =
      "arn:aws:acm:us-west-2:111122223333:certificate/none";

  /** Sooner than AWS's five minutes. */
  private static final String DRAINING = "deregistration_delay.timeout_seconds=20";

  private static final String REDIRECT = "[{\"HTTP\": 80}, {\"HTTPS\": 443}]";

  private Manifests() {}

  static String namespace(String name) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: %s}
    """
        .formatted(name);
  }

  static String application(int app, int replicas, boolean nodePort) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %1$s, namespace: %2$s}
    spec:
      replicas: %3$d
      selector: {matchLabels: {app: %1$s}}
      template:
        metadata: {labels: {app: %1$s}}
        spec:
          containers:
            - name: web
              image: 'web:1'
              ports: [{containerPort: 80}]
              readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 3, periodSeconds: 5}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: %1$s, namespace: %2$s}
    spec:
      type: %4$s
      selector: {app: %1$s}
      ports: [{port: 80, targetPort: 80}]
    """
        .formatted(
            ScriptFleet.app(app),
            ScriptFleet.namespace(app),
            replicas,
            nodePort ? "NodePort" : "ClusterIP");
  }

  static String ingress(int app, Route route, String certificate) {
    var annotations = new StringBuilder();
    line(annotations, ALB + "scheme", route.internal() ? "internal" : "internet-facing");
    line(annotations, ALB + "target-type", route.instance() ? "instance" : "ip");
    if (route.group() > 0) {
      line(annotations, ALB + "group.name", group(route.group()));
      line(annotations, ALB + "group.order", String.valueOf(route.order()));
    }
    if (route.https()) {
      line(annotations, ALB + "listen-ports", REDIRECT);
      line(annotations, ALB + "ssl-redirect", "443");
      line(annotations, ALB + "certificate-arn", certificate);
    }
    line(annotations, ALB + "target-group-attributes", DRAINING);
    line(annotations, "external-dns.alpha.kubernetes.io/hostname", ScriptFleet.host(route.host()));
    return """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: %1$s
      namespace: %2$s
      annotations:
    %3$sspec:
      ingressClassName: alb
      rules:
        - host: %4$s
          http:
            paths:
              - path: %5$s
                pathType: Prefix
                backend: {service: {name: %1$s, port: {number: 80}}}
    """
        .formatted(
            ScriptFleet.app(app),
            ScriptFleet.namespace(app),
            annotations,
            ScriptFleet.host(route.host()),
            route.path());
  }

  static String group(int number) {
    return "group-" + number;
  }

  /** A merge patch that makes the mistake, if it is one of annotations. */
  static String mistake(Mistake mistake) {
    return switch (mistake) {
      case ANNOTATION -> annotation("healthcheck-interval-seconds", "often");
      case JSON -> annotation("listen-ports", "[{HTTP: 80}");
      case CERTIFICATE -> annotation("certificate-arn", NO_CERTIFICATE);
      case TARGET_TYPE -> annotation("target-type", "pods");
      case SERVICE, PORT -> annotation("healthcheck-path", "");
    };
  }

  /** A merge patch that takes every mistake of annotations back. */
  static String mended() {
    return annotations(
        "healthcheck-interval-seconds: null",
        "listen-ports: null",
        "ssl-redirect: null",
        "certificate-arn: null",
        "target-type: ip");
  }

  /** A merge patch of an annotation of load balancing; an empty value removes it. */
  static String annotation(String name, String value) {
    var written = value.isEmpty() ? "null" : "'" + value + "'";
    return annotations(name + ": " + written);
  }

  static String annotations(String... lines) {
    var text = new StringBuilder("metadata:\n  annotations:\n");
    for (var line : lines) {
      text.append("    ").append(ALB).append(line).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append("    ").append(key).append(": '").append(value).append("'\n");
  }
}
