package dev.penstock.schemas.event;

/** One call to AWS or Kubernetes as it happened. {@code code} is empty on success. */
public record Call(
    String service,
    String operation,
    boolean write,
    String requestId,
    int httpStatus,
    String code,
    long latencyMillis) {}
