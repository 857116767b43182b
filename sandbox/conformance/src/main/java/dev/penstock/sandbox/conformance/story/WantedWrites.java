package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How often each write may be made in a step: as often as LBC makes it, and where that is not
 * enough, as rules of {@code plan/DIVERGENCES.md} need. A step in which nobody changes anything
 * takes none.
 */
final class WantedWrites {
  /** A rule is its conditions: with others it is another one, made before the former goes. */
  static final String RULE_IDENTITY = "rule-identity";

  private static final Set<String> PARTS_OF_A_LOAD_BALANCER =
      Set.of(
          "CreateListener",
          "CreateRule",
          "CreateTargetGroup",
          "DeleteTargetGroup",
          "RegisterTargets",
          "DeregisterTargets",
          "create TargetGroupBinding",
          "delete TargetGroupBinding",
          "patch Ingress");
  private static final List<String> RULE_WRITES =
      List.of("CreateRule", "ModifyRule", "DeleteRule", "SetRulePriorities");
  private static final Map<String, String> INVERSE =
      Map.of(
          "Create", "Delete",
          "Add", "Remove",
          "Authorize", "Revoke",
          "Register", "Deregister",
          "create", "delete");

  private final JsonNode given;
  private final JsonNode steps;
  private final Map<Integer, StoryWrites> made = new HashMap<>();
  private final TreeSet<String> divergences = new TreeSet<>();

  /**
   * What is known of a step beside its writes.
   *
   * @param rules what excused a difference after it
   * @param replaced whether a load balancer took the place of another
   * @param things how many load balancers, listeners, rules and target groups LBC has then
   */
  record Known(Set<String> rules, boolean replaced, int things) {}

  /** Writes beyond LBC's that a rule needs. */
  private record Need(String rule, int times) {}

  WantedWrites(JsonNode content) {
    this.given = content.path("steps");
    this.steps = content.path("expect").path("steps");
  }

  /** The rules that needed more writes than LBC makes. */
  Set<String> divergences() {
    return divergences;
  }

  /**
   * The first operation that was called too often in the step, which follows those asked before.
   */
  Optional<String> difference(int n, StoryWrites got, Known known) {
    made.put(n, got);
    if (Unfinished.is(steps.path(n)) && !isFinishedLater(n)) {
      return Optional.empty();
    }
    var theirs = StoryWrites.of(steps.path(n));
    for (var operation : got.counts().keySet()) {
      int left = got.of(operation) - (isUnchanged(n) ? 0 : theirs.of(operation));
      for (var need : needs(n, operation, theirs, known).toList()) {
        if (left > 0 && need.times() > 0) {
          left -= need.times();
          divergences.add(need.rule());
        }
      }
      if (left > 0) {
        return Optional.of(
            "writes/" + operation + ": " + left + " too many of " + got.of(operation));
      }
    }
    return Optional.empty();
  }

  private Stream<Need> needs(int n, String operation, StoryWrites theirs, Known known) {
    var again = new Need(WantedStory.TRIED_AGAIN, triedAgain(n, operation));
    if (isUnchanged(n)) {
      return Stream.of(again, ruled(Excuses.FOREIGN_NAME, operation, known));
    }
    return Stream.concat(
        Stream.of(
            again,
            new Need(RULE_IDENTITY, identity(operation, theirs)),
            new Need(Excuses.STABLE_PRIORITIES, renumbering(n, operation, theirs)),
            new Need(Excuses.MAKE_BEFORE_BREAK, replacement(operation, theirs, known))),
        Stream.of(
                Excuses.UNSET,
                Excuses.EQUAL_CHECKPOINT,
                Excuses.IDENTITY_TAGS,
                WantedStory.CLUSTER_RENAMED,
                Excuses.FOREIGN_NAME)
            .map(rule -> ruled(rule, operation, known)));
  }

  /** What a rule needs that excused a difference: once for each thing. */
  private static Need ruled(String rule, String operation, Known known) {
    boolean needed =
        switch (rule) {
          case Excuses.UNSET -> operation.startsWith("Modify");
          case Excuses.EQUAL_CHECKPOINT -> operation.equals("RegisterTargets");
          case Excuses.IDENTITY_TAGS -> operation.equals("AddTags");
          case WantedStory.CLUSTER_RENAMED ->
              operation.equals("AddTags") || operation.equals("CreateTags");
          // Asked for again and again, answered each time with what somebody else made.
          case Excuses.FOREIGN_NAME -> operation.equals("CreateLoadBalancer");
          default -> false;
        };
    int times = rule.equals(Excuses.FOREIGN_NAME) ? Integer.MAX_VALUE : known.things();
    return new Need(rule, needed && known.rules().contains(rule) ? times : 0);
  }

  /**
   * A load balancer's parts are made anew beside the old ones; an old binding follows meanwhile.
   */
  private static int replacement(String operation, StoryWrites theirs, Known known) {
    return operation.equals("patch TargetGroupBinding")
        ? theirs.of("delete TargetGroupBinding")
        : known.replaced() && PARTS_OF_A_LOAD_BALANCER.contains(operation) ? known.things() : 0;
  }

  private static int identity(String operation, StoryWrites theirs) {
    return switch (operation) {
      case "CreateRule", "DeleteRule" -> theirs.of("ModifyRule");
      default -> 0;
    };
  }

  /** One call where LBC writes rules, and the tag of each rule that moved: it is its number. */
  private int renumbering(int n, String operation, StoryWrites theirs) {
    return switch (operation) {
      case "SetRulePriorities" -> RULE_WRITES.stream().mapToInt(theirs::of).sum();
      case "AddTags" -> made.getOrDefault(n, theirs).movedRules();
      default -> 0;
    };
  }

  /** What LBC does by its next good run, and what undoes or repeats what was done meanwhile. */
  private int triedAgain(int n, String operation) {
    int times = 0;
    for (int m = n; Unfinished.is(steps.path(m)) && m + 1 < steps.size(); m++) {
      times += StoryWrites.of(steps.path(m + 1)).of(operation);
    }
    for (int m = n - 1; m >= 0 && Unfinished.is(steps.path(m)); m--) {
      for (var before : made.getOrDefault(m, StoryWrites.of(steps.path(m))).counts().entrySet()) {
        if (before.getKey().equals(operation) || inverse(before.getKey()).equals(operation)) {
          times += before.getValue();
        }
      }
    }
    return times;
  }

  private static String inverse(String operation) {
    for (var words : INVERSE.entrySet()) {
      if (operation.startsWith(words.getKey())) {
        return words.getValue() + operation.substring(words.getKey().length());
      }
      if (operation.startsWith(words.getValue())) {
        return words.getKey() + operation.substring(words.getValue().length());
      }
    }
    return operation;
  }

  /** Whether LBC's next good run is for what users want now. */
  private boolean isFinishedLater(int n) {
    int m = n + 1;
    while (m < steps.size() && isSame(m) && Unfinished.is(steps.path(m))) {
      m++;
    }
    return m < steps.size() && isSame(m);
  }

  private boolean isSame(int n) {
    return Nodes.text(given.path(n), "objects").equals("unchanged");
  }

  private boolean isUnchanged(int n) {
    var step = given.path(n);
    return n > 0
        && !Unfinished.is(steps.path(n - 1))
        && isSame(n)
        && Stream.of("external", "config", "failures").noneMatch(step::has);
  }
}
