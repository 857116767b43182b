package dev.penstock.streams.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrantsTest {
  private static final List<Call> CALLS =
      List.of(
          new Call("ec2", "DescribeSecurityGroups", false, "r1", 200, "", 5),
          new Call(
              "ec2", "AuthorizeSecurityGroupIngress", true, "r2", 403, "UnauthorizedOperation", 5));

  private static String words(Fault fault, String message) {
    return Grants.words(new Result.Rejected(fault, "UnauthorizedOperation", message), CALLS);
  }

  @Test
  void theActionThatAwsNamesIsNamed() {
    assertEquals(
        "; grant route53:ListHostedZones to the role of `penstock apply`",
        words(Fault.DENIED, "x is not authorized to perform: route53:ListHostedZones because"));
  }

  @Test
  void withoutAwsWordTheRefusedCallIsNamed() {
    assertEquals(
        "; grant ec2:AuthorizeSecurityGroupIngress to the role of `penstock apply`",
        words(Fault.DENIED, "You are not authorized to perform this operation."));
  }

  @Test
  void otherRefusalsAskForNoPermission() {
    assertEquals("", words(Fault.INVALID, "not authorized to perform: a:B"));
  }
}
