package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** What a case asks; told by its content, never by its name. */
enum CaseFamily {
  /** Ingresses, classes and Services to groups and their stacks. */
  INGRESS,
  /** Bindings and their endpoints to targets. */
  TARGETS,
  /** Steps of objects to AWS calls and states. */
  DEPLOY,
  /** Inputs to generated names. */
  NAMES;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<CaseFamily> of(JsonNode content) {
    var expect = content.path("expect");
    if (expect.has("groups") || expect.has("ingresses") || expect.has("configError")) {
      return Optional.of(INGRESS);
    }
    if (expect.has("bindings") || expect.has("passes")) {
      return Optional.of(TARGETS);
    }
    if (content.has("steps")) {
      return Optional.of(DEPLOY);
    }
    boolean names = content.path("rows").path(0).path("out").has("stackId");
    return names ? Optional.of(NAMES) : Optional.empty();
  }
}
