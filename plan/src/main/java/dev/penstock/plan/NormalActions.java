package dev.penstock.plan;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.AuthenticationSession;
import dev.penstock.schemas.aws.Action.Stickiness;
import dev.penstock.schemas.aws.Action.WeightedTargetGroup;
import dev.penstock.schemas.aws.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Actions as AWS answers them: weights, stickiness and redirect placeholders filled in, the OIDC
 * secret left out (AWS API: CreateRule). A secret differs only if our log wrote another version.
 */
public final class NormalActions {
  private NormalActions() {}

  /** Whether AWS would answer the same for both. */
  public static boolean same(List<Action> one, List<Action> other) {
    return normal(one).equals(normal(other));
  }

  static boolean differ(List<Action> want, List<Action> have, List<String> memory) {
    var there = Written.holdsStickiness(memory) ? have : withoutStrange(want, have);
    return !same(want, there) || want.stream().anyMatch(a -> newSecret(a, memory));
  }

  /** Stickiness that others gave to a forward for which nobody wants any stays (unset). */
  private static List<Action> withoutStrange(List<Action> want, List<Action> have) {
    var there = new ArrayList<>(have);
    for (int n = 0; n < Math.min(want.size(), have.size()); n++) {
      if (want.get(n) instanceof Action.Forward wanted
          && have.get(n) instanceof Action.Forward found
          && !isSticky(wanted)) {
        there.set(n, new Action.Forward(found.targetGroups(), Optional.empty()));
      }
    }
    return there;
  }

  static boolean isSticky(Action action) {
    return action instanceof Action.Forward forward
        && forward.stickiness().filter(Stickiness::enabled).isPresent();
  }

  private static boolean newSecret(Action action, List<String> memory) {
    return action instanceof Action.AuthenticateOidc oidc
        && Written.holdsOtherSecret(memory, oidc.secretName(), oidc.secretVersion());
  }

  private static List<Action> normal(List<Action> actions) {
    return actions.stream().map(NormalActions::normal).toList();
  }

  private static Action normal(Action action) {
    return switch (action) {
      case Action.Forward(var groups, var stickiness) ->
          new Action.Forward(weighted(groups), stickiness.filter(Stickiness::enabled));
      case Action.Redirect(var protocol, var host, var port, var path, var query, var code) ->
          new Action.Redirect(
              filled(protocol, "#{protocol}"),
              filled(host, "#{host}"),
              filled(port, "#{port}"),
              filled(path, "/#{path}"),
              filled(query, "#{query}"),
              code);
      case Action.FixedResponse fixed -> fixed;
      case Action.AuthenticateOidc oidc ->
          new Action.AuthenticateOidc(
              oidc.issuer(),
              oidc.authorizationEndpoint(),
              oidc.tokenEndpoint(),
              oidc.userInfoEndpoint(),
              oidc.clientId(),
              "",
              "",
              session(oidc.session()));
      case Action.AuthenticateCognito(var pool, var client, var domain, var session) ->
          new Action.AuthenticateCognito(pool, client, domain, session(session));
      case Action.JwtValidation jwt -> jwt;
    };
  }

  private static final Comparator<WeightedTargetGroup> BY_GROUP =
      Comparator.comparing(group -> Order.id(group.targetGroup()));

  /** The weight of a single target group means nothing. */
  private static List<WeightedTargetGroup> weighted(List<WeightedTargetGroup> groups) {
    boolean single = groups.size() == 1;
    return groups.stream()
        .map(group ->
            new WeightedTargetGroup(
                new Link.Known(Order.id(group.targetGroup())),
                Optional.of(single ? 1 : group.weight().orElse(1))))
        .sorted(BY_GROUP)
        .toList();
  }

  private static AuthenticationSession session(AuthenticationSession session) {
    return new AuthenticationSession(
        filled(session.onUnauthenticatedRequest(), "authenticate"),
        filled(session.scope(), "openid"),
        filled(session.sessionCookieName(), "AWSELBAuthSessionCookie"),
        session.sessionTimeoutSeconds() == 0 ? 604_800 : session.sessionTimeoutSeconds(),
        new TreeMap<>(session.extraParameters()));
  }

  private static String filled(String given, String byAws) {
    return given.isEmpty() ? byAws : given;
  }
}
