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
  private static final Set<String> LEFT = Set.of(TargetHealth.DRAINING);

  private final JsonNode expect;
  private final CaseCluster cluster;
  private final CaseCloud cloud;
  private final CaseAccess access;
  private final boolean calls;
  private final Map<String, Map<String, TargetHealth>> groups = new TreeMap<>();
  private final Map<String, Set<String>> before = new TreeMap<>();
  private final Map<String, CaseBinding> bindings = new TreeMap<>();
  private final TargetsDivergences divergences;
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
    this.divergences = new TargetsDivergences(cluster, bindings);
  }

  private static Map<String, TargetHealth> registered(JsonNode group) {
    var targets = new TreeMap<String, TargetHealth>();
    for (var node : group.path("targets")) {
      var state = optional(node, "state").orElse(TargetHealth.HEALTHY);
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
    return divergences.used();
  }

  private Map<String, TargetHealth> group(CaseBinding of) {
    var arn = of.binding().existingArn().orElse("");
    return groups.computeIfAbsent(arn, _ -> new TreeMap<>());
  }

  private Optional<String> resolved(JsonNode pass) {
    for (var binding : pass.path("bindings")) {
      if (binding.has(TargetsDivergences.RESOLVED)) {
        var wanted = new TreeSet<String>();
        binding
            .get(TargetsDivergences.RESOLVED)
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
      var stood = before.getOrDefault(arn, Set.of());
      var sides = new TargetsDivergences.Sides(arn, stood, wanted, got);
      if (!wanted.equals(got) && !divergences.excuse(pass, sides, after)) {
        return differ("targetsAfter/" + arn, wanted, got);
      }
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

  private static Set<String> registered(Map<String, TargetHealth> group) {
    return TargetWrites.texts(group.values().stream().map(TargetHealth::target).toList());
  }

  private Optional<String> rules(CaseAccess.After after) {
    var difference = ruleDifference(after);
    if (difference.isPresent() && isEqualWithoutPlainIpv6()) {
      divergences.plainIpv6();
      return Optional.empty();
    }
    return difference;
  }

  /** Whether no rule differs once no network interface has a plain IPv6 address. */
  private boolean isEqualWithoutPlainIpv6() {
    var interfaces = cloud.interfacesWithoutPlainIpv6();
    return ruleDifference(access.after(List.copyOf(bindings.values()), interfaces)).isEmpty();
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
    wanted.keySet().removeIf(divergences::isHealed);
    given.keySet().removeIf(divergences::isHealed);
    return wanted.equals(given) ? Optional.empty() : differ("podConditions", wanted, given);
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
