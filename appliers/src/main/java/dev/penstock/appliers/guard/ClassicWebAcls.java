package dev.penstock.appliers.guard;

import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Links;
import dev.penstock.edges.aws.types.Protections;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.event.Result;
import software.amazon.awssdk.services.waf.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.waf.model.AssociateWebAclResponse;
import software.amazon.awssdk.services.waf.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.waf.model.DisassociateWebAclResponse;
import software.amazon.awssdk.services.waf.model.GetWebAclForResourceResponse;

/** Web ACLs of classic WAF; its requests are called as those of WAFv2. */
final class ClassicWebAcls {
  private final Execution execution;

  ClassicWebAcls(Execution execution) {
    this.execution = execution;
  }

  Result write(ProtectionSpec desired) throws CallFailed, Halted, InterruptedException {
    var arn = Links.id(desired.loadBalancer());
    if (!desired.value().isEmpty()) {
      var request =
          AssociateWebAclRequest.builder().webACLId(desired.value()).resourceArn(arn).build();
      execution.call(request, AssociateWebAclResponse.class, Repeat.AWAITING);
    } else if (hasWebAcl(arn)) {
      var request = DisassociateWebAclRequest.builder().resourceArn(arn).build();
      execution.call(request, DisassociateWebAclResponse.class, Repeat.SAFE);
    }
    return ProtectionExecutor.done(execution, desired, "");
  }

  private boolean hasWebAcl(String arn) throws CallFailed, Halted, InterruptedException {
    var answer =
        execution.call(
            Protections.classicWebAclOf(arn), GetWebAclForResourceResponse.class, Repeat.AWAITING);
    return !Protections.live(arn, answer).spec().value().isEmpty();
  }
}
