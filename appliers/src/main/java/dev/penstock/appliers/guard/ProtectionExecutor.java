package dev.penstock.appliers.guard;

import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Links;
import dev.penstock.edges.aws.types.Protections;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.List;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceResponse;

/**
 * Guards of load balancers. Whose a guard is, is whose its load balancer is, as with listeners. A
 * web ACL takes the place of another in one call; whether one is to be taken away is read first.
 */
public final class ProtectionExecutor {
  private final Execution execution;

  public ProtectionExecutor(Execution execution) {
    this.execution = execution;
  }

  /** Puts the guard in front, or takes it away. */
  public Result write(ProtectionSpec desired) throws CallFailed, Halted, InterruptedException {
    return switch (desired.guard()) {
      case WEB_ACL -> webAcl(desired);
      case CLASSIC_WEB_ACL -> new ClassicWebAcls(execution).write(desired);
      case SHIELD -> new ShieldProtections(execution).write(desired);
    };
  }

  private Result webAcl(ProtectionSpec desired) throws CallFailed, Halted, InterruptedException {
    var arn = Links.id(desired.loadBalancer());
    if (!desired.value().isEmpty()) {
      var request =
          AssociateWebAclRequest.builder().webACLArn(desired.value()).resourceArn(arn).build();
      execution.call(request, AssociateWebAclResponse.class, Repeat.AWAITING);
    } else if (hasWebAcl(arn)) {
      var request = DisassociateWebAclRequest.builder().resourceArn(arn).build();
      execution.call(request, DisassociateWebAclResponse.class, Repeat.SAFE);
    }
    return done(execution, desired, "");
  }

  private boolean hasWebAcl(String arn) throws CallFailed, Halted, InterruptedException {
    var answer =
        execution.call(
            Protections.webAclOf(arn), GetWebAclForResourceResponse.class, Repeat.AWAITING);
    return !Protections.live(arn, answer).spec().value().isEmpty();
  }

  static Result done(Execution execution, ProtectionSpec desired, String handle) {
    return seen(
        execution,
        Protections.live(
            Links.id(desired.loadBalancer()), desired.guard(), desired.value(), handle));
  }

  static Result seen(Execution execution, LiveProtection live) {
    execution.saw(new ResourcePresent(execution.resource(), live, List.of(Aspect.CORE)));
    return new Result.Applied();
  }
}
