package dev.penstock.sandbox.aws;

/** How each service says no to a call for its rate or for its caller's rights. */
final class Throttles {
  private Throttles() {}

  static AwsError tooFast(AwsService service) {
    return switch (service) {
      case ELB, STS -> new AwsError("Throttling", 400, "Rate exceeded");
      case EC2 -> new AwsError("RequestLimitExceeded", 503, "Request limit exceeded.");
      case ROUTE53 -> new AwsError("Throttling", 400, "Rate exceeded");
      case ACM, WAFV2, WAF_REGIONAL, SHIELD ->
          new AwsError("ThrottlingException", 400, "Rate exceeded");
    };
  }

  static AwsError denied(ApiOperation operation, Caller caller) {
    var text = "User: " + caller.principal() + " is not authorized to perform: " + operation;
    return switch (operation.service()) {
      case ELB, STS, ROUTE53 -> new AwsError("AccessDenied", 403, text);
      case EC2 -> new AwsError("UnauthorizedOperation", 403, text);
      case ACM, WAFV2, WAF_REGIONAL, SHIELD -> new AwsError("AccessDeniedException", 400, text);
    };
  }
}
