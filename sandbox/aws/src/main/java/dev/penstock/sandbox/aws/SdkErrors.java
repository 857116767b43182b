package dev.penstock.sandbox.aws;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Refusals as the SDK throws them: the exception class of the code where there is one. */
final class SdkErrors {
  private SdkErrors() {}

  static AwsServiceException of(AwsService service, AwsError error, String requestId) {
    var http = SdkHttpResponse.builder().statusCode(error.status()).build();
    var details =
        AwsErrorDetails.builder()
            .errorCode(error.code())
            .errorMessage(error.text())
            .serviceName(service.signingName())
            .sdkHttpResponse(http)
            .build();
    var builder = builder(service, error.code());
    builder.awsErrorDetails(details);
    builder.message(error.text());
    builder.requestId(requestId);
    builder.statusCode(error.status());
    return (AwsServiceException) builder.build();
  }

  private static AwsServiceException.Builder builder(AwsService service, String code) {
    for (var name : names(service, code)) {
      try {
        var type = Class.forName(service.models() + name);
        return (AwsServiceException.Builder) type.getMethod("builder").invoke(null);
      } catch (ClassNotFoundException _) {
        // The next name, or the general exception.
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("the SDK's exception " + name + " has no builder", e);
      }
    }
    return AwsServiceException.builder();
  }

  private static List<String> names(AwsService service, String code) {
    var general =
        switch (service) {
          case ELB -> "ElasticLoadBalancingV2Exception";
          case EC2 -> "Ec2Exception";
          case ROUTE53 -> "Route53Exception";
          case ACM -> "AcmException";
          case STS -> "StsException";
          case WAFV2 -> "Wafv2Exception";
          case WAF_REGIONAL -> "WafException";
          case SHIELD -> "ShieldException";
        };
    if (!code.matches("[A-Za-z0-9]+")) {
      return List.of(general);
    }
    var irregular =
        switch (code) {
          case "ALPNPolicyNotFound" -> "AlpnPolicyNotSupported";
          case "AssociationNotFound" -> "TrustStoreAssociationNotFound";
          case "SSLPolicyNotFound" -> "SslPolicyNotFound";
          case "CapacityDecreaseRequestLimitExceeded" -> "CapacityDecreaseRequestsLimitExceeded";
          default -> code.startsWith("WAF") ? "Waf" + code.substring(3) : code;
        };
    return List.of(irregular + "Exception", irregular, general);
  }
}
