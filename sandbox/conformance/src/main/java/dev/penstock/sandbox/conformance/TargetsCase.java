package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.binding.UserBinding;
import dev.penstock.plan.binding.UserBindings;
import dev.penstock.plan.targets.OwnTargets;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One case of the family targets: the endpoints that each binding wants, and what target groups,
 * security groups and pods look like once all bindings are served. In a case with failing calls
 * only the endpoints are decided by plan; what becomes of the calls is the executors'.
 */
final class TargetsCase {
  private static final Set<String> LEFT = Set.of("draining");

  /** A target that serves stays until another can (design §7). */
  private static final String TARGET_RULE = "target-rule";

  /** A node that is no EC2 instance is left out and stops no other. */
  private static final String FOREIGN_NODE = "foreign-node";

  /** Targets are registered although their security group could not be told. */
  private static final String ACCESS_APART = "access-apart";

  /** A binding whose checkpoint is equal is looked at all the same. */
  private static final String EQUAL_CHECKPOINT = "equal-checkpoint";

  /** An IPv6 address is found on its network interface also outside of delegated prefixes. */
  private static final String PLAIN_IPV6 = "plain-ipv6";

  /** In a shared group a target is the cluster's own also if only its pod says so. */
  private static final String OWN_PODS = "own-pods";

  private final JsonNode expect;
  private final CaseCluster cluster;
  private final CaseCloud cloud;
  private final CaseAccess access;
  private final boolean calls;
  private final Map<String, Map<String, TargetHealth>> groups = new TreeMap<>();
  private final Map<String, Set<String>> before = new TreeMap<>();
  private final Map<String, CaseBinding> bindings = new TreeMap<>();
  private final TreeSet<String> divergences = new TreeSet<>();
  private final TreeSet<String> healed = new TreeSet<>();

  TargetsCase(JsonNode content) {
    this.expect = content.path("expect");
    var registration = CaseSettings.registration(content.path("config"));
    this.cluster = new CaseCluster(registration, content.path("objects"));
    var aws = content.path("aws");
    this.cloud = new CaseCloud(registration, aws);
    this.access = new CaseAccess(cluster, cloud, aws.path("securityGroups"));
    this.calls = aws.path("failures").isEmpty();
    aws.path("targetGroups").forEach(g -> groups.put(text(g, "arn"), registered(g)));
    groups.forEach((arn, targets) -> before.put(arn, registered(targets)));
    cluster
        .list(ObjectKind.TARGET_GROUP_BINDING)
        .forEach(object -> {
          if (object instanceof TargetGroupBinding binding) {
            made(binding).ifPresent(of -> bindings.put(binding.key("").path(), of));
          }
        });
  }

  private static Map<String, TargetHealth> registered(JsonNode group) {
    var targets = new TreeMap<String, TargetHealth>();
    for (var node : group.path("targets")) {
      var state = optional(node, "state").orElse("healthy");
      var target =
          new Target(
              text(node, "id"),
              node.path("port").asInt(),
              optional(node, "az"),
              optional(node, "quicServerId"));
      if (!LEFT.contains(state)) {
        targets.put(
            target.toString(),
            new TargetHealth(target, state, text(node, "reason"), text(node, "description")));
      }
    }
    return targets;
  }

  private Optional<CaseBinding> made(TargetGroupBinding object) {
    return UserBindings.read(cluster.registration(), object, new Unknown("nobody asked"))
            instanceof UserBinding.Made(var binding)
        ? Optional.of(
            new CaseBinding(
                binding,
                cluster,
                cloud.network(binding.vpcId()).orElseThrow(),
                object.metadata().deleted().isPresent()))
        : Optional.empty();
  }

  /** The first difference; empty when the case passes. */
  Optional<String> difference() {
    var passes = expect.path("passes");
    var last = passes.isEmpty() ? expect : passes.get(passes.size() - 1);
    var resolved = resolved(last);
    if (resolved.isPresent() || !calls) {
      return resolved;
    }
    bindings.values().forEach(of -> of.settle(group(of)));
    var after = access.after(List.copyOf(bindings.values()), cloud.interfaces());
    var gates = new TreeMap<>(CaseBinding.gates(cluster));
    bindings.values().forEach(of -> gates.putAll(of.gates(group(of))));
    return targets(last, after).or(() -> rules(after)).or(() -> gates(gates)).or(this::configMaps);
  }

  /** The rules of plan/DIVERGENCES.md that excused something of this case. */
  Set<String> divergences() {
    return divergences;
  }

  private Map<String, TargetHealth> group(CaseBinding of) {
    var arn = of.binding().existingArn().orElse("");
    return groups.computeIfAbsent(arn, _ -> new TreeMap<>());
  }

  private Optional<String> resolved(JsonNode pass) {
    for (var binding : pass.path("bindings")) {
      if (binding.has("resolved")) {
        var wanted = new TreeSet<String>();
        binding
            .get("resolved")
            .forEach(r ->
                wanted.add(
                    optional(r, "ip").orElseGet(() -> text(r, "instance"))
                        + ":"
                        + text(r, "port")));
        var name = text(binding, "binding");
        var got = new TreeSet<String>();
        Optional.ofNullable(bindings.get(name))
            .ifPresent(of -> of.wanted().forEach(target -> got.add(target.address())));
        if (!wanted.equals(got)) {
          return differ("binding " + name + "/resolved", wanted, got);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> targets(JsonNode pass, CaseAccess.After after) {
    for (var group : expect.path("targetsAfter").properties()) {
      var wanted = new TreeSet<String>();
      for (var target : group.getValue()) {
        if (!LEFT.contains(text(target, "state"))) {
          wanted.add(
              target(
                  new Target(
                      text(target, "id"),
                      target.path("port").asInt(),
                      optional(target, "az"),
                      optional(target, "quicServerId"))));
        }
      }
      var got = registered(groups.getOrDefault(group.getKey(), Map.of()));
      if (!wanted.equals(got) && !excuse(pass, group.getKey(), after, wanted, got)) {
        return differ("targetsAfter/" + group.getKey(), wanted, got);
      }
    }
    return Optional.empty();
  }

  /** Whether one of the group's bindings says why it differs; notes the rule. */
  private boolean excuse(
      JsonNode pass, String arn, CaseAccess.After after, Set<String> wanted, Set<String> got) {
    for (var binding : pass.path("bindings")) {
      var name = text(binding, "binding");
      var of = bindings.get(name);
      if (of == null || !of.binding().existingArn().equals(Optional.of(arn))) {
        continue;
      }
      var rule = rule(binding, of, after, wanted, got);
      if (rule.isPresent()) {
        if (rule.get().equals(EQUAL_CHECKPOINT)) {
          healed.add(name);
        }
        divergences.add(rule.get());
        return true;
      }
    }
    return false;
  }

  /**
   * The rule by which a group of the binding differs: it keeps targets on purpose, left out a node
   * that LBC fails the whole binding for, or registered what LBC holds back for its security group.
   * A group that LBC did not look at (its checkpoint was equal), or registered nothing in, has what
   * the binding wants.
   */
  private Optional<String> rule(
      JsonNode binding,
      CaseBinding of,
      CaseAccess.After after,
      Set<String> wanted,
      Set<String> got) {
    var own = texts(of.wanted());
    if (binding.path("skippedByCheckpoint").asBoolean()) {
      return got.equals(own) ? Optional.of(EQUAL_CHECKPOINT) : Optional.empty();
    }
    var stays = texts(of.stays());
    if (!stays.isEmpty() && got.equals(union(wanted, stays))) {
      return Optional.of(TARGET_RULE);
    }
    if (wanted.containsAll(got) && isOwn(of, wanted, got)) {
      return Optional.of(OWN_PODS);
    }
    var stood = before.getOrDefault(of.binding().existingArn().orElse(""), Set.of());
    if (!stood.containsAll(wanted) || !got.equals(union(own, stays))) {
      return Optional.empty();
    }
    if (binding.has("resolveError") && of.leftOut().isPresent()) {
      return Optional.of(FOREIGN_NODE);
    }
    return binding.has("error") && after.told().contains(of.binding().targetGroup())
        ? Optional.of(ACCESS_APART)
        : Optional.empty();
  }

  private static Set<String> registered(Map<String, TargetHealth> group) {
    return texts(group.values().stream().map(TargetHealth::target).toList());
  }

  private static Set<String> texts(List<Target> targets) {
    var texts = new TreeSet<String>();
    targets.forEach(target -> texts.add(target(target)));
    return texts;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    var all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  /** Whether all that left a shared group are addresses of the cluster's own pods. */
  private static boolean isOwn(CaseBinding of, Set<String> wanted, Set<String> got) {
    return of.binding().multiCluster()
        && wanted.stream().filter(address -> !got.contains(address)).allMatch(of::shows);
  }

  private static String target(Target target) {
    return target + target.zone().map(name -> " in " + name).orElse("");
  }

  private Optional<String> rules(CaseAccess.After after) {
    var difference = ruleDifference(after);
    if (difference.isEmpty()) {
      return Optional.empty();
    }
    var found = List.copyOf(bindings.values());
    if (ruleDifference(access.after(found, cloud.interfacesWithoutPlainIpv6())).isPresent()) {
      return difference;
    }
    divergences.add(PLAIN_IPV6);
    return Optional.empty();
  }

  private Optional<String> ruleDifference(CaseAccess.After after) {
    for (var group : expect.path("securityGroupRulesAfter").properties()) {
      var wanted = new TreeSet<String>();
      group.getValue().forEach(rule -> wanted.add(CaseAccess.rule(CaseAccess.permission(rule))));
      var got = after.rules().getOrDefault(group.getKey(), new TreeSet<>());
      if (!wanted.equals(got)) {
        return differ("securityGroupRulesAfter/" + group.getKey(), wanted, got);
      }
    }
    return Optional.empty();
  }

  private Optional<String> gates(Map<String, Condition> got) {
    var wanted = new TreeMap<String, List<String>>();
    for (var pod : expect.path("podConditions").properties()) {
      for (var c : pod.getValue()) {
        wanted.put(
            pod.getKey() + " " + text(c, "type"),
            List.of(text(c, "status"), text(c, "reason"), text(c, "message")));
      }
    }
    var given = new TreeMap<String, List<String>>();
    got.forEach((gate, c) -> {
      boolean silent = wanted.getOrDefault(gate, List.of("")).getLast().isEmpty();
      given.put(gate, List.of(c.status(), c.reason(), silent ? "" : c.message()));
    });
    wanted.keySet().removeIf(this::isHealed);
    given.keySet().removeIf(this::isHealed);
    return wanted.equals(given) ? Optional.empty() : differ("podConditions", wanted, given);
  }

  /** Whether the gate speaks of a target that LBC did not see was gone, and that is there again. */
  private boolean isHealed(String gate) {
    var namespace = gate.substring(0, gate.indexOf('/'));
    return healed.contains(namespace + gate.substring(gate.lastIndexOf('/')));
  }

  private static TreeSet<String> withStays(TreeSet<String> own, CaseBinding of) {
    of.stays().forEach(target -> own.add(target.address()));
    return own;
  }

  /** The lists of own targets in groups that several clusters share. */
  private Optional<String> configMaps() {
    var wanted = new TreeMap<String, TreeSet<String>>();
    for (var list : expect.path("configMaps").properties()) {
      var targets = new TreeSet<>(List.of(text(list.getValue(), "targets").split(",")));
      targets.remove("");
      wanted.put(list.getKey(), targets);
    }
    var got = new TreeMap<String, TreeSet<String>>();
    for (var of : bindings.values()) {
      var list = OwnTargets.list(of.binding()).path();
      of.ownTargets().ifPresent(own -> got.put(list, new TreeSet<>(own)));
      wanted.computeIfPresent(list, (_, own) -> withStays(own, of));
    }
    got.entrySet().removeIf(e -> e.getValue().isEmpty() && !wanted.containsKey(e.getKey()));
    return wanted.equals(got) ? Optional.empty() : differ("configMaps", wanted, got);
  }

  private static Optional<String> differ(String path, Object wanted, Object got) {
    return Optional.of(path + ": wanted " + wanted + ", got " + got);
  }
}
