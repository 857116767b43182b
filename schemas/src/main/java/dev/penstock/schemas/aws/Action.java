package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One action of a listener or rule (AWS API: Action). */
public sealed interface Action {
  record Forward(List<WeightedTargetGroup> targetGroups, Optional<Stickiness> stickiness)
      implements Action {}

  record Redirect(
      String protocol, String host, String port, String path, String query, String statusCode)
      implements Action {}

  record FixedResponse(String statusCode, String contentType, String messageBody)
      implements Action {}

  /** OIDC without its secret: the applier reads the secret when it writes. */
  record AuthenticateOidc(
      String issuer,
      String authorizationEndpoint,
      String tokenEndpoint,
      String userInfoEndpoint,
      String clientId,
      String secretName,
      String secretVersion,
      AuthenticationSession session)
      implements Action {}

  record AuthenticateCognito(
      String userPoolArn,
      String userPoolClientId,
      String userPoolDomain,
      AuthenticationSession session)
      implements Action {}

  record JwtValidation(String jwksEndpoint, String issuer, List<JwtClaim> additionalClaims)
      implements Action {}

  record WeightedTargetGroup(Link targetGroup, Optional<Integer> weight) {}

  record Stickiness(boolean enabled, Optional<Integer> durationSeconds) {}

  record AuthenticationSession(
      String onUnauthenticatedRequest,
      String scope,
      String sessionCookieName,
      long sessionTimeoutSeconds,
      Map<String, String> extraParameters) {}

  record JwtClaim(String format, String name, List<String> values) {}
}
