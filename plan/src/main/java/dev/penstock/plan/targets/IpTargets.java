package dev.penstock.plan.targets;

import dev.penstock.plan.Cidr;
import dev.penstock.plan.ClusterView;
import dev.penstock.plan.targets.TargetsIntent.Selected;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Pod addresses (LBC 5.3); the first row that fits.
 *
 * <pre>
 *   no pod behind it, or the pod is not known yet             not shown
 *   a gate is open, its node is unknown: Nodes not listed     not shown
 *   the pod cannot be read                                    what the slice says
 *   ready, or nothing said                                    WANTED
 *   not ready, containers ready, node unknown, nobody ready   WANTED, also terminating (fail open)
 *   not ready, terminating                                    TERMINATING
 *   not ready, containers ready, node ready (a gate is open)  WANTED
 *   not ready, anything else                                  UNREADY
 * </pre>
 */
final class IpTargets {
  private final TargetBinding binding;
  private final ClusterView cluster;
  private final List<Cidr> inside;
  private final boolean failOpen;
  private final TreeMap<Target, Endpoint> selected = new TreeMap<>();
  private final TreeMap<Target, Endpoint> unknown = new TreeMap<>();
  private boolean serverIds;

  private IpTargets(TargetBinding binding, ClusterView cluster, Optional<Network> network) {
    this.binding = binding;
    this.cluster = cluster;
    this.inside =
        network.stream()
            .flatMap(n -> Stream.concat(n.cidrs().stream(), n.ipv6Cidrs().stream()))
            .flatMap(text -> Cidr.parse(text).stream())
            .toList();
    this.failOpen = cluster.registration().controller().gate("EndpointsFailOpen", true);
  }

  static TargetsIntent of(
      TargetBinding binding, Service.Port port, ClusterView cluster, Optional<Network> network) {
    var targets = new IpTargets(binding, cluster, network);
    for (var object : cluster.slices(binding.namespace(), binding.serviceName())) {
      if (!(object instanceof EndpointSlice slice)) {
        return new TargetsIntent.Unresolved(
            "EndpointSlice "
                + object.metadata().name()
                + " cannot be read: "
                + Targets.reason(object));
      }
      if (slice.addressType().equalsIgnoreCase(binding.ipAddressType())) {
        targets.add(slice, port.name());
      }
    }
    return targets.serverIds && binding.protocol().isEmpty()
        ? new TargetsIntent.Unresolved("it is not known yet whether its target group speaks QUIC")
        : targets.resolved();
  }

  private void add(EndpointSlice slice, String portName) {
    for (var port : slice.ports()) {
      if (portName.isEmpty() || portName.equals(port.name())) {
        slice.endpoints().forEach(endpoint -> add(endpoint, port.port()));
      }
    }
  }

  private void add(EndpointSlice.Endpoint endpoint, int port) {
    if (endpoint.addresses().isEmpty() || endpoint.pod().isEmpty()) {
      return;
    }
    var found = pod(endpoint.pod().get());
    if (found.orElse(null) instanceof Malformed) {
      unreadable(endpoint, endpoint.pod().get(), port);
    } else if (found.orElse(null) instanceof Pod pod) {
      add(endpoint, pod, port);
    }
  }

  /** What the slice says is enough; where it is not, the target stays as it was (I2). */
  private void unreadable(
      EndpointSlice.Endpoint endpoint, EndpointSlice.PodReference pod, int port) {
    boolean ready = endpoint.ready().orElse(true);
    boolean terminating = endpoint.terminating().orElse(false);
    if (!ready && !terminating) {
      return;
    }
    var address = endpoint.addresses().getFirst();
    selected.putIfAbsent(
        new Target(address, port, zone(address)),
        new Endpoint(
            namespace(pod),
            pod.name(),
            pod.uid(),
            endpoint.nodeName().orElse(""),
            ready,
            terminating,
            endpoint.serving().orElse(ready),
            ready ? Standing.WANTED : Standing.TERMINATING));
  }

  private void add(EndpointSlice.Endpoint endpoint, Pod pod, int port) {
    if (isUntold(endpoint, pod)) {
      return;
    }
    var address = endpoint.addresses().getFirst();
    var target = new Target(address, port, zone(address), serverId(pod, port));
    var judged = judge(endpoint, pod);
    if (judged.isPresent()) {
      selected.merge(
          target,
          row(endpoint, pod, judged.get()),
          (a, b) -> a.standing().compareTo(b.standing()) >= 0 ? a : b);
    } else {
      unknown.put(target, row(endpoint, pod, Standing.UNREADY));
    }
  }

  private boolean isUntold(EndpointSlice.Endpoint endpoint, Pod pod) {
    return !endpoint.ready().orElse(true)
        && !terminating(endpoint, pod)
        && is(pod, "ContainersReady")
        && nodeReady(pod.nodeName()).isEmpty()
        && !cluster.isListed(ObjectKind.NODE);
  }

  /** Empty: the pod's node is not heard of, so that nobody can tell. */
  private Optional<Standing> judge(EndpointSlice.Endpoint endpoint, Pod pod) {
    if (endpoint.ready().orElse(true)) {
      return Optional.of(Standing.WANTED);
    }
    boolean terminating = terminating(endpoint, pod);
    boolean containersReady = is(pod, "ContainersReady");
    var node = nodeReady(pod.nodeName());
    if (containersReady && node.equals("Unknown")) {
      return Optional.empty();
    }
    if (terminating) {
      return Optional.of(Standing.TERMINATING);
    }
    return Optional.of(containersReady && node.equals("True") ? Standing.WANTED : Standing.UNREADY);
  }

  private TargetsIntent resolved() {
    boolean anyReady = selected.values().stream().anyMatch(Endpoint::ready);
    unknown.forEach((target, endpoint) ->
        selected.putIfAbsent(
            target,
            failOpen && !anyReady
                ? standing(endpoint, Standing.WANTED)
                : standing(
                    endpoint, endpoint.terminating() ? Standing.TERMINATING : Standing.UNREADY)));
    var endpoints = new ArrayList<Selected>();
    selected.forEach((target, endpoint) -> endpoints.add(new Selected(target, endpoint)));
    return new TargetsIntent.Resolved(List.copyOf(endpoints), withoutServer());
  }

  /** AWS takes no target of a QUIC group without the id of its server. */
  private Optional<Problem> withoutServer() {
    boolean any =
        binding.isQuic()
            && selected.entrySet().stream()
                .filter(e -> e.getValue().standing() == Standing.WANTED)
                .anyMatch(e -> e.getKey().quicServerId().isEmpty());
    return any
        ? Optional.of(new Problem("QuicServerIdMissing", withoutServerWords()))
        : Optional.empty();
  }

  private String withoutServerWords() {
    return "pods of Service %s/%s that have no QUIC server id are not registered: annotation %s must"
            .formatted(binding.namespace(), binding.serviceName(), Pod.QUIC_CONTAINERS)
        + " name their container, and its variable %s must hold the id in base64"
            .formatted(cluster.registration().controller().quicEnvironmentVariableName());
  }

  private static Endpoint row(EndpointSlice.Endpoint endpoint, Pod pod, Standing standing) {
    boolean ready = endpoint.ready().orElse(true);
    return new Endpoint(
        pod.metadata().namespace(),
        pod.metadata().name(),
        pod.metadata().uid(),
        pod.nodeName(),
        ready,
        terminating(endpoint, pod),
        endpoint.serving().orElse(ready),
        standing);
  }

  static Endpoint standing(Endpoint of, Standing standing) {
    return new Endpoint(
        of.podNamespace(),
        of.podName(),
        of.podUid(),
        of.nodeName(),
        of.ready(),
        of.terminating(),
        of.serving(),
        standing);
  }

  private static boolean terminating(EndpointSlice.Endpoint endpoint, Pod pod) {
    return endpoint.terminating().orElse(false) || pod.metadata().deleted().isPresent();
  }

  static boolean is(Pod pod, String condition) {
    return pod.conditions().stream()
        .anyMatch(c -> c.type().equals(condition) && c.status().equals("True"));
  }

  private Optional<KubernetesObject> pod(EndpointSlice.PodReference reference) {
    return cluster.find(
        new ObjectKey(binding.cluster(), ObjectKind.POD, namespace(reference), reference.name()));
  }

  private String namespace(EndpointSlice.PodReference reference) {
    return reference.namespace().isEmpty() ? binding.namespace() : reference.namespace();
  }

  private Optional<String> serverId(Pod pod, int port) {
    var id =
        pod.ports().stream()
            .filter(p -> p.port() == port)
            .flatMap(p -> p.quicServerId().stream())
            .findFirst();
    serverIds |= id.isPresent();
    return id.filter(_ -> binding.isQuic());
  }

  private String nodeReady(String name) {
    return cluster
        .find(new ObjectKey(binding.cluster(), ObjectKind.NODE, "", name))
        .map(node -> node instanceof Node known ? known.ready() : "Unknown")
        .orElse("");
  }

  /** AWS wants {@code all} for an address that is not in the target group's VPC. */
  private Optional<String> zone(String address) {
    if (inside.isEmpty()) {
      return binding.vpcId().isEmpty() || binding.vpcId().equals(cluster.registration().vpcId())
          ? Optional.empty()
          : Optional.of("all");
    }
    return Cidr.parse(address)
            .filter(ip -> inside.stream().anyMatch(block -> block.contains(ip)))
            .isPresent()
        ? Optional.empty()
        : Optional.of("all");
  }
}
