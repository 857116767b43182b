package dev.penstock.sandbox.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a simulated cluster is made of. Pod IPs come from {@code podCidr}; {@code speed} divides
 * every duration of the stand-ins (probe periods, grace periods, container starts), not the clock.
 * A {@code bare} cluster is an API server and what deletes: nobody schedules, runs or selects pods.
 */
public record ClusterSpec(
    String name,
    List<Node> nodes,
    List<String> namespaces,
    String ingressClass,
    boolean defaultIngressClass,
    String podCidr,
    double speed,
    boolean bare) {

  public ClusterSpec {
    nodes = List.copyOf(nodes);
    namespaces = List.copyOf(namespaces);
  }

  /** A node and the EC2 instance that it is. */
  public record Node(String name, String instanceId, String zone, String internalIp) {
    String providerId() {
      return "aws:///" + zone + "/" + instanceId;
    }

    String region() {
      return zone.substring(0, zone.length() - 1);
    }
  }

  /** Three nodes in three zones of us-west-2, the class {@code alb}, pods from 10.0.128.0 on. */
  public static ClusterSpec sandbox() {
    return of("sandbox", 3);
  }

  public static ClusterSpec of(String name, int nodes) {
    var list = new ArrayList<Node>();
    for (int i = 0; i < nodes; i++) {
      var ip = "10.0." + (16 * (i % 3)) + "." + (10 + i);
      var host = "ip-" + ip.replace('.', '-') + ".us-west-2.compute.internal";
      var zone = "us-west-2" + (char) ('a' + i % 3);
      list.add(new Node(host, "i-0%016x".formatted(0xa000 + i), zone, ip));
    }
    return new ClusterSpec(name, list, List.of(), "alb", false, "10.0.128.0/17", 1, false);
  }

  /** A cluster without nodes in which objects stay as their users write them. */
  public static ClusterSpec bare(String name) {
    return new ClusterSpec(name, List.of(), List.of(), "alb", false, "10.0.128.0/17", 1, true);
  }

  public ClusterSpec withNodes(List<Node> others) {
    return new ClusterSpec(
        name, others, namespaces, ingressClass, defaultIngressClass, podCidr, speed, bare);
  }

  public ClusterSpec withSpeed(double other) {
    return new ClusterSpec(
        name, nodes, namespaces, ingressClass, defaultIngressClass, podCidr, other, bare);
  }

  public ClusterSpec withPodCidr(String other) {
    return new ClusterSpec(
        name, nodes, namespaces, ingressClass, defaultIngressClass, other, speed, bare);
  }

  /** The duration as this cluster lives it. */
  public Duration paced(Duration duration) {
    return Duration.ofNanos((long) (duration.toNanos() / speed));
  }
}
