package dev.penstock.streams.decide;

import dev.penstock.plan.binding.UserBinding;
import dev.penstock.plan.binding.UserBindings;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.BindingRow.Departure;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.StackRow.MemberProblem;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.fold.Retries;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the object of a person's TargetGroupBinding needs written: the finalizer while something of
 * ours may be registered, and an Event for what is wrong with it, once.
 */
final class UserGroupWrites {
  private final Turn turn;
  private final StackId stack;
  private final ResourceKey group;
  private final ObjectKey object;
  private final Optional<BindingRow> binding;

  private UserGroupWrites(Turn turn, StackId stack) {
    this.turn = turn;
    this.stack = stack;
    this.object = UserGroups.object(stack);
    this.group = UserGroups.group(object);
    this.binding = turn.get(Table.BINDINGS, group.toString());
  }

  static void plan(Turn turn, StackId stack, Cause cause) {
    new UserGroupWrites(turn, stack).plan(cause);
  }

  private void plan(Cause cause) {
    if (binding.filter(row -> row.departure() != Departure.NONE).isPresent()) {
      Dirt.targets(turn, group, "its binding goes");
    } else {
      Releases.over(turn, stack);
    }
    var found = turn.get(Table.OBJECTS, object.toString());
    if (found.isEmpty()) {
      if (binding.isEmpty()) {
        forget();
      }
      return;
    }
    UserGroups.again(turn, group);
    if (Modes.ofMembers(turn, stack).isPresent()) {
      return;
    }
    var metadata = found.get().object().metadata();
    var problems =
        found.get().object() instanceof TargetGroupBinding shown && UserBindings.isUserMade(shown)
            ? problems(shown)
            : List.<MemberProblem>of();
    var before = Stacks.row(turn, stack);
    var writes = new ArrayList<>(finalizer(metadata));
    for (var news : problems) {
      if (!before.problems().contains(news)) {
        var problem = news.problem();
        writes.add(new KubernetesWrite.RecordEvent("Warning", problem.reason(), problem.message()));
      }
    }
    var subject = new ObjectWrites.Subject(object, metadata.uid());
    var reached = ObjectWrites.ask(turn, subject, _ -> true, writes, cause);
    if (reached && !problems.equals(before.problems())) {
      new MemberProblems(turn, stack, before).keep(problems);
    }
  }

  private void forget() {
    turn.delete(Table.STACKS, stack.toString());
    turn.delete(Table.OBSERVED, group.toString());
    Timers.cancel(turn, TimerKind.OBSERVE, group.toString());
    Timers.cancel(turn, TimerKind.DECIDE, "stack|" + stack);
    for (var lane : Lane.values()) {
      var key = new CommandKey(group, lane);
      turn.delete(Table.VERDICTS, Retries.verdictKey(key));
      Timers.cancel(turn, TimerKind.RETRY, key.toString());
    }
  }

  private List<KubernetesWrite> finalizer(Metadata metadata) {
    var has = metadata.finalizers().contains(UserGroups.FINALIZER);
    var serves = binding.filter(row -> row.departure() == Departure.NONE).isPresent();
    if (serves && !has && metadata.deleted().isEmpty()) {
      return List.of(new KubernetesWrite.AddFinalizer(UserGroups.FINALIZER));
    }
    return binding.isEmpty() && has && metadata.deleted().isPresent()
        ? List.of(new KubernetesWrite.RemoveFinalizer(UserGroups.FINALIZER))
        : List.of();
  }

  private List<MemberProblem> problems(TargetGroupBinding shown) {
    var problems = new ArrayList<MemberProblem>();
    if (shown.metadata().deleted().isEmpty()) {
      turn.get(Table.CLUSTERS, stack.cluster())
          .map(row -> UserGroups.reading(turn, row.registration(), shown, group))
          .ifPresent(reading -> {
            if (reading instanceof UserBinding.Refused(var problem)) {
              problems.add(new MemberProblem(object, problem));
            }
          });
    }
    binding
        .filter(row -> row.departure() == Departure.NONE)
        .ifPresent(row ->
            row.problems().forEach(problem -> problems.add(new MemberProblem(object, problem))));
    Releases.hold(turn, group)
        .filter(hold -> !hold.approved())
        .map(HoldRow::sentence)
        .ifPresent(words -> problems.add(problem("Held", words)));
    for (var lane : List.of(Lane.REGISTER, Lane.DEREGISTER)) {
      turn.get(Table.VERDICTS, Retries.verdictKey(new CommandKey(group, lane)))
          .filter(row -> row.failures() > 0 && row.verdict() == VerdictKind.REJECTED)
          .ifPresent(row -> problems.add(problem(UserBindings.REFUSED, row.sentence())));
    }
    return List.copyOf(problems);
  }

  private MemberProblem problem(String reason, String words) {
    return new MemberProblem(object, new Problem(reason, words));
  }
}
