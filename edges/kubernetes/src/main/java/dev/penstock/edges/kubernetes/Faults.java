package dev.penstock.edges.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Answers that are no success, classified. Every status code has exactly one fault. */
final class Faults {
  private static final int MAX_MESSAGE = 2_000;

  private Faults() {}

  /** From an HTTP status and the body, a {@code v1 Status} if the API server itself answered. */
  static KubernetesCallFailed of(int httpStatus, byte[] body, ObjectMapper json) {
    var status = parsed(body, json);
    if (status.path("kind").asText().equals("Status")) {
      return of(httpStatus, status);
    }
    var text = new String(body, StandardCharsets.UTF_8);
    return new KubernetesCallFailed(
        classify(httpStatus, ""), httpStatus, "", cut(text), Duration.ZERO);
  }

  /** From a {@code v1 Status}, as it also comes inside a watch. */
  static KubernetesCallFailed of(int httpStatus, JsonNode status) {
    var reason = status.path("reason").asText();
    var message = status.path("message").asText();
    return new KubernetesCallFailed(
        named(status).orElseGet(() -> classify(httpStatus, reason)),
        httpStatus,
        reason,
        cut(message),
        Duration.ofSeconds(status.path("details").path("retryAfterSeconds").asLong(0)));
  }

  static KubernetesFault classify(int httpStatus, String reason) {
    return switch (httpStatus) {
      case 401 -> KubernetesFault.UNAUTHORIZED;
      case 403 -> KubernetesFault.FORBIDDEN;
      case 404 -> KubernetesFault.NOT_FOUND;
      case 409 ->
          reason.equals("AlreadyExists")
              ? KubernetesFault.ALREADY_EXISTS
              : KubernetesFault.CONFLICT;
      case 410 -> KubernetesFault.EXPIRED;
      case 429 -> KubernetesFault.THROTTLED;
      default -> httpStatus >= 500 ? KubernetesFault.UNREACHABLE : KubernetesFault.INVALID;
    };
  }

  /** What the server names beside the code and its reason, which alone say less. */
  private static Optional<KubernetesFault> named(JsonNode status) {
    for (var cause : status.path("details").path("causes")) {
      switch (cause.path("reason").asText()) {
        case "NamespaceTerminating" -> {
          return Optional.of(KubernetesFault.TERMINATING);
        }
        // The server is behind our version for good: it was restored, or is another one.
        case "ResourceVersionTooLarge" -> {
          return Optional.of(KubernetesFault.EXPIRED);
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private static JsonNode parsed(byte[] body, ObjectMapper json) {
    try {
      return json.readTree(body);
    } catch (IOException _) {
      return json.missingNode();
    }
  }

  private static String cut(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }
}
