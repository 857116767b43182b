package dev.penstock.edges.aws;

import dev.penstock.schemas.command.Fault;

/**
 * A call that AWS did not answer with success. {@code answered} is false when nobody knows whether
 * it had an effect.
 */
public final class CallFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final Fault fault;
  private final String code;
  private final int httpStatus;
  private final String requestId;
  private final boolean answered;

  public CallFailed(
      Fault fault,
      String code,
      int httpStatus,
      String requestId,
      boolean answered,
      String message) {
    super(message);
    this.fault = fault;
    this.code = code;
    this.httpStatus = httpStatus;
    this.requestId = requestId;
    this.answered = answered;
  }

  public Fault fault() {
    return fault;
  }

  /** AWS's error code, or the exception's name when no answer came. */
  public String code() {
    return code;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public String requestId() {
    return requestId;
  }

  public boolean answered() {
    return answered;
  }
}
