package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.simulation.Kubectl;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/** Where deeds are done: the running pipeline, and what is to end at a later time. */
final class PlayedWorld {
  /** Names a person in AWS's trail. */
  static final String PERSON = "a-person";

  private final Pipeline pipeline;
  private final ScriptFleet fleet;
  private final List<Ending> endings = new ArrayList<>();

  private record Ending(Instant at, Runnable action) {}

  PlayedWorld(Pipeline pipeline, ScriptFleet fleet) {
    this.pipeline = pipeline;
    this.fleet = fleet;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  ScriptFleet fleet() {
    return fleet;
  }

  SimulatedCluster cluster(int number) {
    return pipeline.cluster(fleet.cluster(number));
  }

  Kubectl kubectl(int number) {
    return new Kubectl(cluster(number));
  }

  /** The kind of this resource, unless its definition is gone. */
  Optional<Kind> kind(int cluster, String resource) {
    return cluster(cluster).api().kinds().find(resource);
  }

  ElasticLoadBalancingV2Client elb(int cluster) {
    return client(ElasticLoadBalancingV2Client.class, cluster);
  }

  Ec2Client ec2(int cluster) {
    return client(Ec2Client.class, cluster);
  }

  Route53Client dns() {
    return client(Route53Client.class, 1);
  }

  private <C> C client(Class<C> type, int cluster) {
    var scope = fleet.home(cluster).scope();
    var caller = Caller.of(scope.account(), scope.region(), PERSON);
    return pipeline.aws().client(type, caller);
  }

  /** Something to be done after a time, or when the calm comes. */
  void later(Duration after, Runnable action) {
    endings.add(new Ending(pipeline.now().plus(after), action));
  }

  /** When the next of these is due. */
  Instant nextEnding() {
    return endings.stream().map(Ending::at).min(Instant::compareTo).orElse(Instant.MAX);
  }

  /** Does what is due by then, in order. */
  void end(Instant by) {
    var due = endings.stream().filter(e -> !e.at().isAfter(by)).toList();
    endings.removeAll(due);
    due.stream()
        .sorted((a, b) -> a.at().compareTo(b.at()))
        .forEach(ending -> attempt(ending.action()));
  }

  /** Does it; false if the cluster or AWS refused. */
  static boolean attempt(Runnable action) {
    try {
      action.run();
      return true;
    } catch (Refusal | SdkException _) {
      return false;
    }
  }
}
