package dev.penstock.appliers.ec2;

import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Halted;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.List;

/**
 * Our rules on a group that is not ours. Only rules that the command names are written or removed;
 * which of them are ours is the reconciler's to know (design §7, security group rules).
 */
public final class SecurityGroupRulesExecutor {
  private final Execution execution;

  public SecurityGroupRulesExecutor(Execution execution) {
    this.execution = execution;
  }

  public Result create(SecurityGroupRulesSpec desired)
      throws CallFailed, Halted, InterruptedException {
    new IngressRules(execution, desired.groupId()).authorize(desired.ingress());
    return present(desired.groupId(), desired.ingress());
  }

  public Result update(LiveSecurityGroupRules observed, SecurityGroupRulesSpec desired)
      throws CallFailed, Halted, InterruptedException {
    new IngressRules(execution, desired.groupId())
        .write(observed.spec().ingress(), desired.ingress());
    return present(desired.groupId(), desired.ingress());
  }

  public Result delete(LiveSecurityGroupRules observed)
      throws CallFailed, Halted, InterruptedException {
    new IngressRules(execution, observed.spec().groupId()).revoke(observed.spec().ingress());
    execution.saw(new ResourceMissing(execution.resource()));
    return new Result.Applied();
  }

  private Result present(String groupId, List<Permission> rules) {
    var live = new LiveSecurityGroupRules(groupId, new SecurityGroupRulesSpec(groupId, rules));
    execution.saw(new ResourcePresent(execution.resource(), live, List.of(Aspect.INGRESS_RULES)));
    return new Result.Applied();
  }
}
