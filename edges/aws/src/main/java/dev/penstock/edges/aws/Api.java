package dev.penstock.edges.aws;

import software.amazon.awssdk.awscore.AwsRequest;

/** What a request is to the audit trail and the budget. Decided by the type of the request. */
public record Api(String service, String operation) {
  private static final String SUFFIX = "Request";

  public static Api of(AwsRequest request) {
    return new Api(service(request.getClass()), operation(request.getClass()));
  }

  /** AWS's name of the operation. */
  static String operation(Class<? extends AwsRequest> type) {
    var simple = type.getSimpleName();
    var operation = simple.substring(0, simple.length() - SUFFIX.length());
    return operation.replaceFirst("WebAc[lL]", "WebACL");
  }

  /** Whether AWS documents the operation as one that changes something. */
  public boolean write() {
    return !(operation.startsWith("Describe")
        || operation.startsWith("List")
        || operation.startsWith("Get"));
  }

  /** The name that AWS signs and permits by. */
  private static String service(Class<?> type) {
    var words = type.getPackageName().split("\\.");
    var client = words[words.length - 2];
    return switch (client) {
      case "elasticloadbalancingv2" -> "elasticloadbalancing";
      case "waf" -> "waf-regional";
      default -> client;
    };
  }

  @Override
  public String toString() {
    return service + ":" + operation;
  }
}
