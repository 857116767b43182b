package dev.penstock.streams.decide;

import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.schemas.table.StackRow;
import dev.penstock.schemas.table.StackRow.MemberProblem;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.fold.Claims;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is wrong with the members of a stack: what the plan says, and what AWS or a rule refused.
 */
final class MemberProblems {
  private final Turn turn;
  private final StackId stack;
  private final StackRow before;

  /** What was refused before, by resource. */
  private final Map<ResourceKey, List<MemberProblem>> toldByResource = new HashMap<>();

  MemberProblems(Turn turn, StackId stack, StackRow before) {
    this.turn = turn;
    this.stack = stack;
    this.before = before;
    for (var problem : before.problems()) {
      problem
          .resource()
          .ifPresent(
              key -> toldByResource.computeIfAbsent(key, _ -> new ArrayList<>()).add(problem));
    }
  }

  List<MemberProblem> all(List<MemberProblem> planned) {
    var all = new ArrayList<>(planned);
    for (var entry : turn.scan(Table.DESIRED, stack + "|")) {
      turn.get(Table.VERDICTS, entry.key())
          .filter(v -> !standsStill(v.rule()))
          .ifPresent(v -> {
            if (isRefusal(v.verdict())) {
              refused(entry.row(), entry.key(), v, all);
            } else if (v.verdict() == VerdictKind.IN_FLIGHT && v.failures() > 0) {
              triedAgain(entry.row(), entry.key(), all);
            }
          });
    }
    turn.scan(Table.CLAIMS, Claims.sentPrefix(stack)).forEach(e -> host(e.row(), all));
    return all;
  }

  /** What stands still because somebody said so of the whole is no problem of its members. */
  private static boolean standsStill(Optional<HoldRule> rule) {
    return rule.isPresent()
        && switch (rule.get()) {
          case SHADOW, RELEASED, PAUSE -> true;
          case DNS_POLICY, NAME_TAKEN, REPLACEMENT, PROTECTED, DELETE, INFERRED_DELETE -> false;
        };
  }

  private static boolean isRefusal(VerdictKind kind) {
    return switch (kind) {
      case HELD, FOREIGN, REJECTED -> true;
      case UNDECIDED,
          IN_SYNC,
          CREATE,
          UPDATE,
          REPLACE,
          DELETE,
          BLOCKED,
          IN_FLIGHT,
          WAITING,
          DEFERRED ->
          false;
    };
  }

  /** A host name that its scope does not give to the member. */
  private static void host(ClaimRow claim, List<MemberProblem> all) {
    if (claim.pointing().isEmpty() || standsStill(claim.rule())) {
      return;
    }
    switch (claim.standing()) {
      case REFUSED -> all.add(host(claim, "HostRefused"));
      case HELD -> all.add(host(claim, "HostHeld"));
      case PENDING, LIVE, WITHDRAWN -> {}
    }
  }

  private static MemberProblem host(ClaimRow claim, String reason) {
    var message = "host " + claim.host() + ": " + claim.reason();
    return new MemberProblem(claim.member(), new Problem(reason, message));
  }

  /** What was refused is told once, however often it is tried again. */
  private void triedAgain(DesiredRow row, String key, List<MemberProblem> all) {
    var members = Set.copyOf(row.wantedBy());
    toldByResource.getOrDefault(ResourceKey.parse(key), List.of()).stream()
        .filter(p -> members.contains(p.member()))
        .forEach(all::add);
  }

  private static String what(String key) {
    var what = key.substring(key.lastIndexOf('|', key.lastIndexOf('|') - 1) + 1);
    return what.replace('|', ' ') + ": ";
  }

  private static void refused(
      DesiredRow row, String key, VerdictRow verdict, List<MemberProblem> all) {
    var message = what(key) + verdict.sentence();
    var problem = new Problem("FailedDeployModel", message);
    for (ObjectKey member : row.wantedBy()) {
      all.add(new MemberProblem(member, problem, Optional.of(ResourceKey.parse(key))));
    }
  }

  /** Keeps what was told; what began or ended goes to the change stream. */
  void keep(List<MemberProblem> problems) {
    var now = List.copyOf(problems);
    if (!now.equals(before.problems()) || before.frozen() || !exists()) {
      turn.put(
          Table.STACKS, stack.toString(), new StackRow(stack, false, "", before.successors(), now));
    }
    var told = new HashSet<>(before.problems());
    now.stream().filter(p -> !told.contains(p)).forEach(p -> announce(p, true));
    var still = new HashSet<>(now);
    before.problems().stream().filter(p -> !still.contains(p)).forEach(p -> announce(p, false));
  }

  private boolean exists() {
    return turn.get(Table.STACKS, stack.toString()).isPresent();
  }

  private void announce(MemberProblem problem, boolean present) {
    turn.change(
        problem.member().toString(),
        new ChangeBody.ProblemChanged(
            problem.problem().reason(), problem.problem().message(), present));
  }
}
