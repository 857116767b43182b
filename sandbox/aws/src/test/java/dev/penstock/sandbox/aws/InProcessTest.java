package dev.penstock.sandbox.aws;

import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The contract, through SDK clients that call the simulator directly. */
final class InProcessTest extends CloudContract {
  @Override
  Clients connect(AwsSimulator aws) {
    var caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "contract");
    return new Clients(
        aws.client(ElasticLoadBalancingV2Client.class, caller),
        aws.client(Ec2Client.class, caller),
        aws.client(Route53Client.class, caller),
        aws.client(AcmClient.class, caller),
        aws.client(StsClient.class, caller),
        () -> {});
  }
}
