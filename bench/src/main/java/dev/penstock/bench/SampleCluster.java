package dev.penstock.bench;

import dev.penstock.plan.CloudView;
import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClass;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ObservedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A cluster of one IngressGroup, and an account in which nothing was made yet. */
final class SampleCluster implements ClusterView {
  static final String NAME = "bench";
  private static final String NAMESPACE = "default";
  private static final String VPC = "vpc-0123456789abcdef0";
  private static final int SLICE = 100;
  private static final String REDIRECT =
      """
      {"type": "redirect", "redirectConfig": {"path": "/new", "statusCode": "HTTP_302"}}
      """;

  private final Map<String, KubernetesObject> objects = new TreeMap<>();
  private final int pods;

  private SampleCluster(int members, boolean redirects, int pods, int firstPod) {
    this.pods = pods;
    put(new IngressClass(named("", "alb", Map.of()), "ingress.k8s.aws/alb", Optional.empty()));
    put(service());
    for (int i = 0; i < members; i++) {
      put(ingress(i, redirects));
    }
    for (int i = firstPod; i < firstPod + pods; i++) {
      put(pod(i));
    }
    for (int from = 0; from < pods; from += SLICE) {
      put(slice(firstPod + from, Math.min(SLICE, pods - from)));
    }
  }

  static SampleCluster of(int members, int pods) {
    return new SampleCluster(members, false, pods, 0);
  }

  /** Each member sends the clients of one path elsewhere, before its own rule. */
  static SampleCluster withRedirects(int members, int pods) {
    return new SampleCluster(members, true, pods, 0);
  }

  /** The first pod is gone, and one more stands at the end. */
  SampleCluster withOnePodReplaced() {
    return new SampleCluster(1, false, pods, 1);
  }

  private void put(KubernetesObject object) {
    objects.put(key(object).toString(), object);
  }

  private static ObjectKey key(KubernetesObject object) {
    var metadata = object.metadata();
    return new ObjectKey(NAME, object.kind(), metadata.namespace(), metadata.name());
  }

  @Override
  public ClusterRegistration registration() {
    return ClusterRegistration.of(NAME, new Scope("111122223333", "us-west-2"), VPC)
        .withDnsScopes(List.of());
  }

  @Override
  public ScopeSettings settings() {
    return ScopeSettings.defaults();
  }

  @Override
  public Optional<KubernetesObject> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key.toString()));
  }

  @Override
  public List<KubernetesObject> list(ObjectKind kind) {
    return objects.values().stream().filter(object -> object.kind() == kind).toList();
  }

  @Override
  public List<KubernetesObject> slices(String namespace, String service) {
    return list(ObjectKind.ENDPOINT_SLICE);
  }

  @Override
  public boolean isListed(ObjectKind kind) {
    return true;
  }

  CloudView cloud() {
    return new SampleCloud();
  }

  private static Metadata named(String namespace, String name, Map<String, String> annotations) {
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

  private static Ingress ingress(int number, boolean redirects) {
    var annotations = new TreeMap<String, String>();
    annotations.put("alb.ingress.kubernetes.io/scheme", "internet-facing");
    annotations.put("alb.ingress.kubernetes.io/target-type", "ip");
    annotations.put("alb.ingress.kubernetes.io/group.name", "bench");
    var paths = new ArrayList<Ingress.Path>();
    if (redirects) {
      annotations.put("alb.ingress.kubernetes.io/actions.moved", REDIRECT);
      paths.add(path("/old", "moved", new PortReference.Named("use-annotation")));
    }
    paths.add(path("/", "web", new PortReference.Numbered(80)));
    return new Ingress(
        named(NAMESPACE, "web-%03d".formatted(number), annotations),
        Optional.of("alb"),
        Optional.empty(),
        List.of(new Ingress.Rule("web-%03d.example.com".formatted(number), List.copyOf(paths))),
        List.of(),
        List.of());
  }

  /** The same member with another path of its rule. */
  static Ingress withPath(Ingress member, String path) {
    var host = member.rules().getFirst().host();
    return new Ingress(
        member.metadata(),
        member.className(),
        member.defaultBackend(),
        List.of(new Ingress.Rule(host, List.of(path(path, "web", new PortReference.Numbered(80))))),
        member.tls(),
        member.status());
  }

  private static Ingress.Path path(String path, String service, PortReference port) {
    return new Ingress.Path(
        path,
        "Prefix",
        new Ingress.Backend(Optional.of(new Ingress.ServiceBackend(service, port))));
  }

  private static Service service() {
    return new Service(
        named(NAMESPACE, "web", Map.of()),
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

  private static String address(int number) {
    return "10.0." + (8 + number / 250) + "." + (1 + number % 250);
  }

  private static Pod pod(int number) {
    return new Pod(
        named(NAMESPACE, "web-" + number, Map.of()),
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

  private static EndpointSlice slice(int first, int count) {
    var endpoints = new ArrayList<EndpointSlice.Endpoint>();
    for (int i = first; i < first + count; i++) {
      endpoints.add(
          new EndpointSlice.Endpoint(
              List.of(address(i)),
              Optional.of(true),
              Optional.of(true),
              Optional.of(false),
              Optional.of(new EndpointSlice.PodReference("web-" + i, "uid-web-" + i, "")),
              Optional.of("node-1"),
              Optional.of("us-west-2a")));
    }
    return new EndpointSlice(
        named(NAMESPACE, "web-%05d".formatted(first), Map.of()),
        "web",
        "IPv4",
        List.of(new EndpointSlice.Port("", 8080, "TCP")),
        endpoints);
  }

  /** Two subnets in two zones; no resource is there yet. */
  private record SampleCloud() implements CloudView {
    @Override
    public ObservedRow.Presence presence(ResourceKey resource) {
      return new ObservedRow.Unknown("nothing was read");
    }

    @Override
    public List<ResourceKey> known(StackId stack) {
      return List.of();
    }

    @Override
    public Optional<Named> named(Named.Kind kind, String name) {
      return Optional.empty();
    }

    @Override
    public Optional<Network> network(String vpcId) {
      var zones = new ArrayList<Network.Zone>();
      var subnets = new ArrayList<Network.Subnet>();
      for (var letter : List.of("a", "b")) {
        var zone = "us-west-2" + letter;
        zones.add(new Network.Zone(zone, "usw2-az-" + letter, "availability-zone"));
        subnets.add(
            new Network.Subnet(
                "subnet-0000000000000000" + letter,
                zone,
                letter.equals("a") ? "10.0.0.0/20" : "10.0.16.0/20",
                List.of(),
                200,
                Optional.empty(),
                Map.of("kubernetes.io/role/elb", "1")));
      }
      return Optional.of(
          new Network(
              VPC,
              List.of("10.0.0.0/16"),
              List.of(),
              zones,
              subnets,
              List.of(new Network.RouteTable("rtb-1", true, List.of(), true)),
              List.of()));
    }

    @Override
    public Optional<List<Certificate>> certificates() {
      return Optional.of(List.of());
    }

    @Override
    public Optional<List<HostedZone>> hostedZones() {
      return Optional.of(List.of());
    }
  }
}
