package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.AuthenticationSession;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateCognitoActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateOidcActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.JwtValidationActionAdditionalClaim;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.JwtValidationActionConfig;

/**
 * Actions that authenticate. AWS never returns a client secret, and none is in the log: an OIDC
 * action is written with the secret that the caller has just read, or with the one that AWS already
 * has (AWS API: UseExistingClientSecret), which there must be then.
 */
final class Authentication {
  private Authentication() {}

  static software.amazon.awssdk.services.elasticloadbalancingv2.model.Action write(
      Action.AuthenticateOidc oidc, Optional<String> secret) {
    var session = oidc.session();
    var config =
        AuthenticateOidcActionConfig.builder()
            .issuer(oidc.issuer())
            .authorizationEndpoint(oidc.authorizationEndpoint())
            .tokenEndpoint(oidc.tokenEndpoint())
            .userInfoEndpoint(oidc.userInfoEndpoint())
            .clientId(oidc.clientId())
            .clientSecret(secret.orElse(null))
            .useExistingClientSecret(secret.isEmpty() ? true : null)
            .onUnauthenticatedRequest(session.onUnauthenticatedRequest())
            .scope(session.scope())
            .sessionCookieName(session.sessionCookieName())
            .sessionTimeout(session.sessionTimeoutSeconds())
            .authenticationRequestExtraParams(orAbsent(session.extraParameters()))
            .build();
    return software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder()
        .type("authenticate-oidc")
        .authenticateOidcConfig(config)
        .build();
  }

  static software.amazon.awssdk.services.elasticloadbalancingv2.model.Action write(
      Action.AuthenticateCognito cognito) {
    var session = cognito.session();
    var config =
        AuthenticateCognitoActionConfig.builder()
            .userPoolArn(cognito.userPoolArn())
            .userPoolClientId(cognito.userPoolClientId())
            .userPoolDomain(cognito.userPoolDomain())
            .onUnauthenticatedRequest(session.onUnauthenticatedRequest())
            .scope(session.scope())
            .sessionCookieName(session.sessionCookieName())
            .sessionTimeout(session.sessionTimeoutSeconds())
            .authenticationRequestExtraParams(orAbsent(session.extraParameters()))
            .build();
    return software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder()
        .type("authenticate-cognito")
        .authenticateCognitoConfig(config)
        .build();
  }

  static software.amazon.awssdk.services.elasticloadbalancingv2.model.Action write(
      Action.JwtValidation jwt) {
    var claims =
        jwt.additionalClaims().stream()
            .map(claim ->
                JwtValidationActionAdditionalClaim.builder()
                    .format(claim.format())
                    .name(claim.name())
                    .values(claim.values())
                    .build())
            .toList();
    var config =
        JwtValidationActionConfig.builder().jwksEndpoint(jwt.jwksEndpoint()).issuer(jwt.issuer());
    if (!claims.isEmpty()) {
      config.additionalClaims(claims);
    }
    return software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder()
        .type("jwt-validation")
        .jwtValidationConfig(config.build())
        .build();
  }

  static Action.AuthenticateOidc readOidc(AuthenticateOidcActionConfig config) {
    return new Action.AuthenticateOidc(
        Text.of(config.issuer()),
        Text.of(config.authorizationEndpoint()),
        Text.of(config.tokenEndpoint()),
        Text.of(config.userInfoEndpoint()),
        Text.of(config.clientId()),
        "",
        "",
        session(
            config.onUnauthenticatedRequestAsString(),
            config.scope(),
            config.sessionCookieName(),
            config.sessionTimeout(),
            config.authenticationRequestExtraParams()));
  }

  static Action.AuthenticateCognito readCognito(AuthenticateCognitoActionConfig config) {
    return new Action.AuthenticateCognito(
        Text.of(config.userPoolArn()),
        Text.of(config.userPoolClientId()),
        Text.of(config.userPoolDomain()),
        session(
            config.onUnauthenticatedRequestAsString(),
            config.scope(),
            config.sessionCookieName(),
            config.sessionTimeout(),
            config.authenticationRequestExtraParams()));
  }

  static Action.JwtValidation readJwt(JwtValidationActionConfig config) {
    return new Action.JwtValidation(
        Text.of(config.jwksEndpoint()),
        Text.of(config.issuer()),
        config.additionalClaims().stream()
            .map(claim ->
                new Action.JwtClaim(
                    Text.of(claim.formatAsString()), Text.of(claim.name()), claim.values()))
            .toList());
  }

  private static AuthenticationSession session(
      @Nullable String unauthenticated,
      @Nullable String scope,
      @Nullable String cookie,
      @Nullable Long timeout,
      Map<String, String> extra) {
    return new AuthenticationSession(
        Text.of(unauthenticated),
        Text.of(scope),
        Text.of(cookie),
        timeout == null ? 0 : timeout,
        new TreeMap<>(extra));
  }

  private static @Nullable Map<String, String> orAbsent(Map<String, String> parameters) {
    return parameters.isEmpty() ? null : parameters;
  }
}
