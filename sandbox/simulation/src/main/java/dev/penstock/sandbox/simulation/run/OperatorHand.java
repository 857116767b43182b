package dev.penstock.sandbox.simulation.run;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.sandbox.simulation.script.OperatorDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import java.util.List;
import java.util.Map;

/** Says what an operator says, as the commands of {@code penstock} write it. */
final class OperatorHand {
  private static final String OPERATOR = "an operator";

  private final PlayedWorld world;

  OperatorHand(PlayedWorld world) {
    this.world = world;
  }

  void perform(OperatorDeed deed) throws LogFailed {
    switch (deed) {
      case OperatorDeed.ChangeSetting(var setting) -> change(setting.change());
      case OperatorDeed.ApproveAll _ -> approve();
      case OperatorDeed.PauseCluster(var cluster, var all) ->
          pause(cluster, PauseKind.CLUSTER, world.fleet().cluster(cluster), all);
      case OperatorDeed.PauseStack(var cluster, var which, var all) -> {
        var stacks =
            rows(Table.STACKS).stream().filter(e -> scope(e).equals(home(cluster))).toList();
        if (!stacks.isEmpty()) {
          var stack = stacks.get(which % stacks.size()).row().stack();
          pause(cluster, PauseKind.STACK, stack.toString(), all);
        }
      }
      case OperatorDeed.PauseName(var host) ->
          say(
              dns(),
              new PersonFact.Paused(
                  OPERATOR, new PauseTarget(PauseKind.NAME, ScriptFleet.host(host)), false));
      case OperatorDeed.ResumeAll _ -> resume();
      case OperatorDeed.Shadow(var cluster) -> mode(cluster, ClusterMode.SHADOW);
      case OperatorDeed.Manage(var cluster) -> mode(cluster, ClusterMode.MANAGE);
      case OperatorDeed.DropMember(var cluster, var app) ->
          say(home(cluster), new PersonFact.MemberDropped(OPERATOR, member(cluster, app)));
      case OperatorDeed.Rebind(var cluster) -> rebind(cluster);
      case OperatorDeed.Checkpoint _ -> {
        for (var scope : scopes()) {
          say(scope, new PersonFact.CheckpointRequested(OPERATOR));
        }
      }
    }
  }

  /** Ends what an operator began, so that everything may be done again. */
  void calm() throws LogFailed {
    resume();
    change(Map.of("dns", Map.of("policy", "sync")));
    for (var cluster : world.fleet().numbers()) {
      mode(cluster, ClusterMode.MANAGE);
    }
  }

  /** Approves what is held and rebinds what was swapped; false if there was nothing. */
  boolean attend() throws LogFailed {
    var attended = approve();
    for (var cluster : world.fleet().numbers()) {
      attended |= rebind(cluster);
    }
    return attended;
  }

  private boolean approve() throws LogFailed {
    var held = rows(Table.HOLDS).stream().filter(e -> !e.row().approved()).toList();
    for (var hold : held) {
      say(scope(hold), new PersonFact.HoldApproved(OPERATOR, hold.row().id()));
    }
    return !held.isEmpty();
  }

  private boolean rebind(int cluster) throws LogFailed {
    var name = world.fleet().cluster(cluster);
    var swapped =
        world
            .pipeline()
            .tables()
            .get(Table.CLUSTERS, home(cluster) + "|" + name)
            .filter(row -> row.swapped())
            .isPresent();
    if (swapped) {
      var uid = world.cluster(cluster).uid();
      say(home(cluster), new PersonFact.ClusterRebound(OPERATOR, name, uid));
    }
    return swapped;
  }

  private void pause(int cluster, PauseKind kind, String name, boolean all) throws LogFailed {
    var fact = new PersonFact.Paused(OPERATOR, new PauseTarget(kind, name), all);
    say(home(cluster), fact);
    say(dns(), fact);
  }

  private void resume() throws LogFailed {
    for (var entry : rows(Table.PAUSES)) {
      var target = new PauseTarget(entry.row().kind(), entry.row().name());
      say(scope(entry), new PersonFact.Resumed(OPERATOR, target));
    }
  }

  private void mode(int cluster, ClusterMode mode) throws LogFailed {
    var fact = new PersonFact.ClusterModeChanged(OPERATOR, world.fleet().cluster(cluster), mode);
    say(home(cluster), fact);
    say(dns(), fact);
  }

  private void change(Map<String, Object> change) throws LogFailed {
    var defaults = ScopeSettings.defaults();
    try {
      var changed = RecordChange.apply(defaults, change);
      var paths = RecordChange.paths(defaults, change);
      for (var scope : scopes()) {
        say(scope, new PersonFact.ScopeSettingsChanged(OPERATOR, changed, paths));
      }
    } catch (ChangeRefused refused) {
      throw new IllegalStateException("no such setting: " + change, refused);
    }
  }

  private ObjectKey member(int cluster, int app) {
    return ObjectKey.parse(
        "%s|Ingress|%s/%s"
            .formatted(
                world.fleet().cluster(cluster), ScriptFleet.namespace(app), ScriptFleet.app(app)));
  }

  private void say(Scope scope, PersonFact fact) throws LogFailed {
    world.pipeline().append(scope, fact);
  }

  private <R extends Row> List<Entry<R>> rows(Table<R> table) {
    return world.pipeline().tables().scan(table, "");
  }

  private static Scope scope(Entry<? extends Row> entry) {
    return Scope.parse(entry.key().substring(0, entry.key().indexOf('|')));
  }

  private Scope home(int cluster) {
    return world.fleet().home(cluster).scope();
  }

  private List<Scope> scopes() {
    return world.fleet().scopes();
  }

  private static Scope dns() {
    return Fleet.DNS;
  }
}
