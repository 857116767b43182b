package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.Stickiness;
import dev.penstock.schemas.aws.Action.WeightedTargetGroup;
import dev.penstock.schemas.aws.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * Actions of listeners and rules. Normal form of what AWS answers: a single target group has no
 * weight, target groups are in the order of their ARNs, stickiness is absent unless enabled,
 * redirect parts that were not given are AWS's own placeholders.
 */
public final class Actions {
  private Actions() {}

  /** As {@link #write(List, Function)}, with the client secrets that AWS has. */
  public static List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> write(
      List<Action> actions) {
    return write(actions, _ -> Optional.empty());
  }

  /**
   * Numbered in the order in which AWS shall run them.
   *
   * @param secrets the client secret of an action; empty is the one that AWS has
   */
  public static List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> write(
      List<Action> actions, Function<Action.AuthenticateOidc, Optional<String>> secrets) {
    var written =
        new ArrayList<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action>();
    for (var i = 0; i < actions.size(); i++) {
      written.add(write(actions.get(i), secrets).toBuilder().order(i + 1).build());
    }
    return written;
  }

  static List<Action> read(
      Collection<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> actions) {
    return actions.stream()
        .sorted(Comparator.comparing(a -> a.order() == null ? 0 : a.order()))
        .map(Actions::read)
        .toList();
  }

  /** The normal form of desired actions, to be compared with what AWS answers. */
  public static List<Action> normal(List<Action> actions) {
    return actions.stream().map(Actions::normal).toList();
  }

  private static Action normal(Action action) {
    return switch (action) {
      case Action.Forward(var groups, var stickiness) -> forward(groups, stickiness);
      case Action.Redirect(var protocol, var host, var port, var path, var query, var code) ->
          redirect(protocol, host, port, path, query, code);
      case Action.AuthenticateOidc oidc ->
          new Action.AuthenticateOidc(
              oidc.issuer(),
              oidc.authorizationEndpoint(),
              oidc.tokenEndpoint(),
              oidc.userInfoEndpoint(),
              oidc.clientId(),
              "",
              "",
              oidc.session());
      case Action.FixedResponse fixed -> fixed;
      case Action.AuthenticateCognito cognito -> cognito;
      case Action.JwtValidation jwt -> jwt;
    };
  }

  private static Action.Redirect redirect(
      String protocol, String host, String port, String path, String query, String code) {
    return new Action.Redirect(
        Text.optional(protocol).orElse("#{protocol}"),
        Text.optional(host).orElse("#{host}"),
        Text.optional(port).orElse("#{port}"),
        Text.optional(path).orElse("/#{path}"),
        Text.optional(query).orElse("#{query}"),
        code);
  }

  private static Action.Forward forward(
      List<WeightedTargetGroup> groups, Optional<Stickiness> stickiness) {
    var normal =
        groups.size() == 1
            ? List.of(new WeightedTargetGroup(groups.getFirst().targetGroup(), Optional.empty()))
            : groups.stream()
                .map(g ->
                    new WeightedTargetGroup(g.targetGroup(), Optional.of(g.weight().orElse(1))))
                .sorted(Comparator.comparing(g -> g.targetGroup().toString()))
                .toList();
    return new Action.Forward(normal, stickiness.filter(Stickiness::enabled));
  }

  private static software.amazon.awssdk.services.elasticloadbalancingv2.model.Action write(
      Action action, Function<Action.AuthenticateOidc, Optional<String>> secrets) {
    var written = software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder();
    return switch (action) {
      case Action.Forward forward -> written.type("forward").forwardConfig(config(forward)).build();
      case Action.Redirect(var protocol, var host, var port, var path, var query, var code) ->
          written
              .type("redirect")
              .redirectConfig(
                  RedirectActionConfig.builder()
                      .protocol(Text.optional(protocol).orElse(null))
                      .host(Text.optional(host).orElse(null))
                      .port(Text.optional(port).orElse(null))
                      .path(Text.optional(path).orElse(null))
                      .query(Text.optional(query).orElse(null))
                      .statusCode(code)
                      .build())
              .build();
      case Action.FixedResponse(var code, var type, var body) ->
          written
              .type("fixed-response")
              .fixedResponseConfig(
                  FixedResponseActionConfig.builder()
                      .statusCode(code)
                      .contentType(Text.optional(type).orElse(null))
                      .messageBody(Text.optional(body).orElse(null))
                      .build())
              .build();
      case Action.AuthenticateOidc oidc -> Authentication.write(oidc, secrets.apply(oidc));
      case Action.AuthenticateCognito cognito -> Authentication.write(cognito);
      case Action.JwtValidation jwt -> Authentication.write(jwt);
    };
  }

  private static ForwardActionConfig config(Action.Forward forward) {
    var config =
        ForwardActionConfig.builder()
            .targetGroups(
                forward.targetGroups().stream()
                    .map(group ->
                        TargetGroupTuple.builder()
                            .targetGroupArn(Links.id(group.targetGroup()))
                            .weight(group.weight().orElse(null))
                            .build())
                    .toList());
    forward
        .stickiness()
        .ifPresent(s ->
            config.targetGroupStickinessConfig(
                TargetGroupStickinessConfig.builder()
                    .enabled(s.enabled())
                    .durationSeconds(s.durationSeconds().orElse(null))
                    .build()));
    return config.build();
  }

  private static Action read(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Action action) {
    var type = Text.of(action.typeAsString());
    return switch (type) {
      case "forward" -> readForward(action);
      case "redirect" -> {
        var redirect = action.redirectConfig();
        yield redirect(
            Text.of(redirect.protocol()),
            Text.of(redirect.host()),
            Text.of(redirect.port()),
            Text.of(redirect.path()),
            Text.of(redirect.query()),
            Text.of(redirect.statusCodeAsString()));
      }
      case "fixed-response" -> {
        var fixed = action.fixedResponseConfig();
        yield new Action.FixedResponse(
            Text.of(fixed.statusCode()),
            Text.of(fixed.contentType()),
            Text.of(fixed.messageBody()));
      }
      case "authenticate-oidc" -> Authentication.readOidc(action.authenticateOidcConfig());
      case "authenticate-cognito" -> Authentication.readCognito(action.authenticateCognitoConfig());
      case "jwt-validation" -> Authentication.readJwt(action.jwtValidationConfig());
      default -> throw new IllegalStateException("AWS answers an action of type " + type);
    };
  }

  private static Action.Forward readForward(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Action action) {
    var config = action.forwardConfig();
    if (config == null || config.targetGroups().isEmpty()) {
      var single = new Link.Known(action.targetGroupArn());
      return new Action.Forward(
          List.of(new WeightedTargetGroup(single, Optional.empty())), Optional.empty());
    }
    var groups =
        config.targetGroups().stream()
            .map(group ->
                new WeightedTargetGroup(
                    new Link.Known(group.targetGroupArn()), Optional.ofNullable(group.weight())))
            .toList();
    var sticky = config.targetGroupStickinessConfig();
    return forward(
        groups,
        sticky == null
            ? Optional.empty()
            : Optional.of(
                new Stickiness(
                    Boolean.TRUE.equals(sticky.enabled()),
                    Optional.ofNullable(sticky.durationSeconds()))));
  }
}
