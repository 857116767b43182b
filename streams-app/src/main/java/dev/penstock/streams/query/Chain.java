package dev.penstock.streams.query;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Link.Known;
import dev.penstock.schemas.aws.Link.Ref;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.RuleCondition.HostHeader;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.streams.query.Explanation.Link;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Walks one stack from its load balancer down to the pods. */
final class Chain {
  private final Tables tables;
  private final Scope scope;
  private final Sight sight;
  private final List<Link> links;

  Chain(Tables tables, Scope scope, List<Link> links) {
    this.tables = tables;
    this.scope = scope;
    this.sight = new Sight(tables, scope.toString());
    this.links = links;
  }

  /** All of a stack; with a host, only the rules that serve it. */
  void stack(StackId stack, Optional<String> host, int depth) {
    for (var key : keys(stack, ResourceKind.LOAD_BALANCER)) {
      resource("load balancer", key, depth);
    }
    for (var key : keys(stack, ResourceKind.SECURITY_GROUP)) {
      if (!sight.obstacles(key).isEmpty()) {
        resource("security group", key, depth + 1);
      }
    }
    for (var key : keys(stack, ResourceKind.LISTENER)) {
      resource("listener", key, depth + 1);
      var shown = targetGroups(key);
      for (var rule : keys(stack, ResourceKind.LISTENER_RULE)) {
        if (rule.id().startsWith(key.id() + ":") && serves(rule, host)) {
          resource("rule", rule, depth + 2);
          targetGroups(rule).forEach(group -> targetGroup(group, depth + 3));
        }
      }
      shown.forEach(group -> targetGroup(group, depth + 2));
    }
  }

  /** One target group with its targets and pods. */
  void targetGroup(ResourceKey group, int depth) {
    resource("target group", group, depth);
    var check = sight.desired(group).map(Chain::healthCheck).orElse("");
    var rows = tables.scan(Table.TARGETS, scope + "|" + group + "|");
    if (rows.isEmpty()) {
      links.add(
          new Link(
              depth + 1,
              "target",
              "none",
              "",
              "",
              List.of(
                  "the Service has no endpoint that may be a target: is a pod ready, does its"
                      + " selector match?")));
    }
    rows.forEach(entry -> target(group, entry.row(), check, depth + 1));
  }

  private static String healthCheck(ResourceSpec spec) {
    return spec instanceof TargetGroupSpec group
        ? group.healthCheck().protocol()
            + " "
            + group.healthCheck().path()
            + ", wants "
            + group.healthCheck().matcher()
        : "";
  }

  private void target(ResourceKey group, TargetRow row, String check, int depth) {
    var obstacles = new ArrayList<String>();
    var health = row.registered().map(TargetRow.Registered::health);
    health
        .filter(h -> !h.state().equals("healthy"))
        .ifPresent(h -> obstacles.add(Sentences.advice(h, check)));
    if (row.endpoint().isPresent() && health.isEmpty()) {
      obstacles.add("not registered yet");
    }
    links.add(
        new Link(
            depth,
            "target",
            row.target().toString(),
            row.endpoint().isPresent() ? "registered" : "not registered",
            health.map(h -> h.state()).orElse("not registered"),
            obstacles));
    row.endpoint().ifPresent(endpoint -> pod(group, endpoint, depth + 1));
  }

  private void pod(ResourceKey group, TargetRow.Endpoint endpoint, int depth) {
    if (endpoint.podName().isEmpty()) {
      links.add(new Link(depth, "node", endpoint.nodeName(), "", "", List.of()));
      return;
    }
    var key =
        new ObjectKey(
            group.stack().cluster(), ObjectKind.POD, endpoint.podNamespace(), endpoint.podName());
    var pod =
        tables
            .get(Table.OBJECTS, scope + "|" + key)
            .map(row -> row.object())
            .filter(Pod.class::isInstance)
            .map(Pod.class::cast);
    var obstacles = new ArrayList<String>();
    if (!endpoint.ready()) {
      obstacles.add(
          "the pod is not ready: " + pod.map(Chain::notReady).orElse("its readiness probe fails"));
    }
    links.add(
        new Link(
            depth,
            "pod",
            key.path(),
            "",
            (endpoint.ready() ? "ready" : "not ready")
                + (endpoint.terminating() ? ", terminating" : "")
                + pod.map(p -> " on " + p.nodeName()).orElse(""),
            obstacles));
  }

  private static String notReady(Pod pod) {
    return pod.conditions().stream()
        .filter(c -> c.type().equals("Ready") && !c.status().equals("True"))
        .map(Chain::words)
        .findFirst()
        .orElse(pod.phase());
  }

  private static String words(Condition condition) {
    return (condition.reason() + " " + condition.message()).strip();
  }

  private void resource(String what, ResourceKey key, int depth) {
    links.add(
        new Link(
            depth,
            what,
            sight.desired(key).map(spec -> Sentences.name(spec, key.id())).orElse(key.id()),
            sight.desired(key).map(Sentences::of).orElse("nothing"),
            sight.observed(key),
            sight.obstacles(key)));
  }

  private List<ResourceKey> keys(StackId stack, ResourceKind kind) {
    var prefix = scope + "|" + stack + "|" + kind.text() + "|";
    var ids = new TreeSet<String>();
    tables.scan(Table.DESIRED, prefix).forEach(e -> ids.add(e.key().substring(prefix.length())));
    tables.scan(Table.OBSERVED, prefix).stream()
        .filter(e -> e.row().presence() instanceof ObservedRow.Present)
        .forEach(e -> ids.add(e.key().substring(prefix.length())));
    return ids.stream().map(id -> new ResourceKey(stack, kind, id)).toList();
  }

  private boolean serves(ResourceKey rule, Optional<String> host) {
    if (host.isEmpty()) {
      return true;
    }
    return sight
        .desired(rule)
        .filter(ListenerRuleSpec.class::isInstance)
        .map(spec -> ((ListenerRuleSpec) spec).conditions())
        .map(conditions ->
            conditions.stream()
                .noneMatch(c -> c instanceof HostHeader h && !h.values().contains(host.get())))
        .orElse(false);
  }

  private List<ResourceKey> targetGroups(ResourceKey key) {
    var actions =
        sight
            .desired(key)
            .map(spec ->
                switch (spec) {
                  case ListenerRuleSpec rule -> rule.actions();
                  case ListenerSpec listener -> listener.defaultActions();
                  case LoadBalancerSpec _,
                      TargetGroupSpec _,
                      SecurityGroupSpec _,
                      SecurityGroupRulesSpec _,
                      RecordNameSpec _ ->
                      List.<Action>of();
                })
            .orElse(List.of());
    var groups = new ArrayList<ResourceKey>();
    for (var action : actions) {
      if (action instanceof Action.Forward forward) {
        for (var group : forward.targetGroups()) {
          switch (group.targetGroup()) {
            case Ref(var resource) -> groups.add(resource);
            case Known(var arn) -> byArn(arn).ifPresent(groups::add);
          }
        }
      }
    }
    return groups;
  }

  private Optional<ResourceKey> byArn(String arn) {
    return tables.scan(Table.BINDINGS, scope + "|").stream()
        .map(e -> e.row().binding())
        .filter(binding -> binding.existingArn().equals(Optional.of(arn)))
        .map(binding -> binding.targetGroup())
        .findFirst();
  }
}
