package dev.penstock.sandbox.simulation;

import dev.penstock.sandbox.aws.SandboxWorld;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** A target group for pods that a person made, and that bindings fill. */
public final class PeoplesGroup {
  private PeoplesGroup() {}

  /** Makes it in the sandbox's VPC; answers its ARN. */
  public static String make(ElasticLoadBalancingV2Client elb, String name) {
    return elb.createTargetGroup(r ->
            r.name(name)
                .protocol(ProtocolEnum.HTTP)
                .port(80)
                .vpcId(SandboxWorld.VPC)
                .targetType(TargetTypeEnum.IP))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }
}
