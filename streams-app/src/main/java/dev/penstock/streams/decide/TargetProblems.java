package dev.penstock.streams.decide;

import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.StackRow.MemberProblem;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is wrong with the targets of a group, kept in its binding's row until it is over. The stack
 * of the group tells it, once.
 */
final class TargetProblems {
  private static final String TOO_MANY = "TooManyTargets";

  /**
   * How many targets the group may have; 0 means no limit.
   *
   * @param source who says so
   */
  record Limit(int targets, String source) {}

  private TargetProblems() {}

  /** What is wrong with what the cluster shows for the group. */
  static void shown(Turn turn, ResourceKey group, Optional<Problem> problem) {
    replace(turn, group, p -> !p.reason().equals(TOO_MANY), problem);
  }

  /** How many targets the limit keeps out. What is told stays the same while that number moves. */
  static void room(Turn turn, ResourceKey group, Limit limit, int waiting) {
    var words =
        "target group %s may have %d targets (%s): "
            .formatted(group.id(), limit.targets(), limit.source());
    var told =
        of(turn, group).stream().filter(problem -> problem.message().startsWith(words)).findFirst();
    Optional<Problem> problem =
        waiting == 0
            ? Optional.empty()
            : told.or(() ->
                Optional.of(
                    new Problem(TOO_MANY, words + waiting + " more wait until others leave")));
    replace(turn, group, p -> p.reason().equals(TOO_MANY), problem);
  }

  /** All that the owner of the group's binding is told. */
  static List<Problem> of(Turn turn, ResourceKey group) {
    return turn.get(Table.BINDINGS, group.toString()).map(BindingRow::problems).orElse(List.of());
  }

  /** What the members of a stack are told: what is wrong with their Services their plan says. */
  static List<MemberProblem> ofMembers(Turn turn, StackId stack) {
    var all = new ArrayList<MemberProblem>();
    for (var entry : turn.scan(Table.BINDINGS, stack + "|")) {
      var members =
          turn.get(Table.DESIRED, entry.key())
              .filter(DesiredRow::wanted)
              .map(DesiredRow::wantedBy)
              .orElse(List.of());
      entry.row().problems().stream()
          .filter(problem -> problem.reason().equals(TOO_MANY))
          .forEach(
              problem -> members.forEach(member -> all.add(new MemberProblem(member, problem))));
    }
    return all;
  }

  private static void replace(
      Turn turn, ResourceKey group, Predicate<Problem> which, Optional<Problem> problem) {
    turn.get(Table.BINDINGS, group.toString())
        .ifPresent(row -> {
          var kept = row.problems().stream().filter(which.negate());
          var all =
              Stream.concat(kept, problem.stream())
                  .sorted(Comparator.comparing(Problem::reason))
                  .toList();
          if (!all.equals(row.problems())) {
            turn.put(Table.BINDINGS, group.toString(), row.withProblems(all));
            Dirt.stack(turn, group.stack(), "what is wrong with targets of " + group.id());
          }
        });
  }
}
