package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.aws.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is written in AWS while bindings are served, as one set per operation and place. What undoes
 * a write that was made meanwhile counts as neither.
 */
final class TargetWrites {
  static final String REGISTER = "RegisterTargets";
  static final String DEREGISTER = "DeregisterTargets";
  static final String AUTHORIZE = "AuthorizeSecurityGroupIngress";
  static final String REVOKE = "RevokeSecurityGroupIngress";

  private static final Map<String, String> INVERSE =
      Map.of(REGISTER, DEREGISTER, DEREGISTER, REGISTER, AUTHORIZE, REVOKE, REVOKE, AUTHORIZE);

  private final Map<String, Set<String>> made = new TreeMap<>();

  /** Those of a pass that AWS carried out. */
  void add(JsonNode pass) {
    for (var binding : pass.path("bindings")) {
      for (var write : binding.path("awsWrites")) {
        if (!write.has("failed")) {
          var operation = text(write, "operation");
          for (var target : write.path("targets")) {
            add(operation, text(write, "targetGroup"), text(target(target)));
          }
          for (var rule : write.path("rules")) {
            add(
                operation,
                text(write, "securityGroup"),
                CaseAccess.rule(CaseAccess.permission(rule)));
          }
        }
      }
    }
  }

  void add(String operation, String place, String what) {
    if (!of(INVERSE.getOrDefault(operation, ""), place).remove(what)) {
      of(operation, place).add(what);
    }
  }

  /** The set of one operation at a target group or security group. */
  Set<String> of(String operation, String place) {
    return made.computeIfAbsent(operation + " " + place, _ -> new TreeSet<>());
  }

  boolean isEmpty() {
    return made.values().stream().allMatch(Set::isEmpty);
  }

  static Target target(JsonNode target) {
    return new Target(
        text(target, "id"),
        target.path("port").asInt(),
        optional(target, "az"),
        optional(target, "quicServerId"));
  }

  static String text(Target target) {
    return target + target.zone().map(name -> " in " + name).orElse("");
  }

  static Set<String> texts(List<Target> targets) {
    var texts = new TreeSet<String>();
    targets.forEach(target -> texts.add(text(target)));
    return texts;
  }

  private static String text(JsonNode node, String field) {
    return Nodes.text(node, field);
  }

  @Override
  public String toString() {
    var some = new TreeMap<>(made);
    some.values().removeIf(Set::isEmpty);
    return some.toString();
  }
}
