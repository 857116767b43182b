package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Where a plain GET ends: name, alias, load balancer, listener, the first rule that matches, its
 * action. The rules are AWS's, read off its state.
 */
final class Traffic {
  /** What answers a request. */
  sealed interface End {}

  /** Nothing listens there. */
  record Refused(String why) implements End {}

  record Fixed(String status) implements End {}

  record Redirected(String protocol, String port) implements End {}

  /** One of the targets of these groups; groups of weight zero get nothing. */
  record Forwarded(Set<String> groups) implements End {}

  private final Estate estate;

  Traffic(Estate estate) {
    this.estate = estate;
  }

  /** The load balancer that a name leads to. */
  Optional<LoadBalancerRow> behind(String host) {
    return alias(host, "A").flatMap(this::named);
  }

  /** The name that the record set of that name and type is an alias of, if it is one. */
  Optional<String> alias(String host, String type) {
    return record(host, type)
        .filter(set -> set.aliasTarget() != null)
        .map(set -> set.aliasTarget().dnsName());
  }

  Optional<ResourceRecordSet> record(String host, String type) {
    var name = dotted(host);
    return estate.records().all().stream()
        .map(RecordRow::model)
        .filter(set -> set.typeAsString().equals(type) && set.name().equals(name))
        .findFirst();
  }

  /** The load balancer of a DNS name, with or without a dot at the end or the dualstack word. */
  Optional<LoadBalancerRow> named(String dnsName) {
    var bare = bare(dnsName);
    return estate.loadBalancers().all().stream()
        .filter(row -> bare(row.model().dnsName()).equals(bare))
        .findFirst();
  }

  static String bare(String dnsName) {
    var lower = dnsName.toLowerCase(Locale.ROOT);
    var undotted = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return undotted.startsWith("dualstack.") ? undotted.substring("dualstack.".length()) : undotted;
  }

  /** As Route 53 writes it. */
  static String dotted(String host) {
    var lower = host.toLowerCase(Locale.ROOT).replace("*", "\\052");
    return lower.endsWith(".") ? lower : lower + ".";
  }

  /** The host name that the record is for, as an Ingress writes it. */
  static String host(ResourceRecordSet record) {
    return record.name().substring(0, record.name().length() - 1).replace("\\052", "*");
  }

  /** Where a request to the load balancer ends. */
  End request(String loadBalancerArn, int port, String host, String path) {
    var listener =
        estate.listeners().in(loadBalancerArn).stream()
            .filter(row -> row.model().port() == port)
            .findFirst();
    if (listener.isEmpty()) {
      return new Refused("nothing listens on port " + port);
    }
    return estate.rules().in(listener.get().arn()).stream()
        .sorted(Comparator.comparingInt(RuleRow::order))
        .filter(rule -> rule.model().isDefault() || matches(rule, host, path))
        .findFirst()
        .map(rule ->
            rule.model().isDefault()
                ? listener.get().model().defaultActions()
                : rule.model().actions())
        .map(Traffic::end)
        .orElseGet(() -> end(listener.get().model().defaultActions()));
  }

  static boolean matches(RuleRow rule, String host, String path) {
    return rule.model().conditions().stream().allMatch(c -> matches(c, host, path));
  }

  private static boolean matches(RuleCondition condition, String host, String path) {
    return switch (condition.field()) {
      case "host-header" -> {
        var given = condition.hostHeaderConfig();
        yield given != null
            && (any(given.values(), host.toLowerCase(Locale.ROOT))
                || anyRegex(given.regexValues(), host));
      }
      case "path-pattern" -> {
        var given = condition.pathPatternConfig();
        yield given != null && (any(given.values(), path) || anyRegex(given.regexValues(), path));
      }
      case "http-request-method" ->
          condition.httpRequestMethodConfig() != null
              && condition.httpRequestMethodConfig().values().contains("GET");
      default -> false;
    };
  }

  private static boolean any(List<String> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, text));
  }

  private static boolean anyRegex(List<String> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> Pattern.compile(pattern).matcher(text).find());
  }

  /** Whether a pattern of {@code *} and {@code ?} matches all of the text. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** What the last of the actions does; those before it authenticate. */
  static End end(List<Action> actions) {
    var last =
        actions.stream()
            .filter(a -> !a.typeAsString().startsWith("authenticate"))
            .reduce((_, b) -> b);
    if (last.isEmpty()) {
      return new Refused("there is no action");
    }
    var action = last.get();
    return switch (action.type()) {
      case FORWARD -> new Forwarded(groups(action));
      case REDIRECT ->
          new Redirected(action.redirectConfig().protocol(), action.redirectConfig().port());
      case FIXED_RESPONSE -> new Fixed(action.fixedResponseConfig().statusCode());
      default -> new Refused("the action is " + action.typeAsString());
    };
  }

  static Set<String> groups(Action action) {
    var groups = new TreeSet<String>();
    if (action.forwardConfig() != null && action.forwardConfig().hasTargetGroups()) {
      action.forwardConfig().targetGroups().stream()
          .filter(group -> group.weight() == null || group.weight() > 0)
          .forEach(group -> groups.add(group.targetGroupArn()));
    } else if (action.targetGroupArn() != null) {
      groups.add(action.targetGroupArn());
    }
    return groups;
  }
}
