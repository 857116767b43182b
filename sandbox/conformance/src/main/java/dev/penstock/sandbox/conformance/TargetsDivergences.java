package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What rules of plan/DIVERGENCES.md decided otherwise than LBC in a targets case. Plan itself says
 * so of {@code target-rule} (the decision's stays), {@code foreign-node} (the intent's problem) and
 * {@code access-apart} (the shared plan's problems). The others show in the case: {@code
 * equal-checkpoint} where the answer says that LBC did not look, {@code own-pods} in the list and
 * the pods, {@code plain-ipv6} in the network interfaces.
 */
final class TargetsDivergences {
  /** The field of a binding's answer with the endpoints that LBC found. */
  static final String RESOLVED = "resolved";

  private static final String TARGET_RULE = "target-rule";
  private static final String FOREIGN_NODE = "foreign-node";
  private static final String ACCESS_APART = "access-apart";
  private static final String EQUAL_CHECKPOINT = "equal-checkpoint";
  private static final String PLAIN_IPV6 = "plain-ipv6";
  private static final String OWN_PODS = "own-pods";

  private final CaseCluster cluster;
  private final Map<String, CaseBinding> bindings;
  private final Set<String> used = new TreeSet<>();
  private final Set<String> healed = new TreeSet<>();

  /** The targets of a group before all passes, and as LBC and as we leave them. */
  record Sides(String arn, Set<String> before, Set<String> wanted, Set<String> got) {}

  /**
   * @param bindings those of the case by namespace/name
   */
  TargetsDivergences(CaseCluster cluster, Map<String, CaseBinding> bindings) {
    this.cluster = cluster;
    this.bindings = bindings;
  }

  /** The rules that excused something. */
  Set<String> used() {
    return used;
  }

  /** Whether a rule says of one of the group's bindings why the targets differ; notes the rule. */
  boolean excuse(JsonNode pass, Sides sides, CaseAccess.After after) {
    for (var binding : pass.path("bindings")) {
      var name = text(binding, "binding");
      var of = bindings.get(name);
      if (of != null && of.binding().existingArn().equals(Optional.of(sides.arn()))) {
        var rule = rule(binding, of, sides, after);
        if (rule.filter(EQUAL_CHECKPOINT::equals).isPresent()) {
          healed.add(name);
        }
        if (rule.isPresent()) {
          used.add(rule.get());
          return true;
        }
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
      JsonNode binding, CaseBinding of, Sides sides, CaseAccess.After after) {
    var own = TargetWrites.texts(of.wanted());
    if (binding.path("skippedByCheckpoint").asBoolean()) {
      return binding.has(RESOLVED) && sides.got().equals(own)
          ? Optional.of(EQUAL_CHECKPOINT)
          : Optional.empty();
    }
    var stays = TargetWrites.texts(of.stays());
    if (!stays.isEmpty()
        && sides.got().equals(union(sides.wanted(), stays))
        && of.isLastToServe()) {
      return Optional.of(TARGET_RULE);
    }
    if (isOfOwnPods(of, sides)) {
      return Optional.of(OWN_PODS);
    }
    if (!sides.wanted().equals(sides.before()) || !sides.got().equals(union(own, stays))) {
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

  /** Whether only own pods left a shared group, none of which is in the list of own targets. */
  private static boolean isOfOwnPods(CaseBinding of, Sides sides) {
    return of.binding().multiCluster()
        && sides.wanted().containsAll(sides.got())
        && sides.wanted().stream()
            .filter(target -> !sides.got().contains(target))
            .allMatch(of::isOwnByPodAlone);
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

  /** Rules of a security group are as LBC has them but for plain IPv6 addresses. */
  void plainIpv6() {
    used.add(PLAIN_IPV6);
  }

  /**
   * Whether a gate, {@code NAMESPACE/POD TYPE/BINDING}, speaks of a target that LBC did not see was
   * gone, and that is there again.
   */
  boolean isHealed(String gate) {
    var namespace = gate.substring(0, gate.indexOf('/'));
    return healed.contains(namespace + gate.substring(gate.lastIndexOf('/')));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    var all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }
}
