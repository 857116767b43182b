package dev.penstock.streams.query;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link.Known;
import dev.penstock.schemas.aws.Link.Ref;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.RuleCondition.HostHeader;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.LoadBalancerTarget;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Pod;
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
  private final Pods pods;
  private final List<Link> links;

  Chain(Tables tables, Scope scope, List<Link> links) {
    this.tables = tables;
    this.scope = scope;
    this.sight = new Sight(tables, scope.toString());
    this.pods = new Pods(tables, scope);
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
    for (var key : keys(stack, ResourceKind.PROTECTION)) {
      resource("protection", key, depth + 1);
    }
    for (var key : keys(stack, ResourceKind.CERTIFICATE)) {
      resource("certificate", key, depth + 1);
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

  /** One target group with its targets, their pods, and the pods that cannot be targets yet. */
  void targetGroup(ResourceKey group, int depth) {
    resource("target group", group, depth);
    var check = sight.desired(group).map(Chain::healthCheck).orElse("");
    var behind = sight.behind(group);
    if (behind.isPresent()) {
      behind(group, behind.get(), check, depth + 1);
      return;
    }
    var rows = tables.scan(Table.TARGETS, scope + "|" + group + "|");
    var shown = new TreeSet<ObjectKey>();
    for (var entry : rows) {
      target(group, entry.row(), check, depth + 1);
      entry.row().endpoint().map(endpoint -> key(group, endpoint)).ifPresent(shown::add);
    }
    var waiting = new TreeSet<ObjectKey>();
    tables
        .get(Table.BINDINGS, scope + "|" + group)
        .ifPresent(row -> waiting.addAll(pods.of(row.binding())));
    waiting.removeAll(shown);
    waiting.forEach(pod -> waiting(pod, depth + 1));
    if (rows.isEmpty() && waiting.isEmpty()) {
      links.add(
          new Link(
              depth + 1,
              "target",
              "none",
              "",
              "",
              List.of("the Service has no endpoint: does its selector match a pod?")));
    }
  }

  /** The one target of a group of target type alb. */
  private void behind(ResourceKey group, LoadBalancerTarget behind, String check, int depth) {
    var state = sight.behindState(group);
    var obstacles =
        switch (state.orElse("")) {
          case TargetHealth.HEALTHY -> List.<String>of();
          case "" -> List.of("not registered yet");
          case TargetHealth.UNHEALTHY ->
              List.of(
                  "the load balancer behind does not answer the health check ("
                      + check
                      + "): while all targets fail, connections reach it all the same; see"
                      + " frontend-nlb-healthcheck-path and -success-codes");
          default -> List.of("AWS says " + state.orElseThrow());
        };
    var target = ResourceLines.link(behind.loadBalancer()) + ":" + behind.port();
    links.add(
        new Link(depth, "target", target, "registered", state.orElse("not registered"), obstacles));
  }

  /** A pod that the Service means and that no target stands for. */
  private void waiting(ObjectKey key, int depth) {
    var pod = pods.pod(key);
    var words =
        pod.map(Pods::whyNoTarget)
            .orElse("an EndpointSlice names the pod, the cluster does not show it");
    links.add(
        new Link(
            depth,
            "pod",
            key.path(),
            "",
            "not a target" + pod.map(Chain::place).orElse(""),
            List.of(words)));
  }

  private static String place(Pod pod) {
    return pod.nodeName().isEmpty() ? ", on no node" : " on " + pod.nodeName();
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
    var health = row.registered().map(TargetRow.Registered::health);
    var wanted = row.endpoint().filter(e -> e.standing() == TargetRow.Standing.WANTED).isPresent();
    links.add(
        new Link(
            depth,
            "target",
            row.target().toString(),
            wanted ? "registered" : "not registered",
            health.map(TargetHealth::state).orElse("not registered"),
            wanted ? obstacles(group, health, check) : List.of()));
    row.endpoint().ifPresent(endpoint -> pod(group, endpoint, depth + 1));
  }

  private List<String> obstacles(ResourceKey group, Optional<TargetHealth> health, String check) {
    if (health.isEmpty()) {
      var verdicts = new ArrayList<String>();
      verdicts.add("not registered yet");
      sight.lane(group, Lane.REGISTER).ifPresent(verdicts::add);
      return verdicts;
    }
    if (health.get().state().equals(TargetHealth.HEALTHY)) {
      return List.of();
    }
    var obstacles = new ArrayList<String>();
    obstacles.add(ResourceLines.advice(health.get(), check));
    if (health.get().reason().equals("Target.Timeout")) {
      obstacles.addAll(new Doorways(tables, scope).closed(group.stack().cluster()));
    }
    return obstacles;
  }

  private static ObjectKey key(ResourceKey group, TargetRow.Endpoint endpoint) {
    return new ObjectKey(
        group.stack().cluster(), ObjectKind.POD, endpoint.podNamespace(), endpoint.podName());
  }

  private void pod(ResourceKey group, TargetRow.Endpoint endpoint, int depth) {
    if (endpoint.podNamespace().isEmpty()) {
      links.add(new Link(depth, "node", endpoint.nodeName(), "", "", List.of()));
      return;
    }
    var key = key(group, endpoint);
    var pod = pods.pod(key);
    var isGone = endpoint.standing() == TargetRow.Standing.GONE;
    var obstacles = new ArrayList<String>();
    if (!endpoint.ready() && !endpoint.terminating() && !isGone) {
      obstacles.add(
          "the pod is not ready: " + pod.map(Pods::notReady).orElse("its readiness probe fails"));
    }
    var state = isGone ? "gone" : endpoint.ready() ? "ready" : "not ready";
    links.add(
        new Link(
            depth,
            "pod",
            key.path(),
            "",
            state
                + (endpoint.terminating() && !isGone ? ", terminating" : "")
                + pod.map(Chain::place).orElse(""),
            obstacles));
  }

  private void resource(String what, ResourceKey key, int depth) {
    links.add(
        new Link(
            depth,
            what,
            sight.desired(key).map(spec -> ResourceLines.name(spec, key.id())).orElse(key.id()),
            sight.desired(key).map(ResourceLines::of).orElse("nothing"),
            sight.observed(key),
            sight.obstacles(key)));
  }

  private List<ResourceKey> keys(StackId stack, ResourceKind kind) {
    var prefix = scope + "|" + stack + "|" + kind.text() + "|";
    var ids = new TreeSet<String>();
    tables.scan(Table.DESIRED, prefix).forEach(e -> ids.add(e.key().substring(prefix.length())));
    tables.scan(Table.OBSERVED, prefix).stream()
        .filter(e -> e.row().isPresent())
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
                      CertificateSpec _,
                      ProtectionSpec _,
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
