package dev.penstock.sandbox.aws;

/** A refusal in AWS's own words: wire code, HTTP status, message. */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final int status;

  public AwsError(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  /** An error of the caller, HTTP 400, as nearly all of ELBv2, EC2 and Route 53. */
  public static AwsError refused(String code, String message) {
    return new AwsError(code, 400, message);
  }

  /** The undeclared code for malformed input (AWS API: ELBv2, common errors). */
  public static AwsError invalid(String message) {
    return new AwsError("ValidationError", 400, message);
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public String text() {
    var message = getMessage();
    return message == null ? code : message;
  }
}
