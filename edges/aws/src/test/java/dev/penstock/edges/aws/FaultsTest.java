package dev.penstock.edges.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each row: AWS's code, the HTTP status, what it means. */
class FaultsTest {
  private static final String TABLE =
      """
      Throttling 400 THROTTLED
      ThrottlingException 400 THROTTLED
      RequestLimitExceeded 503 THROTTLED
      AnythingElse 429 THROTTLED
      ServiceUnavailable 503 UNREACHABLE
      InternalFailure 500 UNREACHABLE
      HealthUnavailable 500 UNREACHABLE
      NobodyKnowsThis 502 UNREACHABLE
      InvalidSecurityGroup 400 NOT_YET_CONSISTENT
      ResourceInUse 400 DEPENDENCY_PENDING
      DependencyViolation 400 DEPENDENCY_PENDING
      PriorRequestNotComplete 400 DEPENDENCY_PENDING
      TargetGroupAssociationLimit 400 DEPENDENCY_PENDING
      AccessDenied 403 DENIED
      UnauthorizedOperation 403 DENIED
      LoadBalancerNotFound 400 GONE
      InvalidGroup.NotFound 400 GONE
      NoSuchHostedZone 404 GONE
      TooManyTargets 400 QUOTA
      TooManyRules 400 QUOTA
      RulesPerSecurityGroupLimitExceeded 400 QUOTA
      SecurityGroupLimitExceeded 400 QUOTA
      InvalidTarget 400 INVALID
      InvalidChangeBatch 400 INVALID
      PriorityInUse 400 INVALID
      DuplicateLoadBalancerName 400 INVALID
      OperationNotPermitted 400 INVALID
      ValidationError 400 INVALID
      """;

  @TestFactory
  Stream<DynamicTest> codesHaveOneMeaning() {
    return TABLE
        .lines()
        .map(line -> line.split(" "))
        .map(row ->
            DynamicTest.dynamicTest(
                row[0],
                () ->
                    assertEquals(
                        Fault.valueOf(row[2]), Faults.classify(row[0], Integer.parseInt(row[1])))));
  }

  @Test
  void onlyRefusalsAndThrottlesExcludeAnEffect() {
    assertTrue(Faults.refused("InvalidTarget", 400, "r", "").answered());
    assertTrue(Faults.refused("RequestLimitExceeded", 503, "r", "").answered());
    assertFalse(Faults.refused("InternalFailure", 500, "r", "").answered());
    assertFalse(Faults.unanswered("Timeout", "").answered());
  }
}
