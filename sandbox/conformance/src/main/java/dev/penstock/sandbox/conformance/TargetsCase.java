package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;
import static dev.penstock.sandbox.conformance.TargetWrites.DEREGISTER;
import static dev.penstock.sandbox.conformance.TargetWrites.REGISTER;

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

  private static final String RESOLVED = "resolved";

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
  private final TargetWrites theirs = new TargetWrites();
  private final TargetWrites ours = new TargetWrites();

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
      var target = TargetWrites.target(node);
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
    var passes = expect.has("passes") ? expect.path("passes") : MAKE.arrayNode().add(expect);
    var resolved = Nodes.stream(passes).map(this::resolved).flatMap(Optional::stream).findFirst();
    if (resolved.isPresent() || !calls) {
      return resolved;
    }
    passes.forEach(theirs::add);
    bindings.values().forEach(of -> of.settle(group(of), ours));
    var after = access.after(List.copyOf(bindings.values()), cloud.interfaces());
    var gates = new TreeMap<>(CaseBinding.gates(cluster));
    bindings.values().forEach(of -> gates.putAll(of.gates(group(of))));
    return targets(passes.path(0), after)
        .or(() -> rules(after))
        .or(() -> gates(gates))
        .or(this::configMaps)
        .or(this::again);
  }

  /** Whoever looks again finds nothing to do, as LBC does in every pass but the first. */
  private Optional<String> again() {
    var writes = new TargetWrites();
    bindings.values().forEach(of -> of.settle(group(of), writes));
    return writes.isEmpty() ? Optional.empty() : Optional.of("written again: " + writes);
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
      if (binding.has(RESOLVED)) {
        var wanted = new TreeSet<String>();
        binding
            .get(RESOLVED)
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
          wanted.add(TargetWrites.text(TargetWrites.target(target)));
        }
      }
      var arn = group.getKey();
      var got = registered(groups.getOrDefault(arn, Map.of()));
      if (!wanted.equals(got) && !excuse(pass, arn, after, wanted, got)) {
        return differ("targetsAfter/" + arn, wanted, got);
      }
      var stood = before.getOrDefault(arn, Set.of());
      boolean told = wanted.equals(got) && !theirs.isEmpty();
      var written =
          told
              ? writes(arn, theirs.of(REGISTER, arn), theirs.of(DEREGISTER, arn))
              : writes(arn, without(got, stood), without(stood, got));
      if (written.isPresent()) {
        return written;
      }
    }
    return Optional.empty();
  }

  /** How what was written to a target group differs from what should be. */
  private Optional<String> writes(String arn, Set<String> registered, Set<String> deregistered) {
    var register = ours.of(REGISTER, arn);
    var deregister = ours.of(DEREGISTER, arn);
    return !registered.equals(register)
        ? differ("writes/" + REGISTER + " " + arn, registered, register)
        : !deregistered.equals(deregister)
            ? differ("writes/" + DEREGISTER + " " + arn, deregistered, deregister)
            : Optional.empty();
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    var rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
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
   * The rule by which a group of the binding differs: it keeps its last targets that serve; LBC did
   * not look at it, since its checkpoint was equal; it is shared, and an own pod is not in the
   * list; LBC failed at a node or at a security group, and registered nothing of what it had found.
   */
  private Optional<String> rule(
      JsonNode binding,
      CaseBinding of,
      CaseAccess.After after,
      Set<String> wanted,
      Set<String> got) {
    var own = texts(of.wanted());
    if (binding.path("skippedByCheckpoint").asBoolean()) {
      return binding.has(RESOLVED) && got.equals(own)
          ? Optional.of(EQUAL_CHECKPOINT)
          : Optional.empty();
    }
    var stays = texts(of.stays());
    if (!stays.isEmpty() && got.equals(union(wanted, stays)) && of.isLastToServe()) {
      return Optional.of(TARGET_RULE);
    }
    if (wanted.containsAll(got) && isOwn(of, wanted, got)) {
      return Optional.of(OWN_PODS);
    }
    var stood = before.getOrDefault(of.binding().existingArn().orElse(""), Set.of());
    if (!wanted.equals(stood) || !got.equals(union(own, stays))) {
      return Optional.empty();
    }
    if (binding.has("resolveError") && isWithoutForeignNodes(of)) {
      return Optional.of(FOREIGN_NODE);
    }
    return binding.has(RESOLVED)
            && binding.has("error")
            && after.told().contains(of.binding().targetGroup())
        ? Optional.of(ACCESS_APART)
        : Optional.empty();
  }

  /** Whether all is as if the nodes that are no EC2 instances were not there. */
  private boolean isWithoutForeignNodes(CaseBinding of) {
    var without = of.in(cluster.withoutForeignNodes());
    return of.leftOut()
            .filter(problem -> problem.reason().equals("NodeWithoutInstance"))
            .isPresent()
        && without.leftOut().isEmpty()
        && without.wanted().equals(of.wanted());
  }

  private static Set<String> registered(Map<String, TargetHealth> group) {
    return texts(group.values().stream().map(TargetHealth::target).toList());
  }

  private static Set<String> texts(List<Target> targets) {
    var texts = new TreeSet<String>();
    targets.forEach(target -> texts.add(TargetWrites.text(target)));
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
      for (var operation : List.of(TargetWrites.AUTHORIZE, TargetWrites.REVOKE)) {
        var written = after.writes().of(operation, group.getKey());
        if (!theirs.isEmpty() && !written.equals(theirs.of(operation, group.getKey()))) {
          var path = "writes/" + operation + " " + group.getKey();
          return differ(path, theirs.of(operation, group.getKey()), written);
        }
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
