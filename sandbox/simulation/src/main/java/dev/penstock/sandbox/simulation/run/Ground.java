package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.simulation.Kubectl;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/** Where people work: the clusters of a script by their numbers, and AWS as a person calls it. */
interface Ground {
  /** Names a person in AWS's trail. */
  String PERSON = "a-person";

  Sight sight();

  ScriptFleet fleet();

  default SimulatedCluster cluster(int number) {
    return sight().cluster(fleet().cluster(number));
  }

  default Kubectl kubectl(int number) {
    return new Kubectl(cluster(number));
  }

  /** The kind of this resource, unless its definition is gone. */
  default Optional<Kind> kind(int cluster, String resource) {
    return cluster(cluster).api().kinds().find(resource);
  }

  default ElasticLoadBalancingV2Client elb(int cluster) {
    return client(ElasticLoadBalancingV2Client.class, cluster);
  }

  default Ec2Client ec2(int cluster) {
    return client(Ec2Client.class, cluster);
  }

  default Route53Client dns() {
    return client(Route53Client.class, 1);
  }

  private <C> C client(Class<C> type, int cluster) {
    var scope = fleet().home(cluster).scope();
    var caller = Caller.of(scope.account(), scope.region(), PERSON);
    return sight().aws().client(type, caller);
  }
}
