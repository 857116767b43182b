package dev.penstock.streams;

import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClass;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.streams.fold.Projections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a small cluster and its account look like. */
public final class Facts {
  public static final Scope REGION = new Scope("111122223333", "us-west-2");
  public static final Scope DNS = Scope.global("111122223333");
  public static final String CLUSTER = "c1";
  public static final String UID = "uid-of-kube-system";
  static final String VPC = "vpc-0123456789abcdef0";

  private Facts() {}

  public static ClusterRegistration registration() {
    return ClusterRegistration.of(CLUSTER, REGION, VPC).withDnsScopes(List.of(DNS));
  }

  static Metadata metadata(String namespace, String name, Map<String, String> annotations) {
    return new Metadata(
        namespace,
        name,
        "uid-" + name,
        "1",
        1,
        Map.of(),
        annotations,
        List.of(),
        Optional.of(Instant.EPOCH),
        Optional.empty());
  }

  public static IngressClass albClass() {
    return albClass(Optional.empty());
  }

  static IngressClass albClass(Optional<String> params) {
    return new IngressClass(
        metadata("", "alb", Map.of()),
        "ingress.k8s.aws/alb",
        params.map(
            name -> new IngressClass.Parameters("elbv2.k8s.aws", "IngressClassParams", name)));
  }

  /** The parameters "grouped", which put every Ingress of their class into one group. */
  static IngressClassParams grouped(String group) {
    return new IngressClassParams(
        metadata("", "grouped", Map.of()),
        Optional.empty(),
        Optional.of(group),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  public static Ingress ingress(String name, String host, Map<String, String> more) {
    var annotations = new TreeMap<>(more);
    annotations.put("alb.ingress.kubernetes.io/scheme", "internet-facing");
    annotations.put("alb.ingress.kubernetes.io/target-type", "ip");
    var backend =
        new Ingress.Backend(
            Optional.of(new Ingress.ServiceBackend("web", new PortReference.Numbered(80))));
    return new Ingress(
        metadata("default", name, annotations),
        Optional.of("alb"),
        Optional.empty(),
        List.of(new Ingress.Rule(host, List.of(new Ingress.Path("/", "Prefix", backend)))),
        List.of(),
        List.of());
  }

  /** The object as it is once it carries the finalizer of an implicit group. */
  static Ingress withFinalizer(Ingress ingress) {
    var m = ingress.metadata();
    var marked =
        new Metadata(
            m.namespace(),
            m.name(),
            m.uid(),
            m.resourceVersion(),
            m.generation() + 1,
            m.labels(),
            m.annotations(),
            List.of("ingress.k8s.aws/resources"),
            m.created(),
            m.deleted());
    return (Ingress) Projections.with(ingress, marked);
  }

  static Service service() {
    return new Service(
        metadata("default", "web", Map.of()),
        "ClusterIP",
        "172.20.0.10",
        List.of("IPv4"),
        List.of(new Service.Port("", 80, new PortReference.Numbered(8080), 0, "TCP")),
        Map.of("app", "web"),
        "",
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  static Node node() {
    return new Node(
        metadata("", "node-1", Map.of()),
        "aws:///us-west-2a/i-0aaaaaaaaaaaaaaa1",
        List.of("10.0.1.10"),
        "True",
        false,
        List.of());
  }

  static Pod pod(int number) {
    return new Pod(
        metadata("default", "web-" + number, Map.of()),
        "node-1",
        List.of(address(number)),
        "10.0.1.10",
        "Running",
        List.of(
            new Condition("Ready", "True", "", ""),
            new Condition("ContainersReady", "True", "", "")),
        List.of(),
        List.of(new Pod.ContainerPort("http", 8080, "TCP", Optional.empty())));
  }

  /** A pod that is ready but for the gate on its target's health. */
  static Pod gated(int number, String binding) {
    var pod = pod(number);
    return new Pod(
        pod.metadata(),
        pod.nodeName(),
        pod.ips(),
        pod.hostIp(),
        pod.phase(),
        List.of(
            new Condition("Ready", "False", "", ""),
            new Condition("ContainersReady", "True", "", "")),
        List.of("target-health.elbv2.k8s.aws/" + binding),
        pod.ports());
  }

  static String address(int number) {
    return "10.0.1." + (100 + number);
  }

  /** The pod as it is while it is being deleted. */
  static Pod deleted(Pod pod) {
    return (Pod) Projections.with(pod, deleted(pod.metadata()));
  }

  static Metadata deleted(Metadata m) {
    return new Metadata(
        m.namespace(),
        m.name(),
        m.uid(),
        "2",
        m.generation(),
        m.labels(),
        m.annotations(),
        m.finalizers(),
        m.created(),
        Optional.of(Instant.EPOCH));
  }

  static EndpointSlice slice(int... numbers) {
    return slice(IntStream.of(numbers).mapToObj(n -> endpoint(n, true)).toList());
  }

  static EndpointSlice slice(List<EndpointSlice.Endpoint> endpoints) {
    return new EndpointSlice(
        metadata("default", "web-abc", Map.of()),
        "web",
        "IPv4",
        List.of(new EndpointSlice.Port("", 8080, "TCP")),
        endpoints);
  }

  /** A pod behind the Service: ready, or terminating while it still serves. */
  static EndpointSlice.Endpoint endpoint(int number, boolean ready) {
    return new EndpointSlice.Endpoint(
        List.of(address(number)),
        Optional.of(ready),
        Optional.of(true),
        Optional.of(!ready),
        Optional.of(new EndpointSlice.PodReference("web-" + number, "uid-web-" + number, "")),
        Optional.of("node-1"),
        Optional.of("us-west-2a"));
  }

  static List<KubernetesObject> cluster(KubernetesObject... more) {
    var objects = new ArrayList<KubernetesObject>();
    objects.add(albClass());
    objects.add(service());
    objects.add(node());
    objects.add(pod(1));
    objects.add(pod(2));
    objects.add(slice(1, 2));
    objects.addAll(List.of(more));
    return objects;
  }

  static Network network() {
    var tags = Map.of("kubernetes.io/role/elb", "1");
    var subnets = new ArrayList<Network.Subnet>();
    var zones = new ArrayList<Network.Zone>();
    for (var letter : List.of("a", "b")) {
      zones.add(new Network.Zone("us-west-2" + letter, "usw2-az-" + letter, "availability-zone"));
      subnets.add(
          new Network.Subnet(
              "subnet-0000000000000000" + letter,
              "us-west-2" + letter,
              letter.equals("a") ? "10.0.1.0/24" : "10.0.2.0/24",
              List.of(),
              200,
              Optional.empty(),
              tags));
    }
    return new Network(
        VPC,
        List.of("10.0.0.0/16"),
        List.of(),
        zones,
        subnets,
        List.of(new Network.RouteTable("rtb-1", true, List.of(), true)),
        List.of(
            new Network.Group(
                "sg-nodes", "nodes", Map.of("kubernetes.io/cluster/" + CLUSTER, "owned"))));
  }

  static List<Network.NetworkInterface> interfaces() {
    var addresses = List.of("10.0.1.10", address(1), address(2), address(3), address(4));
    return List.of(
        new Network.NetworkInterface(
            "eni-1",
            Optional.of("i-0aaaaaaaaaaaaaaa1"),
            addresses,
            List.of(),
            List.of("sg-nodes")));
  }

  static List<Certificate> certificates() {
    return List.of();
  }

  static List<HostedZone> zones() {
    return List.of(new HostedZone("Z1", "example.com.", false, Map.of()));
  }
}
