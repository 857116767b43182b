package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateCognitoActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateOidcActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Actions as AWS accepts them and as it gives them back: everything it fills in is filled in. */
final class Actions {
  private static final Set<String> ROUTING = Set.of("forward", "redirect", "fixed-response");
  private static final Set<String> AUTHENTICATION =
      Set.of("authenticate-oidc", "authenticate-cognito", "jwt-validation");
  private static final Set<String> CONTENT_TYPES =
      Set.of("text/plain", "text/css", "text/html", "application/javascript", "application/json");
  private static final long LONGEST_SESSION = 604_800;

  private Actions() {}

  /** The actions as they are stored and shown, or the refusal. */
  static List<Action> accepted(
      Turn turn,
      LoadBalancerRow loadBalancer,
      String protocol,
      List<Action> given,
      List<Action> before) {
    if (given.isEmpty()) {
      throw AwsError.invalid("At least one action must be specified");
    }
    var accepted = new ArrayList<Action>();
    for (int i = 0; i < given.size(); i++) {
      var action = given.get(i);
      check(turn, loadBalancer, protocol, action);
      var order = action.order() == null ? i + 1 : action.order();
      accepted.add(normal(action, before).order(order).build());
    }
    checkOrder(accepted);
    Links.check(turn, loadBalancer, accepted);
    Protocols.checkForward(turn, loadBalancer, protocol, accepted);
    return accepted;
  }

  private static void checkOrder(List<Action> actions) {
    var routing = actions.stream().filter(a -> ROUTING.contains(a.typeAsString())).toList();
    if (routing.size() != 1) {
      throw refused("An action list must contain exactly one forward, redirect or fixed-response");
    }
    var highest = actions.stream().mapToInt(Action::order).max().orElseThrow();
    if (routing.getFirst().order() != highest) {
      throw refused("The routing action must have the highest order");
    }
    if (actions.stream().map(Action::order).distinct().count() < actions.size()) {
      throw refused("Each action must have an order of its own");
    }
  }

  private static void check(
      Turn turn, LoadBalancerRow loadBalancer, String protocol, Action action) {
    var type = String.valueOf(action.typeAsString());
    if (!ROUTING.contains(type) && !AUTHENTICATION.contains(type)) {
      throw AwsError.invalid("Action type '" + type + "' is not valid");
    }
    if (AUTHENTICATION.contains(type) && !"HTTPS".equals(protocol)) {
      throw refused("Actions of type '" + type + "' are supported only on HTTPS listeners");
    }
    if (!type.equals("forward") && !loadBalancer.application()) {
      throw refused("Actions of type '" + type + "' are supported only on ALBs");
    }
    switch (type) {
      case "forward" -> checkForward(turn, loadBalancer, action);
      case "redirect" -> checkRedirect(action.redirectConfig());
      case "fixed-response" -> checkFixedResponse(action);
      case "authenticate-oidc" -> checkSession(action.authenticateOidcConfig());
      case "authenticate-cognito" -> checkSession(action.authenticateCognitoConfig());
      default -> requireConfig(action.jwtValidationConfig(), type);
    }
  }

  private static void checkForward(Turn turn, LoadBalancerRow loadBalancer, Action action) {
    var groups = Links.groupsOf(List.of(action));
    if (groups.isEmpty()) {
      throw AwsError.invalid("A target group ARN must be specified");
    }
    var config = action.forwardConfig();
    if (config != null && action.targetGroupArn() != null && groups.size() > 1) {
      throw AwsError.invalid(
          "You can specify a target group ARN beside a forward config only if they agree");
    }
    var limit =
        turn.quota(
            loadBalancer.application()
                ? Quota.TARGET_GROUPS_PER_ALB_ACTION
                : Quota.TARGET_GROUPS_PER_NLB_ACTION);
    if (groups.size() > limit) {
      throw refused("The maximum number of target groups per action is '" + limit + "'");
    }
    if (config == null) {
      return;
    }
    for (var tuple : config.targetGroups()) {
      if (tuple.weight() != null && (tuple.weight() < 0 || tuple.weight() > 999)) {
        throw AwsError.invalid("The weight '" + tuple.weight() + "' must be within [0,999]");
      }
    }
    var sticky = config.targetGroupStickinessConfig();
    if (sticky != null && Boolean.TRUE.equals(sticky.enabled())) {
      var seconds = sticky.durationSeconds();
      if (seconds == null || seconds < 1 || seconds > LONGEST_SESSION) {
        throw AwsError.invalid("The stickiness duration must be within [1,604800]");
      }
    }
  }

  private static void checkRedirect(@Nullable RedirectActionConfig config) {
    if (config == null || config.statusCodeAsString() == null) {
      throw AwsError.invalid("A redirect action must have a config with a status code");
    }
    if (!Set.of("HTTP_301", "HTTP_302").contains(config.statusCodeAsString())) {
      throw AwsError.invalid("Status code '" + config.statusCodeAsString() + "' is not valid");
    }
    var same =
        Set.of("#{protocol}", "null").contains(String.valueOf(config.protocol()))
            && Set.of("#{port}", "null").contains(String.valueOf(config.port()))
            && Set.of("#{host}", "null").contains(String.valueOf(config.host()))
            && Set.of("/#{path}", "null").contains(String.valueOf(config.path()));
    if (same) {
      throw refused("The redirect configuration would cause an infinite loop");
    }
    if (config.path() != null && !config.path().startsWith("/")) {
      throw AwsError.invalid("The path of a redirect must begin with '/'");
    }
  }

  private static void checkFixedResponse(Action action) {
    var config = action.fixedResponseConfig();
    if (config == null || !String.valueOf(config.statusCode()).matches("[245]\\d\\d")) {
      throw AwsError.invalid("A fixed response must have a status code 2XX, 4XX or 5XX");
    }
    if (config.contentType() != null && !CONTENT_TYPES.contains(config.contentType())) {
      throw AwsError.invalid("Content type '" + config.contentType() + "' is not valid");
    }
    if (config.messageBody() != null && config.messageBody().length() > 1024) {
      throw AwsError.invalid("The message body must not be longer than 1024 characters");
    }
  }

  private static void checkSession(@Nullable AuthenticateOidcActionConfig config) {
    requireConfig(config, "authenticate-oidc");
    var timeout = config == null ? null : config.sessionTimeout();
    if (timeout != null && (timeout < 1 || timeout > LONGEST_SESSION)) {
      throw AwsError.invalid("The session timeout must be within [1,604800]");
    }
  }

  private static void checkSession(@Nullable AuthenticateCognitoActionConfig config) {
    requireConfig(config, "authenticate-cognito");
    var timeout = config == null ? null : config.sessionTimeout();
    if (timeout != null && (timeout < 1 || timeout > LONGEST_SESSION)) {
      throw AwsError.invalid("The session timeout must be within [1,604800]");
    }
  }

  private static void requireConfig(@Nullable Object config, String type) {
    if (config == null) {
      throw AwsError.invalid("An action of type '" + type + "' must have a config");
    }
  }

  private static Action.Builder normal(Action action, List<Action> before) {
    var normal = action.toBuilder();
    switch (action.typeAsString()) {
      case "forward" -> forward(normal, action);
      case "redirect" -> normal.redirectConfig(redirect(action.redirectConfig()));
      case "authenticate-oidc" ->
          normal.authenticateOidcConfig(oidc(action.authenticateOidcConfig(), before));
      case "authenticate-cognito" ->
          normal.authenticateCognitoConfig(cognito(action.authenticateCognitoConfig()));
      default -> {
        // Fixed responses and JWT validation come back as they were given.
      }
    }
    return normal;
  }

  private static void forward(Action.Builder normal, Action action) {
    var config = action.forwardConfig();
    var single = action.targetGroupArn();
    List<TargetGroupTuple> tuples =
        config == null || config.targetGroups().isEmpty()
            ? List.of(TargetGroupTuple.builder().targetGroupArn(single).build())
            : config.targetGroups();
    var weighted =
        tuples.stream().map(t -> t.weight() == null ? t.toBuilder().weight(1).build() : t).toList();
    var sticky = config == null ? null : config.targetGroupStickinessConfig();
    normal.forwardConfig(
        ForwardActionConfig.builder()
            .targetGroups(weighted)
            .targetGroupStickinessConfig(
                sticky == null
                    ? TargetGroupStickinessConfig.builder().enabled(false).build()
                    : sticky)
            .build());
    normal.targetGroupArn(weighted.size() == 1 ? weighted.getFirst().targetGroupArn() : null);
  }

  private static RedirectActionConfig redirect(RedirectActionConfig config) {
    return config.toBuilder()
        .protocol(Objects.requireNonNullElse(config.protocol(), "#{protocol}"))
        .port(Objects.requireNonNullElse(config.port(), "#{port}"))
        .host(Objects.requireNonNullElse(config.host(), "#{host}"))
        .path(Objects.requireNonNullElse(config.path(), "/#{path}"))
        .query(Objects.requireNonNullElse(config.query(), "#{query}"))
        .build();
  }

  /** The secret is judged and forgotten: AWS never gives it back. */
  private static AuthenticateOidcActionConfig oidc(
      AuthenticateOidcActionConfig config, List<Action> before) {
    var reuse = Boolean.TRUE.equals(config.useExistingClientSecret());
    var had = before.stream().anyMatch(a -> a.authenticateOidcConfig() != null);
    if (reuse && !had) {
      throw refused("There is no client secret that could be used again");
    }
    if (!reuse && (config.clientSecret() == null || config.clientSecret().isEmpty())) {
      throw AwsError.invalid("A client secret must be specified");
    }
    var normal = config.toBuilder().clientSecret(null).useExistingClientSecret(null);
    normal.sessionCookieName(
        Objects.requireNonNullElse(config.sessionCookieName(), "AWSELBAuthSessionCookie"));
    normal.scope(Objects.requireNonNullElse(config.scope(), "openid"));
    normal.sessionTimeout(Objects.requireNonNullElse(config.sessionTimeout(), LONGEST_SESSION));
    normal.onUnauthenticatedRequest(
        Objects.requireNonNullElse(config.onUnauthenticatedRequestAsString(), "authenticate"));
    return normal.build();
  }

  private static AuthenticateCognitoActionConfig cognito(AuthenticateCognitoActionConfig config) {
    var normal = config.toBuilder();
    normal.sessionCookieName(
        Objects.requireNonNullElse(config.sessionCookieName(), "AWSELBAuthSessionCookie"));
    normal.scope(Objects.requireNonNullElse(config.scope(), "openid"));
    normal.sessionTimeout(Objects.requireNonNullElse(config.sessionTimeout(), LONGEST_SESSION));
    normal.onUnauthenticatedRequest(
        Objects.requireNonNullElse(config.onUnauthenticatedRequestAsString(), "authenticate"));
    return normal.build();
  }

  private static AwsError refused(String message) {
    return AwsError.refused("InvalidLoadBalancerAction", message);
  }
}
