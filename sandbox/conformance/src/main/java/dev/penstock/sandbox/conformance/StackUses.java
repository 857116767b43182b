package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a stack uses beside its own resources: ports, secrets, and the shared backend security group
 * with what is written for it.
 */
final class StackUses {
  private static final String WRITES = "awsWrites";

  private final ClusterRegistration registration;
  private final CaseCloud cloud;
  private final StackPlan plan;

  StackUses(ClusterRegistration registration, CaseCloud cloud, StackPlan plan) {
    this.registration = registration;
    this.cloud = cloud;
    this.plan = plan;
  }

  /**
   * Writes both sides. An answer that names the group which is made, and no write, only says that
   * one is made.
   */
  void compare(JsonNode answer, ObjectNode wanted, ObjectNode got) {
    var ports = got.putArray("listenerPorts");
    plan.resources().stream()
        .filter(d -> !StackNames.isFrontend(d.key().id()))
        .flatMap(d -> d.spec() instanceof ListenerSpec l ? Stream.of(l.port()) : Stream.empty())
        .forEach(ports::add);
    wanted.set(
        "listenerPorts",
        answer.path("listenerPorts").isMissingNode()
            ? Nodes.MAKE.arrayNode()
            : answer.get("listenerPorts"));
    got.put("backendSecurityGroupUsed", usesBackendGroup());
    wanted.set("backendSecurityGroupUsed", answer.path("backendSecurityGroupUsed"));
    var secrets = got.putArray("secrets");
    secrets().forEach(secrets::add);
    wanted.set("secrets", answer.has("secrets") ? answer.get("secrets") : Nodes.MAKE.arrayNode());
    got.set(WRITES, sorted(backendGroupWrites()));
    wanted.set(WRITES, sorted(answer.path(WRITES)));
    if (!answer.has(WRITES) && answer.toString().contains(CaseCloud.CREATED)) {
      got.set(WRITES, operations(got.path(WRITES)));
      wanted.set(WRITES, Nodes.MAKE.arrayNode().add("CreateSecurityGroup"));
    }
  }

  /** While the settings name a group, none is made. */
  private ArrayNode backendGroupWrites() {
    boolean made = registration.controller().backendSecurityGroup().isEmpty();
    return made && usesBackendGroup()
        ? BackendGroupWrites.of(registration, cloud)
        : Nodes.MAKE.arrayNode();
  }

  /** In any order, and without the id that the stand-in gave to a new group. */
  private static ArrayNode sorted(JsonNode writes) {
    var items = new ArrayList<ObjectNode>();
    for (var write : writes) {
      ObjectNode node = write.deepCopy();
      node.remove("id");
      items.add(node);
    }
    items.sort(Comparator.comparing(item -> Canonical.text(item)));
    return Nodes.MAKE.arrayNode().addAll(items);
  }

  private static ArrayNode operations(JsonNode writes) {
    var operations = Nodes.MAKE.arrayNode();
    writes.forEach(write -> operations.add(Nodes.text(write, "operation")));
    return operations;
  }

  private boolean usesBackendGroup() {
    var given = new Link.Known(registration.controller().backendSecurityGroup());
    return plan.resources().stream()
        .flatMap(d ->
            d.spec() instanceof LoadBalancerSpec lb
                ? lb.securityGroups().stream()
                : Stream.<Link>empty())
        .anyMatch(link ->
            switch (link) {
              case Link.Ref(var key) -> key.stack().kind() == StackKind.SHARED;
              case Link.Known known -> known.equals(given);
            });
  }

  private TreeSet<String> secrets() {
    var secrets = new TreeSet<String>();
    plan.resources().stream()
        .flatMap(d -> actions(d.spec()).stream())
        .forEach(action -> {
          if (action instanceof Action.AuthenticateOidc oidc) {
            secrets.add(oidc.secretName());
          }
        });
    return secrets;
  }

  private static List<Action> actions(ResourceSpec spec) {
    if (spec instanceof ListenerSpec listener) {
      return listener.defaultActions();
    }
    return spec instanceof ListenerRuleSpec rule ? rule.actions() : List.of();
  }
}
