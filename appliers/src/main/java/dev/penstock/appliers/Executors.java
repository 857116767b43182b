package dev.penstock.appliers;

import dev.penstock.appliers.acm.CertificateExecutor;
import dev.penstock.appliers.ec2.SecurityGroupExecutor;
import dev.penstock.appliers.ec2.SecurityGroupRulesExecutor;
import dev.penstock.appliers.elbv2.ListenerExecutor;
import dev.penstock.appliers.elbv2.ListenerRuleExecutor;
import dev.penstock.appliers.elbv2.LoadBalancerExecutor;
import dev.penstock.appliers.elbv2.TargetGroupExecutor;
import dev.penstock.appliers.elbv2.TargetsExecutor;
import dev.penstock.appliers.guard.ProtectionExecutor;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.Reads;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Result;
import java.util.List;

/** Which executor does what. A resource kind more is a case more in each switch. */
final class Executors {
  private final Reads reads;
  private final ClientSecrets secrets;

  Executors(Reads reads, ClientSecrets secrets) {
    this.reads = reads;
    this.secrets = secrets;
  }

  /** Executes one command; name commands go to {@code RecordNameExecutor} in batches instead. */
  Result execute(Operation operation, Execution execution)
      throws CallFailed, Halted, InterruptedException {
    return switch (operation) {
      case Operation.Create(var desired) -> create(desired, execution);
      case Operation.Update(var observed, var desired, var aspects) ->
          update(observed, desired, aspects, execution);
      case Operation.Delete(var observed) -> delete(observed, execution);
      case Operation.RegisterTargets(var arn, var targets) ->
          new TargetsExecutor(execution).register(arn, targets);
      case Operation.DeregisterTargets(var arn, var targets) ->
          new TargetsExecutor(execution).deregister(arn, targets);
      case Operation.SetRulePriorities(var listener, var priorities) ->
          new ListenerRuleExecutor(execution, secrets).setPriorities(listener, priorities);
      case Operation.Observe(var reading) -> {
        reads.read(execution.resource(), reading, execution).forEach(execution::saw);
        yield new Result.Applied();
      }
    };
  }

  private Result create(ResourceSpec desired, Execution execution)
      throws CallFailed, Halted, InterruptedException {
    return switch (desired) {
      case LoadBalancerSpec spec -> new LoadBalancerExecutor(execution).create(spec);
      case ListenerSpec spec -> new ListenerExecutor(execution, secrets).create(spec);
      case ListenerRuleSpec spec -> new ListenerRuleExecutor(execution, secrets).create(spec);
      case TargetGroupSpec spec -> new TargetGroupExecutor(execution).create(spec);
      case SecurityGroupSpec spec -> new SecurityGroupExecutor(execution).create(spec);
      case SecurityGroupRulesSpec spec -> new SecurityGroupRulesExecutor(execution).create(spec);
      case CertificateSpec spec -> new CertificateExecutor(execution).create(spec);
      case ProtectionSpec spec -> new ProtectionExecutor(execution).write(spec);
      case RecordNameSpec spec -> throw notBatched(spec);
    };
  }

  private Result update(
      Live observed, ResourceSpec desired, List<Aspect> aspects, Execution execution)
      throws CallFailed, Halted, InterruptedException {
    return switch (observed) {
      case LiveLoadBalancer live when desired instanceof LoadBalancerSpec spec ->
          new LoadBalancerExecutor(execution).update(live, spec, aspects);
      case LiveListener live when desired instanceof ListenerSpec spec ->
          new ListenerExecutor(execution, secrets).update(live, spec, aspects);
      case LiveListenerRule live when desired instanceof ListenerRuleSpec spec ->
          new ListenerRuleExecutor(execution, secrets).update(live, spec, aspects);
      case LiveTargetGroup live when desired instanceof TargetGroupSpec spec ->
          new TargetGroupExecutor(execution).update(live, spec, aspects);
      case LiveSecurityGroup live when desired instanceof SecurityGroupSpec spec ->
          new SecurityGroupExecutor(execution).update(live, spec, aspects);
      case LiveSecurityGroupRules live when desired instanceof SecurityGroupRulesSpec spec ->
          new SecurityGroupRulesExecutor(execution).update(live, spec);
      case LiveCertificate live when desired instanceof CertificateSpec spec ->
          new CertificateExecutor(execution).update(live, spec);
      case LiveProtection _ when desired instanceof ProtectionSpec spec ->
          new ProtectionExecutor(execution).write(spec);
      case LiveRecordName live -> throw notBatched(live.spec());
      case LiveLoadBalancer _,
          LiveListener _,
          LiveListenerRule _,
          LiveTargetGroup _,
          LiveSecurityGroup _,
          LiveSecurityGroupRules _,
          LiveCertificate _,
          LiveProtection _ ->
          throw new IllegalStateException(observed + " cannot become " + desired);
    };
  }

  private Result delete(Live observed, Execution execution)
      throws CallFailed, Halted, InterruptedException {
    return switch (observed) {
      case LiveLoadBalancer live -> new LoadBalancerExecutor(execution).delete(live);
      case LiveListener live -> new ListenerExecutor(execution, secrets).delete(live);
      case LiveListenerRule live -> new ListenerRuleExecutor(execution, secrets).delete(live);
      case LiveTargetGroup live -> new TargetGroupExecutor(execution).delete(live);
      case LiveSecurityGroup live -> new SecurityGroupExecutor(execution).delete(live);
      case LiveSecurityGroupRules live -> new SecurityGroupRulesExecutor(execution).delete(live);
      case LiveCertificate live -> new CertificateExecutor(execution).delete(live);
      case LiveProtection live ->
          throw new IllegalStateException(live + " goes with its load balancer");
      case LiveRecordName live -> throw notBatched(live.spec());
    };
  }

  private static IllegalStateException notBatched(RecordNameSpec spec) {
    return new IllegalStateException(spec.name() + " must be written with its zone's batch");
  }
}
