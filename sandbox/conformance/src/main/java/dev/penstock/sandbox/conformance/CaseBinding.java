package dev.penstock.sandbox.conformance;

import dev.penstock.plan.targets.OwnTargets;
import dev.penstock.plan.targets.ReadinessGates;
import dev.penstock.plan.targets.TargetDecision;
import dev.penstock.plan.targets.TargetRule;
import dev.penstock.plan.targets.TargetTable;
import dev.penstock.plan.targets.Targets;
import dev.penstock.plan.targets.TargetsIntent;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Registered;
import dev.penstock.schemas.table.TargetRow.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One binding of a case: brings its target group where the target rule wants it. */
final class CaseBinding {
  private static final Instant NOW = Instant.EPOCH;
  private static final String GATES = "target-health.";

  private final TargetBinding binding;
  private final CaseCluster cluster;
  private final boolean released;
  private final Network network;
  private final Set<String> listed;
  private final TargetRule.Bounds bounds;
  private final TargetsIntent intent;
  private List<TargetRow> rows = List.of();
  private List<Target> stays = List.of();

  CaseBinding(TargetBinding binding, CaseCluster cluster, Network network, boolean released) {
    this.binding = binding;
    this.cluster = cluster;
    this.network = network;
    this.released = released;
    var limit = cluster.registration().controller().maxTargetsPerTargetGroup();
    this.listed = OwnTargets.listed(binding, cluster);
    this.bounds = TargetRule.Bounds.of(binding, limit, 0, listed, true);
    this.intent = Targets.of(binding, cluster, Optional.of(network));
  }

  TargetBinding binding() {
    return binding;
  }

  /** The same binding in another cluster. */
  CaseBinding in(CaseCluster other) {
    return new CaseBinding(binding, other, network, released);
  }

  boolean isReleased() {
    return released;
  }

  /** The endpoints that should be registered. */
  List<Target> wanted() {
    return intent instanceof TargetsIntent.Resolved(var endpoints, _)
        ? endpoints.stream()
            .filter(s -> s.endpoint().standing() == Standing.WANTED)
            .map(TargetsIntent.Selected::target)
            .toList()
        : List.of();
  }

  /**
   * Decides until nothing is left to do; between two decisions AWS finds what was registered
   * healthy, since the rule lets targets that serve wait for it.
   *
   * @param registered what AWS has, by {@code id:port}; changed in place
   * @param writes what was written so far
   */
  void settle(Map<String, TargetHealth> registered, TargetWrites writes) {
    var group = binding.existingArn().orElse("");
    var fresh = new TreeSet<String>();
    while (true) {
      merge(registered, fresh);
      var decision =
          released ? TargetRule.release(rows, bounds) : TargetRule.decide(rows, bounds, NOW);
      stays = decision.stays().stream().map(TargetDecision.Stay::target).toList();
      if (intent instanceof TargetsIntent.Unresolved && !released || isIdle(decision)) {
        return;
      }
      for (Target target : decision.departures()) {
        writes.add(TargetWrites.DEREGISTER, group, TargetWrites.text(target));
        registered.remove(target.toString());
      }
      for (Target target : decision.register()) {
        writes.add(TargetWrites.REGISTER, group, TargetWrites.text(target));
        registered.put(target.toString(), started(target));
        fresh.add(target.toString());
      }
    }
  }

  /** What AWS says of a target that it was just given. */
  private static TargetHealth started(Target target) {
    return new TargetHealth(
        target,
        TargetHealth.INITIAL,
        "Elb.RegistrationInProgress",
        "Target registration is in progress");
  }

  private static boolean isIdle(TargetDecision decision) {
    return decision.register().isEmpty() && decision.departures().isEmpty();
  }

  private void merge(Map<String, TargetHealth> registered, TreeSet<String> fresh) {
    var known = new ArrayList<TargetRow>();
    registered.forEach((key, health) -> {
      var shown =
          fresh.contains(key)
              ? new TargetHealth(health.target(), TargetHealth.HEALTHY, "", "")
              : health;
      known.add(row(shown));
    });
    rows =
        intent instanceof TargetsIntent.Resolved resolved
            ? new TargetTable(binding, cluster).merge(resolved, known, NOW)
            : known;
  }

  private static TargetRow row(TargetHealth health) {
    return new TargetRow(
        health.target(), Optional.empty(), Optional.of(new Registered(health, 0, NOW, 0)));
  }

  /** Registered targets that nobody wants and that may not leave yet. */
  List<Target> stays() {
    return stays;
  }

  /**
   * Whether each that stays serves though it is about to end, while no other endpoint can serve.
   */
  boolean isLastToServe() {
    return wanted().isEmpty()
        && intent instanceof TargetsIntent.Resolved(var endpoints, _)
        && stays.stream()
            .allMatch(target ->
                endpoints.stream()
                    .filter(s -> s.target().equals(target))
                    .anyMatch(s -> s.endpoint().standing() == Standing.TERMINATING));
  }

  /** Why some endpoints were left out of those that count. */
  Optional<Problem> leftOut() {
    return intent instanceof TargetsIntent.Resolved(var endpoints, var problem)
            && !endpoints.isEmpty()
        ? problem
        : Optional.empty();
  }

  /** The list of the cluster's own targets in the end, if other clusters share the group. */
  Optional<List<String>> ownTargets() {
    return binding.multiCluster() && !released
        ? Optional.of(OwnTargets.of(rows, listed))
        : Optional.empty();
  }

  /**
   * Whether an endpoint of the cluster, wanted or not, stands at that address, which the list of
   * own targets does not name.
   */
  boolean isOwnByPodAlone(String address) {
    return !listed.contains(address)
        && intent instanceof TargetsIntent.Resolved(var endpoints, _)
        && endpoints.stream().anyMatch(s -> s.target().address().equals(address));
  }

  /** What is registered in the end, with what is behind it. */
  List<TargetRow> rows() {
    return rows;
  }

  /**
   * Gates as they stand on the pods in the end, by pod and type.
   *
   * @param registered what AWS has in the end, by {@code id:port}
   */
  Map<String, Condition> gates(Map<String, TargetHealth> registered) {
    merge(registered, new TreeSet<>());
    var gates = new TreeMap<String, Condition>();
    var changes =
        released
            ? ReadinessGates.released(binding, cluster)
            : ReadinessGates.of(binding, rows, cluster);
    for (var change : changes) {
      gates.put(change.pod().path() + " " + change.condition().type(), change.condition());
    }
    return gates;
  }

  /** Gates that the pods of a case come with. */
  static Map<String, Condition> gates(CaseCluster cluster) {
    var gates = new TreeMap<String, Condition>();
    for (var object : cluster.list(ObjectKind.POD)) {
      if (object instanceof Pod pod) {
        pod.conditions().stream()
            .filter(condition -> condition.type().startsWith(GATES))
            .forEach(c -> gates.put(pod.key("").path() + " " + c.type(), c));
      }
    }
    return gates;
  }
}
