package dev.penstock.edges.aws;

import dev.penstock.schemas.command.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The one place where AWS's error codes get a meaning. Decides by code and HTTP status, never by
 * message. {@link Fault#GONE} is what AWS says of things that do not exist, and also of things that
 * are not visible yet: only the caller knows which.
 */
public final class Faults {
  private static final Map<String, Fault> BY_CODE = new HashMap<>();

  static {
    put(
        Fault.THROTTLED,
        List.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestThrottledException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "EC2ThrottledException",
            "BandwidthLimitExceeded",
            "SlowDown"));
    put(
        Fault.UNREACHABLE,
        List.of(
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "Unavailable",
            "InternalFailure",
            "InternalError",
            "InternalServerError",
            "InternalServiceError",
            "HealthUnavailable",
            "InsufficientCapacity",
            "RequestTimeout",
            "RequestTimeoutException",
            "TransactionInProgressException",
            "IDPCommunicationError"));
    put(
        Fault.NOT_YET_CONSISTENT,
        List.of(
            "InvalidSecurityGroup",
            "WAFNonexistentItemException",
            "WAFUnavailableEntityException"));
    put(
        Fault.DEPENDENCY_PENDING,
        List.of(
            "ResourceInUse",
            "ResourceInUseException",
            "DependencyViolation",
            "TargetGroupAssociationLimit",
            "CapacityReservationPending",
            "TrustStoreNotReady",
            "PriorRequestNotComplete",
            "HostedZoneNotEmpty",
            "IncorrectState",
            "ConflictException"));
    put(
        Fault.DENIED,
        List.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "NotAuthorized",
            "OptInRequired",
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "IDPRejectedClaim",
            "InvalidIdentityToken",
            "RegionDisabledException"));
    put(
        Fault.GONE,
        List.of(
            "LoadBalancerNotFound",
            "TargetGroupNotFound",
            "ListenerNotFound",
            "RuleNotFound",
            "TrustStoreNotFound",
            "InvalidGroup.NotFound",
            "InvalidGroupId.NotFound",
            "InvalidPermission.NotFound",
            "InvalidVpcID.NotFound",
            "NoSuchHostedZone",
            "NoSuchChange",
            "ResourceNotFoundException"));
    put(
        Fault.QUOTA,
        List.of(
            "LimitExceededException",
            "LimitsExceeded",
            "LimitsExceededException",
            "WAFLimitsExceededException"));
  }

  private Faults() {}

  private static void put(Fault fault, List<String> codes) {
    codes.forEach(code -> BY_CODE.put(code, fault));
  }

  /** The meaning of an answer that is no success. */
  public static Fault classify(String code, int httpStatus) {
    var known = BY_CODE.get(code);
    if (known != null) {
      return known;
    }
    if (httpStatus == 429) {
      return Fault.THROTTLED;
    }
    if (httpStatus >= 500) {
      return Fault.UNREACHABLE;
    }
    if (code.startsWith("TooMany") || code.endsWith("LimitExceeded")) {
      return Fault.QUOTA;
    }
    return Fault.INVALID;
  }

  /**
   * AWS's refusal. A refusal had no effect; after a failure of the service itself (5xx) nobody
   * knows, but a throttled call had none (AWS API 2.3).
   */
  public static CallFailed refused(String code, int httpStatus, String requestId, String message) {
    var fault = classify(code, httpStatus);
    var answered = httpStatus < 500 || fault == Fault.THROTTLED;
    return new CallFailed(fault, code, httpStatus, requestId, answered, message);
  }

  /** No answer came: nobody knows whether the call had an effect. */
  public static CallFailed unanswered(String name, String message) {
    return new CallFailed(Fault.UNREACHABLE, name, 0, "", false, message);
  }

  static CallFailed of(AwsServiceException failure) {
    var details = failure.awsErrorDetails();
    var code = details == null ? "" : Text.of(details.errorCode());
    var message = details == null ? "" : Text.of(details.errorMessage());
    return refused(
        code,
        failure.statusCode(),
        Text.of(failure.requestId()),
        message.isEmpty() ? Text.of(failure.getMessage()) : message);
  }

  static CallFailed of(SdkClientException failure) {
    return unanswered(failure.getClass().getSimpleName(), Text.of(failure.getMessage()));
  }
}
