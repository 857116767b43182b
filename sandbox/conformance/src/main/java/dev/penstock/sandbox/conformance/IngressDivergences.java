package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.table.StackRow.MemberProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What rules of plan/DIVERGENCES.md decided otherwise than LBC in an Ingress case. Only what the
 * plan itself marks is excused: by the rule on the resource, or by the reason of the problem that
 * its owner is told.
 */
final class IngressDivergences {
  private static final String GROUP_NAME = "group-name";
  private static final String CLASS_REDIRECT = "class-redirect";
  private static final String OWN_LOAD_BALANCER = "own-load-balancer";
  private static final String SILENT_MEMBER = "silent-member";
  private static final String WEB_ACL_BY_NAME = "web-acl-by-name";
  private static final String ELB = "AWS::ElasticLoadBalancingV2::";

  private final StackPlan plan;
  private final Set<String> used = new TreeSet<>();

  IngressDivergences(StackPlan plan) {
    this.plan = plan;
  }

  /** The rules that excused something. */
  Set<String> used() {
    return used;
  }

  /** Members that stay where they were although LBC lets them go. */
  Set<ObjectKey> strays() {
    var strays =
        plan.problems().stream()
            .filter(p -> p.problem().reason().equals("InvalidGroup"))
            .map(MemberProblem::member)
            .collect(Collectors.toSet());
    if (!strays.isEmpty()) {
      used.add(GROUP_NAME);
    }
    return strays;
  }

  /** The plan without what answers for the strays alone, and without what is only told. */
  StackPlan withoutStrays() {
    var strays = strays();
    Predicate<Desired> answers =
        d -> d.divergence().isPresent() && strays.containsAll(d.wantedBy());
    List<Desired> rest = plan.resources().stream().filter(answers.negate()).toList();
    var problems =
        plan.problems().stream().filter(p -> !p.problem().reason().equals("WebAclByName")).toList();
    if (problems.size() < plan.problems().size()) {
      used.add(WEB_ACL_BY_NAME);
    }
    return new StackPlan(
        rest,
        plan.bindings(),
        plan.backendAccess(),
        plan.claims(),
        plan.statuses(),
        problems,
        plan.respaced(),
        plan.blockedOn());
  }

  /** Whether a rule lets the group be built that LBC refuses as a whole. */
  boolean builds() {
    boolean builds =
        plan.resources().stream().anyMatch(d -> d.divergence().equals(Optional.of(SILENT_MEMBER)));
    if (builds) {
      used.add(SILENT_MEMBER);
    }
    return builds;
  }

  /** Cuts out of both sides what the rules decided. */
  void excuse(ObjectNode wanted, ObjectNode got) {
    for (Desired desired : plan.resources()) {
      var id = desired.key().id();
      if (desired.divergence().equals(Optional.of(OWN_LOAD_BALANCER))) {
        used.add(OWN_LOAD_BALANCER);
        cut(wanted, got, "LoadBalancer", id, "subnetMapping");
      }
      if (desired.spec() instanceof ListenerSpec listener
          && redirectsAlthoughLbcDoesNot(listener)) {
        used.add(CLASS_REDIRECT);
        cut(wanted, got, "Listener", id, "defaultActions");
        rulesOf(wanted, id);
      }
    }
  }

  private boolean redirectsAlthoughLbcDoesNot(ListenerSpec listener) {
    return listener.defaultActions().stream().anyMatch(Action.Redirect.class::isInstance)
        && listener.protocol().equals("HTTP")
        && plan.problems().stream()
            .anyMatch(p -> p.problem().reason().equals("InvalidClassRedirect"));
  }

  /** A listener that redirects has no rules. */
  private static void rulesOf(ObjectNode wanted, String port) {
    if (wanted.path("resources").path(ELB + "ListenerRule") instanceof ObjectNode rules) {
      var ids = Nodes.names(rules);
      ids.removeIf(id -> !id.startsWith(port + ":"));
      rules.remove(ids);
    }
  }

  private static void cut(ObjectNode wanted, ObjectNode got, String type, String id, String field) {
    for (JsonNode side : List.of(wanted, got)) {
      if (side.path("resources").path(ELB + type).path(id).path("spec")
          instanceof ObjectNode spec) {
        spec.remove(field);
      }
    }
  }
}
