package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.RuleOrder.Placed;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.RuleCondition;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out rules that cannot do any good (LBC 4.8): redirects that lead to themselves, and rules
 * behind a redirect that catches all of theirs.
 */
final class RuleOptimizer {
  private final int port;
  private final String protocol;

  RuleOptimizer(int port, String protocol) {
    this.port = port;
    this.protocol = protocol;
  }

  List<RuleCandidate> withoutLoops(List<RuleCandidate> rules) {
    return rules.stream().filter(rule -> !loops(rule)).toList();
  }

  /**
   * @param rules in the order in which they match
   */
  List<Placed> withoutCaught(List<Placed> rules) {
    var kept = new ArrayList<Placed>();
    var redirects = new RuleIndex();
    for (Placed rule : rules) {
      var conditions = rule.candidate().conditions();
      boolean caught =
          redirects
              .near(conditions)
              .anyMatch(n -> catches(kept.get(n).candidate().conditions(), conditions));
      if (!caught) {
        if (rule.candidate().redirect().isPresent()) {
          redirects.add(kept.size(), conditions);
        }
        kept.add(rule);
      }
    }
    return kept;
  }

  private boolean loops(RuleCandidate rule) {
    return !hasRegexPaths(rule.conditions())
        && rule.redirect().map(redirect -> loops(redirect, rule.conditions())).orElse(false);
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
    return covers(hosts(earlier), hosts(later), false)
        && covers(paths(earlier, true), paths(later, true), paths(earlier, true).contains("/*"));
  }

  /** No values on the left mean every value; no values on the right are caught by nothing less. */
  private static boolean covers(List<String> wide, List<String> narrow, boolean all) {
    return wide.isEmpty() || all || !narrow.isEmpty() && wide.containsAll(narrow);
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
