package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.TargetProbe.Reply;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/**
 * What an application load balancer that is a target itself answers to a health check: its rules
 * decide, of which only those match that ask for nothing but the path.
 */
final class LoadBalancerReply {
  private final Turn turn;

  LoadBalancerReply(Turn turn) {
    this.turn = turn;
  }

  Reply of(LoadBalancerRow balancer, int port, String path) {
    if (LoadBalancers.state(turn, balancer) != LoadBalancerStateEnum.ACTIVE) {
      return new Reply.TimedOut();
    }
    Optional<ListenerRow> listener =
        turn.region().listeners.in(balancer.arn()).stream()
            .filter(row -> Integer.valueOf(port).equals(row.model().port()))
            .findFirst();
    return listener
        .<Reply>map(row -> new Reply.Http(status(actions(row, path))))
        .orElseGet(Reply.ConnectionRefused::new);
  }

  private List<Action> actions(ListenerRow listener, String path) {
    return turn.region().rules.in(listener.arn()).stream()
        .map(row -> row.model())
        .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()))
        .filter(rule -> rule.conditions().stream().allMatch(c -> matches(c, path)))
        .min(Comparator.comparingInt((Rule rule) -> Integer.parseInt(rule.priority())))
        .map(Rule::actions)
        .orElse(listener.model().defaultActions());
  }

  private static boolean matches(RuleCondition condition, String path) {
    return "path-pattern".equals(condition.field())
        && condition.pathPatternConfig() != null
        && condition.pathPatternConfig().values().stream().anyMatch(p -> matches(p, path));
  }

  private static boolean matches(String pattern, String path) {
    var expression =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return path.matches(expression);
  }

  private int status(List<Action> actions) {
    var last = actions.getLast();
    return switch (last.type()) {
      case FIXED_RESPONSE -> Integer.parseInt(last.fixedResponseConfig().statusCode());
      case REDIRECT ->
          Integer.parseInt(last.redirectConfig().statusCodeAsString().replace("HTTP_", ""));
      case FORWARD -> anyHealthy(last) ? 200 : 503;
      case AUTHENTICATE_OIDC, AUTHENTICATE_COGNITO -> 302;
      case JWT_VALIDATION, UNKNOWN_TO_SDK_VERSION -> 401;
    };
  }

  private boolean anyHealthy(Action forward) {
    return Links.groupsOf(List.of(forward)).stream()
        .flatMap(group -> turn.region().targets.in(group).stream())
        .anyMatch(target -> target.fold().state().equals("healthy"));
  }
}
