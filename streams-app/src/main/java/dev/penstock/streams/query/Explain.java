package dev.penstock.streams.query;

import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.InventoryRow;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.streams.query.Explanation.Link;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.turn.Intents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what a person means and walks its chain. Pure: the same tables give the same answer. */
public final class Explain {
  private final Tables tables;
  private final List<Link> links = new ArrayList<>();

  /** The chains shown so far: a name that several DNS scopes own has one all the same. */
  private final Set<String> walked = new HashSet<>();

  private final List<String> problems = new ArrayList<>();

  private Explain(Tables tables) {
    this.tables = tables;
  }

  /**
   * A host name, {@code ingress/namespace/name}, {@code pod/namespace/name} or a load balancer's
   * name.
   */
  public static Explanation of(Tables tables, String subject) {
    var part = part(tables, subject);
    var records =
        NameRecords.hosts(part).stream()
            .flatMap(host -> NameRecords.of(tables, host).stream())
            .toList();
    return NameRecords.filled(part, records).told();
  }

  /** What these tables hold of it; nothing is said of what others may hold. */
  static Explanation part(Tables tables, String subject) {
    var explain = new Explain(tables);
    explain.subject(subject);
    return new Explanation(subject, false, explain.links, explain.problems);
  }

  private void subject(String subject) {
    var parts = subject.split("/");
    if (parts.length == 3 && parts[0].equalsIgnoreCase("ingress")) {
      ingress(parts[1], parts[2]);
    } else if (parts.length == 3 && parts[0].equalsIgnoreCase("pod")) {
      pod(parts[1], parts[2]);
    } else {
      host(subject);
      if (links.isEmpty()) {
        loadBalancer(subject);
      }
    }
  }

  private void host(String host) {
    var claims =
        tables.scan(Table.CLAIMS, "").stream()
            .filter(e -> e.row().host().equals(host))
            .filter(e -> RecordKeys.scope(e.key()).equals(e.row().claimant()))
            .map(Tables.Entry::row)
            .toList();
    for (var claim : claims) {
      claim(claim);
    }
    if (claims.isEmpty()) {
      tables.scan(Table.OBJECTS, "").stream()
          .filter(e -> e.row().object() instanceof Ingress i && names(i, host))
          .forEach(e -> member(e.key()));
    }
  }

  private static boolean names(Ingress ingress, String host) {
    return ingress.rules().stream().anyMatch(rule -> rule.host().equals(host));
  }

  private void claim(ClaimRow claim) {
    links.add(
        new Link(0, "name", claim.host(), "claimed by " + claim.member().path(), "", List.of()));
    record(claim);
    if (!walked.add(claim.claimant() + "|" + claim.stack() + "|" + claim.host())) {
      return;
    }
    new Chain(tables, claim.claimant(), links).stack(claim.stack(), Optional.of(claim.host()), 2);
    memberProblems(claim.claimant(), claim.member());
  }

  private void record(ClaimRow claim) {
    var obstacles =
        claim.standing() == Standing.LIVE
            ? List.<String>of()
            : List.of(
                claim.standing()
                    + (claim.reason().isEmpty() ? ": not answered yet" : ": " + claim.reason()));
    links.add(
        new Link(1, NameRecords.WHAT, claim.host(), "", claim.standing().toString(), obstacles));
  }

  private void ingress(String namespace, String name) {
    for (var entry : tables.scan(Table.OBJECTS, "")) {
      var object = entry.row().object();
      if (object.kind() == ObjectKind.INGRESS
          && object.metadata().namespace().equals(namespace)
          && object.metadata().name().equals(name)) {
        member(entry.key());
      }
    }
  }

  private void member(String objectKey) {
    var scope = RecordKeys.scope(objectKey);
    var key = ObjectKey.parse(objectKey.substring(objectKey.indexOf('|') + 1));
    var member = intents(scope, key).stream().findFirst().map(MemberRow::current);
    var claims =
        tables.scan(Table.CLAIMS, scope + "|").stream()
            .map(Tables.Entry::row)
            .filter(claim -> claim.member().equals(key) && claim.claimant().equals(scope))
            .toList();
    claims.forEach(this::claim);
    if (claims.isEmpty()) {
      links.add(new Link(0, "Ingress", key.path(), "", "", List.of()));
      member
          .map(MemberIntent::stack)
          .ifPresent(stack -> new Chain(tables, scope, links).stack(stack, Optional.empty(), 1));
      memberProblems(scope, key);
    }
  }

  private void memberProblems(Scope scope, ObjectKey key) {
    clusterProblems(scope, key.cluster());
    var rows = intents(scope, key);
    if (rows.isEmpty()) {
      notOurs(scope, key);
    }
    rows.forEach(row -> intentProblems(scope, key, row));
  }

  private List<MemberRow> intents(Scope scope, ObjectKey member) {
    return tables.scan(Table.INTENTS, scope + "|" + member + Intents.IN).stream()
        .map(Tables.Entry::row)
        .toList();
  }

  private void intentProblems(Scope scope, ObjectKey key, MemberRow row) {
    switch (row.current().state()) {
      case MemberIntent.Valid valid ->
          valid.warnings().forEach(w -> problems.add(w.reason() + ": " + w.message()));
      case MemberIntent.Invalid invalid ->
          invalid.problems().forEach(p -> problems.add(p.reason() + ": " + p.message()));
      case MemberIntent.Leaving leaving ->
          problems.add(
              key.path()
                  + (leaving.requested() ? " is being deleted" : " left without anybody asking"));
    }
    stackProblems(scope, row.current().stack(), key);
  }

  private void notOurs(Scope scope, ObjectKey key) {
    var reason = NotOurs.reason(tables, scope, key);
    problems.add(
        "no load balancer is made for "
            + key.path()
            + ": "
            + reason.orElse("it was not planned yet"));
  }

  private void stackProblems(Scope scope, StackId stack, ObjectKey member) {
    tables
        .get(Table.STACKS, scope + "|" + stack)
        .ifPresent(row -> {
          if (row.frozen()) {
            problems.add("the stack is frozen by a defect: " + row.frozenReason());
          }
          row.problems().stream()
              .filter(p -> p.member().equals(member))
              .map(p -> p.problem().reason() + ": " + p.problem().message())
              .filter(text -> !problems.contains(text))
              .forEach(problems::add);
        });
  }

  private void clusterProblems(Scope scope, String cluster) {
    var row = tables.get(Table.CLUSTERS, scope + "|" + cluster);
    if (row.isPresent() && row.get().mode() != ClusterMode.MANAGE) {
      problems.add(
          "the cluster "
              + cluster
              + " is in "
              + row.get().mode()
              + ": nothing is written; `penstock cluster manage "
              + cluster
              + "`");
    }
    tables.scan(Table.INVENTORY, scope + "|").stream()
        .filter(e -> e.row().inventory() instanceof InventoryRow.InventoryUnknown)
        .forEach(e -> {
          if (e.row().inventory() instanceof InventoryRow.InventoryUnknown(var reason)) {
            problems.add("AWS cannot be read: " + reason);
          }
        });
  }

  private void pod(String namespace, String name) {
    for (var entry : tables.scan(Table.BINDINGS, "")) {
      var scope = RecordKeys.scope(entry.key());
      var binding = entry.row().binding();
      var pod = new ObjectKey(binding.cluster(), ObjectKind.POD, namespace, name);
      if (isTarget(entry.key(), pod)
          || entry.row().wanted() && new Pods(tables, scope).of(binding).contains(pod)) {
        new Chain(tables, scope, links).targetGroup(binding.targetGroup(), 0);
      }
    }
    if (!links.isEmpty()) {
      return;
    }
    for (var entry : tables.scan(Table.OBJECTS, "")) {
      if (entry.row().object() instanceof Pod pod
          && pod.metadata().namespace().equals(namespace)
          && pod.metadata().name().equals(name)) {
        problems.add("no Service of an Ingress selects pod " + namespace + "/" + name);
      }
    }
  }

  private boolean isTarget(String bindingKey, ObjectKey pod) {
    return tables.scan(Table.TARGETS, bindingKey + "|").stream()
        .flatMap(entry -> entry.row().endpoint().stream())
        .anyMatch(e -> e.podNamespace().equals(pod.namespace()) && e.podName().equals(pod.name()));
  }

  private void loadBalancer(String name) {
    for (var entry : tables.scan(Table.DESIRED, "")) {
      if (entry.row().spec() instanceof LoadBalancerSpec lb && lb.name().equals(name)) {
        var scope = RecordKeys.scope(entry.key());
        var kind = "|" + ResourceKind.LOAD_BALANCER.text() + "|";
        var text =
            entry.key().substring(entry.key().indexOf('|') + 1, entry.key().lastIndexOf(kind));
        new Chain(tables, scope, links).stack(StackId.parse(text), Optional.empty(), 0);
      }
    }
  }
}
