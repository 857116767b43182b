package dev.penstock.streams.preview;

import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.OpenRow;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.preview.ClusterPlan.Change;
import dev.penstock.streams.preview.ClusterPlan.Note;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.tables.Tables.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a plan off tables in which it was rehearsed. */
final class PlanReader {
  private static final String SCANNED = "cluster|";

  private final Tables tables;
  private final String cluster;
  private final List<Change> changes = new ArrayList<>();
  private final List<Note> held = new ArrayList<>();
  private final List<Note> unknown = new ArrayList<>();
  private final List<Note> leftAlone = new ArrayList<>();
  private final List<Note> unmanaged = new ArrayList<>();
  private final List<Note> problems = new ArrayList<>();

  PlanReader(Tables tables, String cluster) {
    this.tables = tables;
    this.cluster = cluster;
  }

  ClusterPlan read(List<Scope> scopes) {
    for (var scope : scopes) {
      var row = tables.get(Table.CLUSTERS, scope + "|" + cluster).orElseThrow();
      if (row.registration().home().equals(scope)) {
        home(scope);
      } else {
        names(scope);
      }
    }
    return new ClusterPlan(changes, held, unknown, leftAlone, unmanaged, problems);
  }

  private void home(Scope scope) {
    var prefix = scope + "|" + cluster + "|";
    sight(scope);
    for (var entry : tables.scan(Table.VERDICTS, prefix)) {
      verdict(scope, entry.key().substring((scope + "|").length()), entry.row());
    }
    for (var entry : tables.scan(Table.OPEN, prefix)) {
      command(scope, entry.row());
    }
    for (var entry : tables.scan(Table.OPEN_KUBERNETES, prefix)) {
      var command = entry.row().command();
      var what = command.writes().stream().map(PlanReader::words).collect(Collectors.joining(", "));
      var object = command.object();
      changes.add(
          new Change(
              scope.toString(),
              object.path(),
              object.kind().text(),
              VerdictKind.IN_FLIGHT,
              "write",
              what));
    }
    for (var entry : tables.scan(Table.STACKS, prefix)) {
      entry.row().problems().stream()
          .map(
              p -> new Note(p.member().path(), p.problem().reason() + ": " + p.problem().message()))
          .forEach(problems::add);
      if (entry.row().frozen()) {
        unknown.add(new Note(entry.row().stack().toString(), entry.row().frozenReason()));
      }
    }
    unmanaged.addAll(Unmanaged.of(tables, cluster));
  }

  /** What must be known before anything can be said. */
  private void sight(Scope scope) {
    var row = tables.get(Table.CLUSTERS, scope + "|" + cluster).orElseThrow();
    if (!row.snapshotComplete()) {
      unknown.add(new Note(cluster, "its watcher has not listed all objects yet"));
    }
    if (row.swapped()) {
      unknown.add(new Note(cluster, "another cluster answers under this name"));
    }
    if (tables.get(Table.SCANS, scope + "|" + SCANNED + cluster).isEmpty()) {
      unknown.add(new Note(cluster, "AWS was not searched for what is tagged as its own yet"));
    }
    for (var entry : tables.scan(Table.INTENTS, scope + "|" + cluster + "|")) {
      var member = entry.row().current();
      if (member.state() instanceof MemberIntent.Valid
          && tables.scan(Table.DESIRED, scope + "|" + member.stack() + "|", 1).isEmpty()) {
        unknown.add(new Note(member.member().path(), "it was not planned yet"));
      }
    }
    for (var entry : tables.scan(Table.BINDINGS, scope + "|" + cluster + "|")) {
      var group = entry.row().binding().targetGroup();
      if (!entry.row().registrationsKnown() && present(scope, group)) {
        unknown.add(new Note(group.toString(), "what is registered was not read yet"));
      }
    }
  }

  private boolean present(Scope scope, ResourceKey key) {
    return tables.get(Table.OBSERVED, scope + "|" + key).filter(ObservedRow::isPresent).isPresent();
  }

  /** Names that the cluster claims. */
  private void names(Scope scope) {
    var hosts = new TreeSet<String>();
    tables.scan(Table.CLAIMS, scope + "|").stream()
        .map(Entry::row)
        .filter(claim -> claim.stack().cluster().equals(cluster))
        .forEach(claim -> hosts.add(claim.host()));
    var prefix = scope + "||" + StackKind.NAME.text() + "|";
    for (var entry : tables.scan(Table.VERDICTS, prefix)) {
      var id = entry.key().substring(prefix.length());
      if (hosts.stream().anyMatch(host -> id.endsWith("/" + host + "."))) {
        verdict(scope, entry.key().substring((scope + "|").length()), entry.row());
      }
    }
  }

  private void verdict(Scope scope, String subject, VerdictRow row) {
    if (isLane(subject)) {
      return;
    }
    var key = ResourceKey.parse(subject);
    var note = new Note(subject, row.sentence());
    switch (row.verdict()) {
      case IN_SYNC -> {}
      case UNDECIDED -> unknown.add(note);
      case FOREIGN -> leftAlone.add(note);
      case HELD -> held.add(note);
      case CREATE, UPDATE, REPLACE, DELETE, BLOCKED, IN_FLIGHT, WAITING, REJECTED, DEFERRED -> {
        if (isFound(scope, key)) {
          held.add(note);
        } else {
          changes.add(change(scope, key, row));
        }
      }
    }
  }

  /** Whether nobody ever wanted what is there: its removal is held when its turn comes. */
  private boolean isFound(Scope scope, ResourceKey key) {
    return present(scope, key) && tables.get(Table.DESIRED, scope + "|" + key).isEmpty();
  }

  /** What became of commands of other lanes than that of the resource's own writes. */
  private static boolean isLane(String subject) {
    for (var lane : Lane.values()) {
      if (subject.endsWith("|" + lane)) {
        return true;
      }
    }
    return false;
  }

  private Change change(Scope scope, ResourceKey key, VerdictRow row) {
    return tables
        .get(Table.OPEN, scope + "|" + new CommandKey(key, Lane.WRITE))
        .map(open -> change(scope, key, open.command().operation()))
        .orElseGet(
            () -> change(scope, key, row.verdict(), action(scope, key, row), row.sentence()));
  }

  private static Change change(Scope scope, ResourceKey key, Operation operation) {
    return change(scope, key, verdict(operation), action(operation), words(operation));
  }

  private static Change change(
      Scope scope, ResourceKey key, VerdictKind verdict, String action, String sentence) {
    var resource = key.kind().text() + " " + key.id();
    return new Change(scope.toString(), key.stack().id(), resource, verdict, action, sentence);
  }

  /** What comes of a verdict that cannot be carried out at once. */
  private String action(Scope scope, ResourceKey key, VerdictRow row) {
    var wanted =
        tables.get(Table.DESIRED, scope + "|" + key).filter(DesiredRow::wanted).isPresent();
    boolean there = present(scope, key);
    if (wanted) {
      return there ? "update" : "create";
    }
    return there ? "delete" : row.verdict().text().toLowerCase(Locale.ROOT);
  }

  /** The verdict that the command carries out. */
  private static VerdictKind verdict(Operation operation) {
    return switch (operation) {
      case Operation.Create _ -> VerdictKind.CREATE;
      case Operation.Update _ -> VerdictKind.UPDATE;
      case Operation.Delete _ -> VerdictKind.DELETE;
      case Operation.RegisterTargets _,
          Operation.DeregisterTargets _,
          Operation.SetRulePriorities _,
          Operation.Observe _ ->
          VerdictKind.IN_FLIGHT;
    };
  }

  private static String action(Operation operation) {
    return switch (operation) {
      case Operation.Create _ -> "create";
      case Operation.Update _ -> "update";
      case Operation.Delete _ -> "delete";
      case Operation.RegisterTargets _ -> "register";
      case Operation.DeregisterTargets _ -> "deregister";
      case Operation.SetRulePriorities _ -> "renumber";
      case Operation.Observe _ -> "read";
    };
  }

  private static String words(Operation operation) {
    return switch (operation) {
      case Operation.Create _ -> "does not exist";
      case Operation.Update(_, _, var aspects) ->
          "differs in "
              + aspects.stream()
                  .map(a -> a.toString().toLowerCase(Locale.ROOT).replace('_', ' '))
                  .collect(Collectors.joining(", "));
      case Operation.Delete _ -> "nobody wants it";
      case Operation.RegisterTargets(_, var targets) -> targets.size() + " targets can serve";
      case Operation.DeregisterTargets(_, var targets) -> targets.size() + " targets shall leave";
      case Operation.SetRulePriorities(_, var rules) -> rules.size() + " rules get other numbers";
      case Operation.Observe _ -> "";
    };
  }

  /** Targets and numbers of rules: no verdict speaks of them. */
  private void command(Scope scope, OpenRow row) {
    var command = row.command();
    switch (command.operation()) {
      case Operation.RegisterTargets _,
          Operation.DeregisterTargets _,
          Operation.SetRulePriorities _ ->
          changes.add(change(scope, command.key().resource(), command.operation()));
      case Operation.Create _, Operation.Update _, Operation.Delete _, Operation.Observe _ -> {}
    }
  }

  private static String words(KubernetesWrite write) {
    return switch (write) {
      case KubernetesWrite.AddFinalizer(var name) -> "add the finalizer " + name;
      case KubernetesWrite.RemoveFinalizer(var name) -> "remove the finalizer " + name;
      case KubernetesWrite.SetLoadBalancerStatus _ -> "set the address";
      case KubernetesWrite.SetCondition(var condition) -> "set the condition " + condition.type();
      case KubernetesWrite.RecordEvent(_, var reason, _) -> "tell " + reason;
      case KubernetesWrite.ApplyTargetGroupBinding _ -> "make or change it";
      case KubernetesWrite.DeleteTargetGroupBinding _ -> "delete it";
      case KubernetesWrite.ApplyTargetList(var targets, _) -> "list " + targets.size() + " targets";
      case KubernetesWrite.DeleteTargetList _ -> "delete it";
    };
  }
}
