package dev.penstock.streams.decide;

import dev.penstock.plan.shared.BindingAccess;
import dev.penstock.plan.targets.OwnTargets;
import dev.penstock.plan.targets.ReadinessGates;
import dev.penstock.plan.targets.TargetDecision;
import dev.penstock.plan.targets.TargetRule;
import dev.penstock.plan.targets.TargetTable;
import dev.penstock.plan.targets.Targets;
import dev.penstock.plan.targets.TargetsIntent;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ControllerSettings;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Standing;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.decide.TargetProblems.Limit;
import dev.penstock.streams.fold.Retries;
import dev.penstock.streams.fold.TargetRegistrations;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decides on the targets of one group: who is registered now, who leaves now, who waits (I6). */
final class TargetGroups {
  /** An applier that nothing holds up announces its first attempt well within it. */
  private static final Duration BEGINNING = Duration.ofSeconds(1);

  private final Turn turn;
  private final ResourceKey group;
  private final DirtyRow dirty;
  private final CommandKey registering;
  private final CommandKey deregistering;

  private TargetGroups(Turn turn, ResourceKey group, DirtyRow dirty) {
    this.turn = turn;
    this.group = group;
    this.dirty = dirty;
    this.registering = new CommandKey(group, Lane.REGISTER);
    this.deregistering = new CommandKey(group, Lane.DEREGISTER);
  }

  static void plan(Turn turn, ResourceKey group, DirtyRow dirty) {
    var row = turn.get(Table.BINDINGS, group.toString());
    if (row.isEmpty()) {
      Lookups.replace(turn, Dirt.Kind.TARGETS, group.toString(), new HashSet<>());
      nothing(turn, new CommandKey(group, Lane.REGISTER));
      nothing(turn, new CommandKey(group, Lane.DEREGISTER));
      return;
    }
    Completeness.targetsChanged(turn, group);
    new TargetGroups(turn, group, dirty).plan(Releases.decide(turn, group, row.get()));
  }

  private void plan(BindingRow row) {
    var cluster = Modes.seen(turn, row.binding().cluster());
    if (cluster.isEmpty()) {
      return;
    }
    var view = new ClusterSight(turn, cluster.get());
    var cloud = new CloudSight(turn);
    cloud.presence(group);
    var mirrors = row.wanted() || !isUsers();
    var before = rows();
    var rows = mirrors ? merged(row.binding(), before, view, cloud) : before;
    var own = OwnTargets.listed(row.binding(), view);
    lookedUp(CloudSight.together(view.looked(), cloud.looked()));
    if (!row.wanted()) {
      gates(ReadinessGates.released(row.binding(), view));
    }
    if (!mirrors && Knowledge.of(turn, group).presence() instanceof Missing) {
      released(row.binding());
      return;
    }
    var arn = settled(row);
    if (arn.isEmpty()) {
      return;
    }
    var limit = limit(cluster.get().registration().controller());
    var bounds = bounds(row.binding(), limit, own, view);
    var decision =
        mirrors ? TargetRule.decide(rows, bounds, turn.now()) : TargetRule.release(rows, bounds);
    if (row.wanted()) {
      TargetLists.keep(turn, row.binding(), rows, own, cause("the cluster's own targets changed"));
    }
    crowded(limit, decision.overLimit(), before, bounds);
    command(arn.get(), row, decision);
    decision.next().ifPresent(this::decideBy);
    if (row.wanted()) {
      gates(ReadinessGates.of(row.binding(), rows, view));
    }
    Polls.health(turn, group, rows);
    if (!mirrors && decision.departures().isEmpty()) {
      released(row.binding());
    }
  }

  /** The group's ARN once it is known what is registered there; until then nothing is wanted. */
  private Optional<String> settled(BindingRow row) {
    var arn = arn(turn, group);
    if (arn.isEmpty()) {
      nothing(turn, registering);
      nothing(turn, deregistering);
    } else if (!row.registrationsKnown()) {
      Commands.withdraw(turn, deregistering);
      Polls.unknown(turn, group, arn.get());
    }
    return arn.filter(_ -> row.registrationsKnown());
  }

  private TargetRule.Bounds bounds(
      TargetBinding binding, Limit limit, Set<String> own, ClusterSight view) {
    var wait = turn.settings().deselectedWaitMillis();
    return TargetRule.Bounds.of(
        binding, limit.targets(), wait, own, Targets.isListed(binding, view));
  }

  private void lookedUp(Set<String> names) {
    Lookups.replace(turn, Dirt.Kind.TARGETS, group.toString(), names);
  }

  /** The change stream hears of each target that waits for room, the group's owner that some do. */
  private void crowded(
      Limit limit, List<Target> over, List<TargetRow> before, TargetRule.Bounds bounds) {
    if (!over.isEmpty()
        && !over.equals(TargetRule.decide(before, bounds, turn.now()).overLimit())) {
      announce(
          "a target group may have %d targets: %d more wait"
              .formatted(limit.targets(), over.size()));
    }
    TargetProblems.room(turn, group, limit, over.size());
  }

  /** What the flag allows, within what AWS does. */
  private Limit limit(ControllerSettings controller) {
    int quota = turn.settings().quotas().targetsPerTargetGroup();
    int flag = controller.maxTargetsPerTargetGroup();
    return flag > 0 && flag < quota
        ? new Limit(flag, "maxTargetsPerTargetGroup of the cluster")
        : new Limit(quota, "AWS's quota, targetsPerTargetGroup of the scope");
  }

  private void announce(String sentence) {
    turn.change(group.toString(), new ChangeBody.Announced(sentence));
  }

  private void gates(List<ReadinessGates.Change> changes) {
    changes.forEach(change -> ObjectWrites.condition(turn, group, change));
  }

  private void released(TargetBinding binding) {
    if (TargetLists.goes(turn, binding, cause("its binding is gone"))) {
      return;
    }
    Bindings.gone(turn, group);
    Dirt.stack(turn, group.stack(), "nothing is registered for it any more");
  }

  /**
   * A group that a person made is emptied when its binding goes; one of ours goes with its targets,
   * and serves until then.
   */
  private boolean isUsers() {
    return group.stack().kind() == StackKind.BINDING;
  }

  private List<TargetRow> rows() {
    return turn.scan(Table.TARGETS, group + "|").stream().map(e -> e.row()).toList();
  }

  private List<TargetRow> merged(
      TargetBinding binding, List<TargetRow> before, ClusterSight view, CloudSight cloud) {
    return switch (Targets.of(binding, view, cloud.network(binding.vpcId()))) {
      case TargetsIntent.Unresolved(var reason) -> {
        announce(reason);
        var rows = new TargetTable(binding, view).unresolved(before);
        keep(before, rows);
        yield rows;
      }
      case TargetsIntent.Resolved resolved -> {
        var rows = new TargetTable(binding, view).merge(resolved, before, turn.now());
        keep(before, rows);
        if (Targets.isListed(binding, view)) {
          endpointsKnown();
        }
        TargetProblems.shown(turn, group, resolved.problem());
        yield rows;
      }
    };
  }

  private void endpointsKnown() {
    turn.get(Table.BINDINGS, group.toString())
        .filter(row -> !row.endpointsKnown())
        .ifPresent(row -> {
          turn.put(Table.BINDINGS, group.toString(), row.withEndpointsKnown(true));
          Bindings.shared(turn, group.stack().cluster());
        });
  }

  private void keep(List<TargetRow> before, List<TargetRow> rows) {
    var known = new HashSet<>(before);
    var kept = new HashSet<String>();
    for (var row : rows) {
      kept.add(row.target().toString());
      if (!known.contains(row)) {
        turn.put(Table.TARGETS, TargetRegistrations.key(group, row.target()), row);
      }
    }
    if (!endpoints(before).equals(endpoints(rows)) || !reached(before).equals(reached(rows))) {
      Bindings.shared(turn, group.stack().cluster());
    }
    if (!standings(before).equals(standings(rows))) {
      TargetRegistrations.changed(turn, group);
    }
    for (var row : before) {
      if (!kept.contains(row.target().toString())) {
        turn.delete(Table.TARGETS, TargetRegistrations.key(group, row.target()));
      }
    }
  }

  private static List<Target> endpoints(List<TargetRow> rows) {
    return rows.stream().filter(r -> r.endpoint().isPresent()).map(TargetRow::target).toList();
  }

  private static List<Target> reached(List<TargetRow> rows) {
    return rows.stream().filter(BindingAccess::reaches).map(TargetRow::target).toList();
  }

  private static Map<Target, Standing> standings(List<TargetRow> rows) {
    var standings = new TreeMap<Target, Standing>();
    rows.forEach(r -> r.endpoint().ifPresent(e -> standings.put(r.target(), e.standing())));
    return standings;
  }

  /** The ARN of a bound group, once it is known; none of a group of others (I1). */
  static Optional<String> arn(Turn turn, ResourceKey group) {
    return turn.get(Table.BINDINGS, group.toString())
        .flatMap(row -> row.binding().existingArn())
        .or(() ->
            Strangers.holds(turn, group)
                ? Optional.empty()
                : Knowledge.live(turn, group).map(Live::id));
  }

  /** What nobody tried yet is decided anew; what was tried is answered first. */
  private void command(String arn, BindingRow row, TargetDecision decision) {
    if (Modes.ofTargets(turn, group).isPresent()) {
      Commands.withdraw(turn, registering);
      Commands.withdraw(turn, deregistering);
      return;
    }
    var may = UserGroups.mayRegister(turn, group, row);
    register(arn, may ? decision.register() : List.of());
    deregister(arn, decision);
  }

  /** The lane has nothing to do, whatever it failed in before. */
  private static void nothing(Turn turn, CommandKey lane) {
    Commands.withdraw(turn, lane);
    Retries.over(turn, lane);
  }

  private void register(String arn, List<Target> targets) {
    if (begins(registering)) {
      return;
    }
    if (targets.isEmpty()) {
      nothing(turn, registering);
      return;
    }
    if (busy(registering)) {
      return;
    }
    var cause = cause(targets.size() + " targets can serve and are not registered");
    var operation = new Operation.RegisterTargets(arn, targets);
    Commands.ask(turn, registering, Urgency.REGISTER, cause, "Register", operation);
  }

  private void deregister(String arn, TargetDecision decision) {
    if (begins(deregistering)) {
      return;
    }
    var targets = decision.departures();
    if (targets.isEmpty()) {
      nothing(turn, deregistering);
      return;
    }
    if (busy(deregistering)) {
      return;
    }
    var gone = decision.leaveGone().size();
    var urgency = gone > 0 ? Urgency.DEREGISTER_GONE : Urgency.DEREGISTER;
    var cause = cause(targets.size() + " targets shall leave, " + gone + " of them are gone");
    var operation = new Operation.DeregisterTargets(arn, targets);
    Commands.ask(turn, deregistering, urgency, cause, "Deregister", operation);
  }

  /**
   * Whether the lane's command is so young that an applier may be at it, unannounced: to replace it
   * then would make its answer nobody's, and the registrations unknown. It is looked at again. What
   * the log took together with its cause is decided together.
   */
  private boolean begins(CommandKey lane) {
    var decided = Commands.untried(turn, lane).map(Command::decided);
    if (decided.filter(turn.now()::isAfter).isEmpty()) {
      return false;
    }
    var settled = decided.get().plus(BEGINNING);
    if (!turn.now().isBefore(settled)) {
      return false;
    }
    decideBy(settled);
    return true;
  }

  private void decideBy(Instant due) {
    Timers.setBy(turn, TimerKind.DECIDE, "targets|" + group, due);
  }

  /** A tried command is answered first; a refused one waits for its timer, or for a change. */
  private boolean busy(CommandKey lane) {
    var changed =
        turn.get(Table.BINDINGS, group.toString()).map(BindingRow::seq).orElse(dirty.seq());
    return Commands.awaited(turn, lane) || Backoff.retrying(turn, lane, changed);
  }

  private Cause cause(String sentence) {
    var whole = dirty.sentence() + ": " + sentence;
    return new Cause(dirty.seq(), group.toString(), whole, dirty.otherCode());
  }
}
