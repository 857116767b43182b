package dev.penstock.sandbox.simulation.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.check.Settled;
import dev.penstock.schemas.command.Lane;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * What must hold at the end: nothing is left to do, and each Ingress that has an address reaches
 * exactly the ready pods of its application.
 */
final class EndCheck {
  private final PlayedWorld world;

  EndCheck(PlayedWorld world) {
    this.world = world;
  }

  boolean holds() {
    return idle() && differences().isEmpty();
  }

  /** What is not as it must be. */
  List<String> differences() {
    var tables = world.pipeline().tables();
    var differences = new ArrayList<>(Settled.differences(tables));
    differences.addAll(world.pipeline().aws().unthrottled(this::unreached));
    return differences;
  }

  private List<String> unreached() {
    var differences = new ArrayList<String>();
    for (var cluster : world.fleet().numbers()) {
      for (var ingress : world.kubectl(cluster).all(Kinds.INGRESS, "")) {
        differ(cluster, ingress, differences);
      }
    }
    return differences;
  }

  /** Sweeps come and go. */
  private boolean idle() {
    var tables = world.pipeline().tables();
    return tables.scan(Table.OPEN, "").stream()
            .allMatch(e -> e.row().command().key().lane() == Lane.OBSERVE)
        && tables.scan(Table.OPEN_KUBERNETES, "", 1).isEmpty()
        && tables.scan(Table.DIRTY, "", 1).isEmpty();
  }

  private void differ(int cluster, ObjectNode ingress, List<String> differences) {
    var address = ingress.at("/status/loadBalancer/ingress/0/hostname").asText("");
    var type = Tree.annotation(ingress, "alb.ingress.kubernetes.io/target-type");
    if (address.isEmpty() || !type.equals("ip")) {
      return;
    }
    var name = Tree.name(ingress);
    var ready = ready(cluster, Tree.namespace(ingress), name);
    for (var registered : registered(cluster, address, name)) {
      if (!registered.equals(ready)) {
        differences.add(
            world.fleet().cluster(cluster)
                + " "
                + name
                + " reaches "
                + registered
                + ", ready are "
                + ready);
      }
    }
  }

  private Set<String> ready(int cluster, String namespace, String app) {
    var ready = new TreeSet<String>();
    if (world.kubectl(cluster).find(Kinds.SERVICE, namespace, app).isEmpty()) {
      return ready;
    }
    for (var pod : world.kubectl(cluster).all(Kinds.POD, namespace)) {
      var condition = Tree.find(Tree.at(pod, "status", "conditions"), "type", "Ready");
      if (Tree.text(pod, "metadata", "labels", "app").equals(app)
          && Tree.text(condition, "status").equals("True")
          && !Tree.deleting(pod)) {
        ready.add(Tree.text(pod, "status", "podIP"));
      }
    }
    return ready;
  }

  /** The targets of each target group for the application behind the address. */
  private List<Set<String>> registered(int cluster, String address, String app) {
    var elb = elb(cluster);
    var all = new ArrayList<Set<String>>();
    for (var balancer : elb.describeLoadBalancers().loadBalancers()) {
      if (!balancer.dnsName().equalsIgnoreCase(address)) {
        continue;
      }
      var groups = elb.describeTargetGroups(r -> r.loadBalancerArn(balancer.loadBalancerArn()));
      for (var group : groups.targetGroups()) {
        if (group.targetGroupName().contains(app.replace("-", ""))) {
          all.add(targets(elb, group.targetGroupArn()));
        }
      }
    }
    return all;
  }

  private static Set<String> targets(ElasticLoadBalancingV2Client elb, String arn) {
    var targets = new TreeSet<String>();
    elb.describeTargetHealth(r -> r.targetGroupArn(arn)).targetHealthDescriptions().stream()
        .filter(t -> !t.targetHealth().stateAsString().equals("draining"))
        .forEach(t -> targets.add(t.target().id()));
    return targets;
  }

  private ElasticLoadBalancingV2Client elb(int cluster) {
    var scope = world.fleet().home(cluster).scope();
    var caller = Caller.of(scope.account(), scope.region(), "the-end");
    return world.pipeline().aws().client(ElasticLoadBalancingV2Client.class, caller);
  }
}
