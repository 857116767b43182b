package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Refusal.Cause;
import java.util.List;

/** When an Ingress is valid. Source: Kubernetes API reference, networking.k8s.io/v1 Ingress. */
final class IngressRules {
  private static final List<String> PATH_TYPES =
      List.of("Exact", "ImplementationSpecific", "Prefix");

  private IngressRules() {}

  static void check(ObjectNode ingress, List<Cause> causes) {
    var spec = ingress.path("spec");
    var rules = Tree.items(spec, "rules");
    if (rules.isEmpty() && !Tree.has(spec, "defaultBackend")) {
      causes.add(
          Cause.invalid("spec", "[]", "either `defaultBackend` or `rules` must be specified"));
    }
    if (Tree.has(spec, "defaultBackend")) {
      backend(spec.path("defaultBackend"), "spec.defaultBackend", causes);
    }
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), "spec.rules[" + i + "]", causes);
    }
    var className = Tree.at(spec, "ingressClassName");
    if (className.isTextual()) {
      Names.subdomain("spec.ingressClassName", className.asText(), false, causes);
    }
  }

  private static void rule(JsonNode rule, String field, List<Cause> causes) {
    var host = Tree.text(rule, "host");
    if (!host.isEmpty()) {
      var plain = host.startsWith("*.") ? host.substring(2) : host;
      if (plain.matches("[0-9.]+")) {
        causes.add(
            Cause.invalid(
                field + ".host", Names.quoted(host), "must be a DNS name, not an IP address"));
      } else {
        Names.subdomain(field + ".host", plain, false, causes);
      }
    }
    if (!Tree.has(rule, "http")) {
      return;
    }
    var paths = Tree.items(rule, "http", "paths");
    if (paths.isEmpty()) {
      causes.add(Cause.required(field + ".http.paths", ""));
    }
    for (int i = 0; i < paths.size(); i++) {
      path(paths.get(i), field + ".http.paths[" + i + "]", causes);
    }
  }

  private static void path(JsonNode path, String field, List<Cause> causes) {
    var type = Tree.text(path, "pathType");
    var text = Tree.text(path, "path");
    if (type.isEmpty()) {
      causes.add(Cause.required(field + ".pathType", "pathType must be specified"));
    } else if (!PATH_TYPES.contains(type)) {
      causes.add(Cause.unsupported(field + ".pathType", type, PATH_TYPES));
    }
    boolean literal = type.equals("Exact") || type.equals("Prefix");
    if (literal && !text.startsWith("/") || !text.isEmpty() && !text.startsWith("/")) {
      causes.add(Cause.invalid(field + ".path", Names.quoted(text), "must be an absolute path"));
    }
    if (literal) {
      for (var bad : List.of("//", "/./", "/../", "%2f", "%2F")) {
        if (text.contains(bad)) {
          causes.add(
              Cause.invalid(field + ".path", Names.quoted(text), "must not contain '" + bad + "'"));
        }
      }
    }
    backend(path.path("backend"), field + ".backend", causes);
  }

  private static void backend(JsonNode backend, String field, List<Cause> causes) {
    boolean service = Tree.has(backend, "service");
    boolean resource = Tree.has(backend, "resource");
    if (service && resource) {
      causes.add(Cause.invalid(field, "", "cannot set both resource and service backends"));
    } else if (!service && !resource) {
      causes.add(Cause.required(field, "a backend is required"));
    } else if (service) {
      service(backend.path("service"), field + ".service", causes);
    }
  }

  private static void service(JsonNode service, String field, List<Cause> causes) {
    if (Tree.text(service, "name").isEmpty()) {
      causes.add(Cause.required(field + ".name", ""));
    }
    boolean named = !Tree.text(service, "port", "name").isEmpty();
    int number = Tree.at(service, "port", "number").asInt();
    if (named && number != 0) {
      causes.add(Cause.invalid(field + ".port", "", "cannot set both port name & port number"));
    } else if (!named && (number < 1 || number > 65_535)) {
      causes.add(
          number == 0
              ? Cause.required(field + ".port", "port name or number is required")
              : Cause.invalid(
                  field + ".port.number",
                  Integer.toString(number),
                  "must be between 1 and 65535, inclusive"));
    }
  }
}
