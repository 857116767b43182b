package dev.penstock.plan.shared;

import dev.penstock.plan.CloudView;
import dev.penstock.plan.ClusterView;
import dev.penstock.plan.EndpointRules;
import dev.penstock.plan.Order;
import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.shared.SharedPlan.BindingProblem;
import dev.penstock.plan.targets.NodeKind;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Network.NetworkInterface;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.NetworkingPort;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Computes our rules on endpoint security groups from all bindings of a cluster (LBC 4.13): one
 * rule from the lowest to the highest port for each group, protocol and source group, unless rules
 * are not restricted; CIDR rules one by one.
 */
public final class SharedBuilder {
  private static final int MAX_PORT = 65_535;

  private final ClusterView cluster;
  private final CloudView cloud;
  private final Interfaces interfaces;
  private final boolean separate;
  private final Map<String, Map<Place, Permission>> rules = new TreeMap<>();
  private final List<BindingProblem> problems = new ArrayList<>();

  /** Rules at one place are merged; a port of -1 stands for all. */
  private record Place(String protocol, String source, int fromPort, int toPort) {}

  private record Range(String protocol, int from, int to) {}

  private SharedBuilder(
      ClusterView cluster, CloudView cloud, Network network, List<NetworkInterface> interfaces) {
    this.cluster = cluster;
    this.cloud = cloud;
    var registration = cluster.registration();
    this.separate = registration.controller().disableRestrictedSecurityGroupRules();
    this.interfaces =
        new Interfaces(
            network.securityGroups(),
            interfaces,
            registration.lbcName(),
            registration.controller().serviceTargetEniSecurityGroupTags());
  }

  /**
   * The rules for all bindings of the cluster, whose endpoints stand behind the interfaces of the
   * network: all of them must be given. {@code bindings} must name each binding that exists,
   * computed or not.
   */
  public static SharedPlan rules(
      ClusterView cluster,
      CloudView cloud,
      Network network,
      List<NetworkInterface> interfaces,
      List<BindingAccess> bindings) {
    var builder = new SharedBuilder(cluster, cloud, network, interfaces);
    bindings.forEach(builder::add);
    boolean complete = bindings.stream().allMatch(BindingAccess::computed);
    if (complete && builder.problems.isEmpty()) {
      builder
          .interfaces
          .tagged()
          .forEach(id -> builder.rules.computeIfAbsent(id, _ -> new LinkedHashMap<>()));
    } else {
      builder.keepWhatIsThere();
    }
    return builder.plan();
  }

  private void add(BindingAccess binding) {
    if (binding.accesses().isEmpty()) {
      return;
    }
    var groups = new TreeSet<String>();
    for (var row : binding.rows()) {
      if (BindingAccess.reaches(row)) {
        group(binding, row).ifPresent(groups::add);
      }
    }
    for (var access : binding.accesses()) {
      var ranges = ranges(binding, access);
      for (var group : groups) {
        ranges.forEach(range -> add(group, range, access.source()));
      }
    }
  }

  private void add(String group, Range range, Permission.Source source) {
    var place = place(range, source);
    rules
        .computeIfAbsent(group, _ -> new LinkedHashMap<>())
        .merge(
            place,
            new Permission(
                range.protocol(), range.from(), range.to(), source, EndpointRules.DESCRIPTION),
            SharedBuilder::widened);
  }

  private Place place(Range range, Permission.Source source) {
    return switch (source) {
      case Permission.Group(var group) ->
          separate
              ? new Place(range.protocol(), Order.id(group), range.from(), range.to())
              : new Place(range.protocol(), Order.id(group), -1, -1);
      case Permission.Cidr(var cidr) -> new Place(range.protocol(), cidr, range.from(), -1);
      case Permission.CidrV6(var cidr) -> new Place(range.protocol(), cidr, range.from(), -1);
      case Permission.PrefixList(var id) -> new Place(range.protocol(), id, range.from(), -1);
    };
  }

  private static Permission widened(Permission one, Permission other) {
    return new Permission(
        one.protocol(),
        Math.min(one.fromPort(), other.fromPort()),
        Math.max(one.toPort(), other.toPort()),
        one.source(),
        one.description());
  }

  private List<Range> ranges(BindingAccess binding, BackendAccess access) {
    var ranges = new ArrayList<Range>();
    if (access.ports().isEmpty()) {
      ranges.add(new Range("tcp", 0, MAX_PORT));
    }
    boolean fromGroup = access.source() instanceof Permission.Group;
    for (var port : access.ports()) {
      var protocol = port.protocol().isEmpty() ? "tcp" : port.protocol().toLowerCase(Locale.ROOT);
      if (port.port().isEmpty()) {
        ranges.add(new Range(protocol, 0, MAX_PORT));
      } else {
        for (int number : numbers(binding, port)) {
          ranges.add(new Range(protocol, number, number == 0 && fromGroup ? MAX_PORT : number));
        }
      }
    }
    return ranges;
  }

  /** A port by name is that of the containers behind the binding. */
  private List<Integer> numbers(BindingAccess binding, NetworkingPort port) {
    return switch (port.port().orElseThrow()) {
      case PortReference.Numbered(var number) -> List.of(number);
      case PortReference.Named(var name) -> {
        var numbers = new TreeSet<Integer>();
        for (var row : binding.rows()) {
          pod(binding, row).stream()
              .flatMap(pod -> pod.ports().stream())
              .filter(p -> p.name().equals(name))
              .forEach(p -> numbers.add(p.port()));
        }
        if (numbers.isEmpty() && !binding.rows().isEmpty()) {
          tell(binding, "no container of the pods behind it has a port named " + name);
        }
        yield List.copyOf(numbers);
      }
    };
  }

  private Optional<Pod> pod(BindingAccess binding, TargetRow row) {
    return row.endpoint()
        .filter(e -> !e.podNamespace().isEmpty() && BindingAccess.reaches(row))
        .map(e -> key(binding, ObjectKind.POD, e.podNamespace(), e.podName()))
        .flatMap(cluster::find)
        .filter(Pod.class::isInstance)
        .map(Pod.class::cast);
  }

  private Optional<String> group(BindingAccess binding, TargetRow row) {
    var node = node(binding, row);
    if (node.filter(NodeKind::isHybrid).isPresent()) {
      return Optional.empty();
    }
    boolean instance = binding.binding().targetType().equals("instance");
    var found =
        instance
            ? interfaces.ofInstance(
                row.target().id(), node.map(Node::internalIps).orElse(List.of()))
            : interfaces.ofAddress(row.target().id(), node.flatMap(NodeKind::instance));
    if (found.isEmpty()) {
      tell(binding, "no network interface of the VPC has the target " + row.target().id());
      return Optional.empty();
    }
    var candidates = interfaces.candidates(found.get());
    if (candidates.size() != 1) {
      tell(
          binding,
          "network interface %s must have exactly one security group tagged %s, it has %s"
              .formatted(found.get().id(), interfaces.rule(), candidates));
      return Optional.empty();
    }
    return Optional.of(candidates.getFirst());
  }

  private Optional<Node> node(BindingAccess binding, TargetRow row) {
    return row.endpoint()
        .map(Endpoint::nodeName)
        .flatMap(name -> cluster.find(key(binding, ObjectKind.NODE, "", name)))
        .filter(Node.class::isInstance)
        .map(Node.class::cast);
  }

  private static ObjectKey key(
      BindingAccess binding, ObjectKind kind, String namespace, String name) {
    return new ObjectKey(binding.binding().cluster(), kind, namespace, name);
  }

  private void tell(BindingAccess binding, String message) {
    var problem =
        new BindingProblem(
            binding.binding().targetGroup(), new Problem("FailedNetworkReconcile", message));
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** While knowledge is missing, rules are added and none is given up. */
  private void keepWhatIsThere() {
    for (var key : cloud.known(SharedPlan.stack(cluster.registration().cluster()))) {
      if (key.kind() == ResourceKind.SECURITY_GROUP_RULES
          && cloud.presence(key) instanceof Present(LiveSecurityGroupRules live)) {
        var here = rules.computeIfAbsent(key.id(), _ -> new LinkedHashMap<>());
        for (var permission : live.spec().ingress()) {
          if (EndpointRules.isMarked(permission)) {
            here.putIfAbsent(
                new Place("there", permission.toString(), permission.fromPort(), -1), permission);
          }
        }
      }
    }
  }

  private SharedPlan plan() {
    var name = cluster.registration().cluster();
    var resources = new ArrayList<Desired>();
    rules.forEach((group, permissions) ->
        resources.add(
            new Desired(
                SharedPlan.rules(name, group),
                new SecurityGroupRulesSpec(group, List.copyOf(permissions.values())),
                List.of(),
                Optional.empty())));
    return new SharedPlan(List.copyOf(resources), List.copyOf(problems));
  }
}
