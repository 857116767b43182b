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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * What must hold at the end: nothing is left to do, and each Ingress that has an address reaches
 * exactly the pods of its application that are ready or wait for gates only, its own among them;
 * while there is none, those whose node is silent (LBC 5.3: it fails open, also for pods that are
 * being deleted).
 */
final class EndCheck {
  private static final String GATE = "target-health.elbv2.k8s.aws/";

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
    registered(cluster, address, name)
        .forEach((group, registered) -> {
          var reachable = reachable(cluster, Tree.namespace(ingress), name, group);
          if (!registered.equals(reachable)) {
            differences.add(
                world.fleet().cluster(cluster)
                    + " "
                    + name
                    + " reaches "
                    + registered
                    + ", reachable are "
                    + reachable);
          }
        });
  }

  private Set<String> reachable(int cluster, String namespace, String app, String group) {
    var kubectl = world.kubectl(cluster);
    if (kubectl.find(Kinds.SERVICE, namespace, app).isEmpty()) {
      return Set.of();
    }
    var pods =
        kubectl.all(Kinds.POD, namespace).stream()
            .filter(pod -> Tree.text(pod, "metadata", "labels", "app").equals(app))
            .toList();
    var serving = addresses(pods, pod -> !Tree.deleting(pod) && serves(pod, group));
    return serving.isEmpty() ? addresses(pods, pod -> isCutOff(cluster, pod)) : serving;
  }

  /** A pod is a target before its gate opens: that opens it (LBC 5.3). */
  private static boolean serves(ObjectNode pod, String group) {
    return status(pod, "Ready").equals("True")
        || status(pod, "ContainersReady").equals("True")
            && Tree.items(pod, "spec", "readinessGates").stream()
                .anyMatch(gate -> Tree.text(gate, "conditionType").equals(GATE + group));
  }

  /** Its containers were ready when its node was last heard of. */
  private boolean isCutOff(int cluster, ObjectNode pod) {
    return status(pod, "ContainersReady").equals("True")
        && world
            .kubectl(cluster)
            .find(Kinds.NODE, "", Tree.text(pod, "spec", "nodeName"))
            .filter(node -> status(node, "Ready").equals("Unknown"))
            .isPresent();
  }

  private static String status(ObjectNode object, String condition) {
    return Tree.text(
        Tree.find(Tree.at(object, "status", "conditions"), "type", condition), "status");
  }

  private static Set<String> addresses(List<ObjectNode> pods, Predicate<ObjectNode> which) {
    var addresses = new TreeSet<String>();
    pods.stream().filter(which).forEach(pod -> addresses.add(Tree.text(pod, "status", "podIP")));
    return addresses;
  }

  /** The targets of each target group, by its name, for the application behind the address. */
  private Map<String, Set<String>> registered(int cluster, String address, String app) {
    var elb = elb(cluster);
    var all = new TreeMap<String, Set<String>>();
    for (var balancer : elb.describeLoadBalancers().loadBalancers()) {
      if (!balancer.dnsName().equalsIgnoreCase(address)) {
        continue;
      }
      var groups = elb.describeTargetGroups(r -> r.loadBalancerArn(balancer.loadBalancerArn()));
      for (var group : groups.targetGroups()) {
        if (group.targetGroupName().contains(app.replace("-", ""))) {
          all.put(group.targetGroupName(), targets(elb, group.targetGroupArn()));
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
