package dev.penstock.streams;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A very small AWS that does what it is told, and the appliers in front of it. */
final class Answers {
  static final String TENURE = "applier-1";
  static final String KUBERNETES_TENURE = "kubernetes-1";

  final Map<String, Live> resources = new TreeMap<>();
  final Map<String, TreeSet<Target>> registered = new TreeMap<>();
  String health = "healthy";
  Network network = Facts.network();

  /** Addresses whose targets fail their health checks. */
  final Set<String> unhealthy = new TreeSet<>();

  private record Refusal(Predicate<KubernetesCommand> which, Result result) {}

  private final List<Refusal> refusals = new ArrayList<>();

  private final Set<String> strangers = new TreeSet<>();
  private int next = 1;

  /** The next such write to Kubernetes comes to this; all others are applied. */
  void refuseNext(Predicate<KubernetesCommand> which, Result result) {
    refusals.add(new Refusal(which, result));
  }

  private Result result(KubernetesCommand command) {
    var refusal = refusals.stream().filter(r -> r.which().test(command)).findFirst();
    refusal.ifPresent(refusals::remove);
    return refusal.map(Refusal::result).orElseGet(Result.Applied::new);
  }

  void answer(World world, KubernetesCommand command) {
    world.append(
        command.scope(),
        new ClusterFact.KubernetesSettled(
            command.object().cluster(),
            command.id(),
            command.object(),
            KUBERNETES_TENURE,
            result(command),
            Optional.empty()));
  }

  void answer(World world, Command command) {
    switch (command.operation()) {
      case Operation.Observe(var reading) -> read(world, command, reading);
      case Operation.Create(var desired) -> {
        var live = create(command.key().resource(), desired);
        resources.put(live.id(), live);
        if (live instanceof Live.LiveTargetGroup) {
          registered.put(live.id(), new TreeSet<>());
        }
        wrote(world, command, List.of(present(command, live)));
      }
      case Operation.Update(var observed, var desired, _) -> {
        var live = live(observed.id(), desired);
        resources.put(live.id(), live);
        wrote(world, command, List.of(present(command, live)));
      }
      case Operation.Delete(var observed) -> {
        remove(observed.id());
        wrote(world, command, List.of(new Observation.ResourceMissing(command.key().resource())));
      }
      case Operation.RegisterTargets(var arn, var targets) -> {
        registered.get(arn).addAll(targets);
        wrote(world, command, List.of(seen(command.key().resource(), targets, "initial")));
      }
      case Operation.DeregisterTargets(var arn, var targets) -> {
        registered.get(arn).removeAll(targets);
        wrote(world, command, List.of(seen(command.key().resource(), targets, "draining")));
      }
      case Operation.SetRulePriorities _ -> wrote(world, command, List.of());
    }
  }

  /** Listeners go with their load balancer, rules with their listener. */
  private void remove(String id) {
    resources.remove(id);
    var below =
        resources.values().stream()
            .filter(l -> parent(l).equals(new Link.Known(id)))
            .map(Live::id)
            .toList();
    below.forEach(this::remove);
  }

  private static Link parent(Live live) {
    return switch (live) {
      case Live.LiveListener(_, var spec) -> spec.loadBalancer();
      case Live.LiveListenerRule(_, var spec) -> spec.listener();
      case Live.LiveProtection(_, var spec, _) -> spec.loadBalancer();
      case Live.LiveLoadBalancer _,
          Live.LiveTargetGroup _,
          Live.LiveSecurityGroup _,
          Live.LiveSecurityGroupRules _,
          Live.LiveCertificate _,
          Live.LiveRecordName _ ->
          new Link.Known("");
    };
  }

  private static Observation present(Command command, Live live) {
    return new Observation.ResourcePresent(
        command.key().resource(), live, List.of(Aspect.values()));
  }

  private static Observation seen(ResourceKey group, List<Target> targets, String state) {
    return new Observation.TargetsSeen(
        group, targets.stream().map(t -> new TargetHealth(t, state, "", "")).toList(), false);
  }

  private void wrote(World world, Command command, List<Observation> observations) {
    world.append(command.scope(), new CloudFact.Attempted(command.id(), command.key(), TENURE, 1));
    settled(world, command, new Result.Applied(), observations, Optional.empty());
  }

  void settled(
      World world,
      Command command,
      Result result,
      List<Observation> observations,
      Optional<Long> horizon) {
    var call = new Call("elbv2", "Test", horizon.isEmpty(), "request-1", 200, "", 5);
    world.append(
        command.scope(),
        new CloudFact.CommandSettled(
            command.id(), command.key(), TENURE, 1, result, observations, horizon, List.of(call)));
  }

  private void read(World world, Command command, Reading reading) {
    world.append(command.scope(), new CloudFact.ReadStarted(command.id(), command.key(), TENURE));
    var horizon = world.log.getLast().position();
    world.pass(5);
    var answer = answer(command.key().resource(), reading);
    settled(world, command, new Result.Applied(), answer, Optional.of(horizon));
  }

  private List<Observation> answer(ResourceKey key, Reading reading) {
    return switch (reading) {
      case Reading.ReadOwned(var clusters, _) ->
          List.of(new Observation.OwnedScanned(clusters, owned(), true));
      case Reading.ReadNetwork _ ->
          List.of(
              new Observation.NetworkSeen(network),
              new Observation.InterfacesSeen(network.vpcId(), Facts.interfaces(), true));
      case Reading.ReadNamed(var kind, var name) ->
          List.of(
              new Observation.NamedSeen(
                  names.contains(name)
                      ? Named.found(kind, name, "arn:of:" + name)
                      : Named.absent(kind, name)));
      case Reading.ReadCertificates _ ->
          List.of(new Observation.CertificatesSeen(Facts.certificates()));
      case Reading.ReadHostedZones _ -> List.of(new Observation.HostedZonesSeen(Facts.zones()));
      case Reading.ReadRecords(var zone, var name) ->
          List.of(new Observation.RecordsSeen(zone, name, List.of(), true));
      case Reading.ReadChange(var id) -> List.of(new Observation.ChangeSeen(id, true));
      case Reading.ReadTargetHealth(var arn, _) when !registered.containsKey(arn) ->
          List.of(new Observation.ResourceMissing(key));
      case Reading.ReadTargetHealth(var arn, _) ->
          List.of(
              new Observation.TargetsSeen(
                  key,
                  new ArrayList<>(registered.get(arn))
                      .stream().map(t -> new TargetHealth(t, healthOf(t), "", "")).toList(),
                  true));
      case Reading.ReadResource(var id, var name, _) -> resource(key, id.or(() -> named(name)));
      case Reading.ReadStack _ ->
          resources.values().stream()
              .<Observation>flatMap(live -> keyed(key, live).stream())
              .toList();
    };
  }

  /** A target group that somebody else made; the answer is its ARN. */
  String stranger(TargetGroupSpec spec) {
    var arn = "arn:aws:elasticloadbalancing:TargetGroup/of-a-stranger-" + next++;
    resources.put(arn, live(arn, spec));
    registered.put(arn, new TreeSet<>());
    strangers.add(arn);
    return arn;
  }

  void removeStranger(String arn) {
    resources.remove(arn);
    registered.remove(arn);
  }

  private List<String> owned() {
    return resources.keySet().stream().filter(id -> !strangers.contains(id)).toList();
  }

  private Optional<String> named(Optional<String> name) {
    return resources.values().stream()
        .filter(
            l -> l instanceof Live.LiveTargetGroup g && Optional.of(g.spec().name()).equals(name))
        .map(Live::id)
        .findFirst();
  }

  private String healthOf(Target target) {
    return unhealthy.contains(target.id()) ? "unhealthy" : health;
  }

  private final Map<String, ResourceKey> keys = new TreeMap<>();

  /** The names of things that are not ours; every other one is absent. */
  final Set<String> names = new TreeSet<>();

  private Optional<Observation> keyed(ResourceKey stackKey, Live live) {
    return Optional.ofNullable(keys.get(live.id()))
        .filter(key -> key.stack().equals(stackKey.stack()))
        .map(key -> new Observation.ResourcePresent(key, live, List.of(Aspect.values())));
  }

  private static Live unguarded(ResourceKey key, String balancer) {
    var spec = new ProtectionSpec(new Link.Known(balancer), ProtectionSpec.Guard.of(key.id()), "");
    return new Live.LiveProtection(balancer + "|" + key.id(), spec, "");
  }

  private List<Observation> resource(ResourceKey key, Optional<String> id) {
    if (key.kind() == ResourceKind.PROTECTION) {
      var balancer = id.orElseThrow();
      var known = Optional.ofNullable(resources.get(balancer + "|" + key.id()));
      var live = known.orElseGet(() -> unguarded(key, balancer));
      return List.of(new Observation.ResourcePresent(key, live, List.of(Aspect.CORE)));
    }
    if (key.kind() == ResourceKind.SECURITY_GROUP_RULES) {
      var known = Optional.ofNullable(resources.get(key.id()));
      var live =
          known.orElseGet(() ->
              new Live.LiveSecurityGroupRules(
                  key.id(), new SecurityGroupRulesSpec(key.id(), List.of())));
      return List.of(new Observation.ResourcePresent(key, live, List.of(Aspect.values())));
    }
    return List.of(
        id.map(resources::get)
            .<Observation>map(
                l -> new Observation.ResourcePresent(key, l, List.of(Aspect.values())))
            .orElseGet(() -> new Observation.ResourceMissing(key)));
  }

  private Live create(ResourceKey key, ResourceSpec desired) {
    var id =
        switch (desired) {
          case SecurityGroupRulesSpec spec -> spec.groupId();
          case RecordNameSpec spec -> spec.zoneId() + "/" + spec.name();
          case ProtectionSpec(Link.Known(var balancer), _, _) -> balancer + "|" + key.id();
          case ProtectionSpec spec -> throw new IllegalStateException("unresolved: " + spec);
          case SecurityGroupSpec _ -> "sg-" + next++;
          case CertificateSpec _ -> "arn:aws:acm:certificate/" + next++;
          case LoadBalancerSpec _, ListenerSpec _, ListenerRuleSpec _, TargetGroupSpec _ ->
              "arn:aws:elasticloadbalancing:" + key.kind().text() + "/" + next++;
        };
    keys.put(id, key);
    return live(id, desired);
  }

  static Live live(String id, ResourceSpec desired) {
    return switch (desired) {
      case LoadBalancerSpec spec ->
          new Live.LiveLoadBalancer(
              id,
              spec,
              spec.name() + ".us-west-2.elb.amazonaws.com",
              "Z1H1",
              Facts.VPC,
              "active",
              "");
      case ListenerSpec spec -> new Live.LiveListener(id, spec);
      case ListenerRuleSpec spec -> new Live.LiveListenerRule(id, spec);
      case TargetGroupSpec spec ->
          new Live.LiveTargetGroup(id, spec, List.of(), spec.behind().map(_ -> "unhealthy"));
      case SecurityGroupSpec spec -> new Live.LiveSecurityGroup(id, spec);
      case SecurityGroupRulesSpec spec -> new Live.LiveSecurityGroupRules(id, spec);
      case CertificateSpec spec ->
          new Live.LiveCertificate(id, spec, "ISSUED", "", List.of(), Optional.empty());
      case ProtectionSpec spec -> new Live.LiveProtection(id, spec, "");
      case RecordNameSpec spec -> new Live.LiveRecordName(id, spec);
    };
  }
}
