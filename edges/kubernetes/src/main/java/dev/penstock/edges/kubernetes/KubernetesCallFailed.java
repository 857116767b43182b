package dev.penstock.edges.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A call that the API server did not answer with success. {@code reason} is the server's own word
 * ({@code Status.reason}), or the name of what broke the connection; {@code answered} is false when
 * nobody knows whether a write had an effect.
 */
public final class KubernetesCallFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final KubernetesFault fault;
  private final int httpStatus;
  private final String reason;
  private final Duration retryAfter;

  public KubernetesCallFailed(
      KubernetesFault fault, int httpStatus, String reason, String message, Duration retryAfter) {
    super(message);
    this.fault = fault;
    this.httpStatus = httpStatus;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** A failure without an answer of the server. */
  public static KubernetesCallFailed unreachable(String reason, String message) {
    return new KubernetesCallFailed(KubernetesFault.UNREACHABLE, 0, reason, message, Duration.ZERO);
  }

  /** The server's refusal, a {@code v1 Status}. */
  public static KubernetesCallFailed of(int httpStatus, JsonNode status) {
    return Faults.of(httpStatus, status);
  }

  public KubernetesFault fault() {
    return fault;
  }

  /** 0 when no answer came. */
  public int httpStatus() {
    return httpStatus;
  }

  public String reason() {
    return reason;
  }

  /** How long the server asks to wait; zero when it does not say. */
  public Duration retryAfter() {
    return retryAfter;
  }

  public boolean answered() {
    return httpStatus != 0;
  }
}
