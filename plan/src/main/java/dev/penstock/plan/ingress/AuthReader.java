package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.AUTH_IDP_COGNITO;
import static dev.penstock.plan.ingress.Annotation.AUTH_IDP_OIDC;
import static dev.penstock.plan.ingress.Annotation.AUTH_ON_UNAUTHENTICATED;
import static dev.penstock.plan.ingress.Annotation.AUTH_SCOPE;
import static dev.penstock.plan.ingress.Annotation.AUTH_SESSION_COOKIE;
import static dev.penstock.plan.ingress.Annotation.AUTH_SESSION_TIMEOUT;
import static dev.penstock.plan.ingress.Annotation.AUTH_TYPE;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.annotation.Json;
import dev.penstock.plan.annotation.JsonException;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.AuthenticationSession;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Secret;
import java.util.Map;
import java.util.Optional;

/** Login before the backend answers (LBC 1.3). The OIDC secret itself never gets here. */
final class AuthReader {
  static final String NO_LOGIN = "NoLogin";
  private static final String INVALID_SECRET = "InvalidSecret";
  private static final long DEFAULT_TIMEOUT_SECONDS = 604_800;

  private final MemberSource source;
  private final AnnotationReader annotations;
  private final boolean tls;

  private AuthReader(MemberSource source, AnnotationReader annotations, boolean tls) {
    this.source = source;
    this.annotations = annotations;
    this.tls = tls;
  }

  static Optional<Action> read(MemberSource source, AnnotationReader annotations, boolean tls) {
    return new AuthReader(source, annotations, tls).read();
  }

  private Optional<Action> read() {
    var cognito = annotations.json(AUTH_IDP_COGNITO.key());
    var oidc = annotations.json(AUTH_IDP_OIDC.key());
    var session =
        new AuthenticationSession(
            annotations.text(AUTH_ON_UNAUTHENTICATED.key()).orElse("authenticate"),
            annotations.text(AUTH_SCOPE.key()).orElse("openid"),
            annotations.text(AUTH_SESSION_COOKIE.key()).orElse("AWSELBAuthSessionCookie"),
            annotations.int64(AUTH_SESSION_TIMEOUT.key()).orElse(DEFAULT_TIMEOUT_SECONDS),
            Map.of());
    var type = annotations.text(AUTH_TYPE.key()).orElse("none");
    if (!tls && (type.equals("cognito") || type.equals("oidc"))) {
      source
          .problems()
          .warn(
              NO_LOGIN,
              annotations.key(AUTH_TYPE.key())
                  + " has no effect: the Ingress has no HTTPS listener");
      return Optional.empty();
    }
    return switch (type) {
      case "none" -> Optional.empty();
      case "cognito" -> cognito(cognito, session);
      case "oidc" -> oidc(oidc, session);
      default -> {
        annotations.refuse(AUTH_TYPE.key(), "one of none, cognito, oidc");
        yield Optional.empty();
      }
    };
  }

  private Optional<Action> cognito(Optional<Json> json, AuthenticationSession session) {
    if (json.isEmpty()) {
      missing(AUTH_IDP_COGNITO);
      return Optional.empty();
    }
    try {
      var fields = json.get().asFields("the value");
      return Optional.of(
          new Action.AuthenticateCognito(
              ConditionReader.text(fields, "userPoolARN"),
              ConditionReader.text(fields, "userPoolClientID"),
              ConditionReader.text(fields, "userPoolDomain"),
              withExtra(session, fields)));
    } catch (JsonException problem) {
      annotations.refuse(AUTH_IDP_COGNITO.key(), "a user pool: " + problem.why());
      return Optional.empty();
    }
  }

  private Optional<Action> oidc(Optional<Json> json, AuthenticationSession session) {
    if (json.isEmpty()) {
      missing(AUTH_IDP_OIDC);
      return Optional.empty();
    }
    try {
      var fields = json.get().asFields("the value");
      var secretName = ConditionReader.text(fields, "secretName");
      var secret = secret(secretName);
      return secret.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Action.AuthenticateOidc(
                  ConditionReader.text(fields, "issuer"),
                  ConditionReader.text(fields, "authorizationEndpoint"),
                  ConditionReader.text(fields, "tokenEndpoint"),
                  ConditionReader.text(fields, "userInfoEndpoint"),
                  secret.get().clientId().orElse(""),
                  source.namespace() + "/" + secretName,
                  secret.get().metadata().resourceVersion(),
                  withExtra(session, fields)));
    } catch (JsonException problem) {
      annotations.refuse(AUTH_IDP_OIDC.key(), "an identity provider: " + problem.why());
      return Optional.empty();
    }
  }

  private Optional<Secret> secret(String name) {
    var cluster = source.view().registration().cluster();
    var found =
        source.view().find(new ObjectKey(cluster, ObjectKind.SECRET, source.namespace(), name));
    if (found.isEmpty()) {
      return refused(name, "does not exist or may not be read");
    }
    if (!(found.get() instanceof Secret secret) || secret.clientId().isEmpty()) {
      return refused(name, "has no clientID");
    }
    return labelled(secret)
        ? Optional.of(secret)
        : refused(name, "lacks the label " + source.settings().requiredSecretsLabel());
  }

  private boolean labelled(Secret secret) {
    var label = source.settings().requiredSecretsLabel();
    var sign = label.indexOf('=');
    return sign < 1
        || label
            .substring(sign + 1)
            .equals(secret.metadata().labels().get(label.substring(0, sign)));
  }

  private Optional<Secret> refused(String name, String why) {
    source
        .problems()
        .error(INVALID_SECRET, "secret " + source.namespace() + "/" + name + " " + why);
    return Optional.empty();
  }

  private static AuthenticationSession withExtra(AuthenticationSession session, Json.Fields fields)
      throws JsonException {
    var extra = Json.field(fields, "authenticationRequestExtraParams");
    return new AuthenticationSession(
        session.onUnauthenticatedRequest(),
        session.scope(),
        session.sessionCookieName(),
        session.sessionTimeoutSeconds(),
        extra.isPresent() ? extra.get().asTextMap("authenticationRequestExtraParams") : Map.of());
  }

  private void missing(Annotation annotation) {
    source
        .problems()
        .error(
            AnnotationReader.INVALID,
            annotations.key(AUTH_TYPE.key()) + " needs " + annotations.key(annotation.key()));
  }
}
