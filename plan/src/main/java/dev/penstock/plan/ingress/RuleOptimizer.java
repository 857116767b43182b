package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.RuleCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Leaves out rules that cannot do any good (LBC 4.8): redirects that lead to themselves, and rules
 * behind a redirect that catches all of theirs. {@code T} is the caller's rule.
 */
final class RuleOptimizer<T> {
  /** How to look into a caller's rule. */
  interface View<T> {
    List<RuleCondition> conditions(T rule);

    List<Action> actions(T rule);
  }

  private final View<T> view;
  private final int port;
  private final String protocol;

  RuleOptimizer(View<T> view, int port, String protocol) {
    this.view = view;
    this.port = port;
    this.protocol = protocol;
  }

  List<T> optimize(List<T> rules) {
    var kept = new ArrayList<T>();
    var redirects = new ArrayList<T>();
    for (T rule : rules) {
      var conditions = view.conditions(rule);
      boolean caught = redirects.stream().anyMatch(r -> catches(view.conditions(r), conditions));
      if (!loops(rule) && !caught) {
        kept.add(rule);
        if (redirect(rule).isPresent()) {
          redirects.add(rule);
        }
      }
    }
    return kept;
  }

  private boolean loops(T rule) {
    var conditions = view.conditions(rule);
    return !hasRegexPaths(conditions)
        && redirect(rule).map(redirect -> loops(redirect, conditions)).orElse(false);
  }

  private boolean loops(Action.Redirect redirect, List<RuleCondition> conditions) {
    return keeps(redirect.host(), "#{host}", hosts(conditions))
        && keeps(redirect.path(), "/#{path}", paths(conditions, false))
        && keeps(redirect.port(), "#{port}", List.of(Integer.toString(port)))
        && keeps(redirect.protocol(), "#{protocol}", List.of(protocol))
        && keeps(redirect.query(), "#{query}", List.of());
  }

  private static boolean hasRegexPaths(List<RuleCondition> conditions) {
    return conditions.stream()
        .anyMatch(
            c -> c instanceof RuleCondition.PathPattern(_, var regexes) && !regexes.isEmpty());
  }

  /** An unset part, its placeholder, or a value that the request has anyway. */
  private static boolean keeps(String part, String placeholder, List<String> same) {
    return part.isEmpty() || part.equals(placeholder) || same.contains(part);
  }

  private static boolean catches(List<RuleCondition> earlier, List<RuleCondition> later) {
    boolean plain =
        earlier.stream()
            .allMatch(c ->
                c instanceof RuleCondition.HostHeader || c instanceof RuleCondition.PathPattern);
    return plain
        && covers(hosts(earlier), hosts(later), false)
        && covers(paths(earlier, true), paths(later, true), paths(earlier, true).contains("/*"));
  }

  /** No values on the left mean every value; no values on the right are caught by nothing less. */
  private static boolean covers(List<String> wide, List<String> narrow, boolean all) {
    return wide.isEmpty() || all || !narrow.isEmpty() && wide.containsAll(narrow);
  }

  private Optional<Action.Redirect> redirect(T rule) {
    for (Action action : view.actions(rule)) {
      if (action instanceof Action.Redirect redirect) {
        return Optional.of(redirect);
      }
    }
    return Optional.empty();
  }

  private static List<String> hosts(List<RuleCondition> conditions) {
    var hosts = new ArrayList<String>();
    for (RuleCondition condition : conditions) {
      if (condition instanceof RuleCondition.HostHeader(var values, var regexes)) {
        hosts.addAll(values);
        hosts.addAll(regexes);
      }
    }
    return hosts;
  }

  private static List<String> paths(List<RuleCondition> conditions, boolean withRegexes) {
    var paths = new ArrayList<String>();
    for (RuleCondition condition : conditions) {
      if (condition instanceof RuleCondition.PathPattern(var values, var regexes)) {
        paths.addAll(values);
        if (withRegexes) {
          paths.addAll(regexes);
        }
      }
    }
    return paths;
  }
}
