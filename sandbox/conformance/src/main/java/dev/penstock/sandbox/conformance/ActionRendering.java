package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.Transform;
import java.util.List;
import java.util.function.Function;

/** Actions, conditions and transforms in the form of the golden cases. */
final class ActionRendering {
  private static final String HIDDEN = "[REDACTED]";

  private ActionRendering() {}

  static ArrayNode actions(List<Action> actions, Function<Link, JsonNode> link) {
    var array = MAKE.arrayNode();
    actions.forEach(action -> array.add(action(action, link)));
    return array;
  }

  private static ObjectNode action(Action action, Function<Link, JsonNode> link) {
    var node = MAKE.objectNode();
    switch (action) {
      case Action.Forward forward -> {
        node.put("type", "forward");
        node.set("forwardConfig", forward(forward, link));
      }
      case Action.Redirect redirect ->
          redirect(node.put("type", "redirect").putObject("redirectConfig"), redirect);
      case Action.FixedResponse(var code, var type, var body) -> {
        var config = node.put("type", "fixed-response").putObject("fixedResponseConfig");
        put(config, "statusCode", code);
        put(config, "contentType", type);
        put(config, "messageBody", body);
      }
      case Action.AuthenticateOidc oidc ->
          oidc(node.put("type", "authenticate-oidc").putObject("authenticateOIDCConfig"), oidc);
      case Action.AuthenticateCognito cognito ->
          cognito(
              node.put("type", "authenticate-cognito").putObject("authenticateCognitoConfig"),
              cognito);
      case Action.JwtValidation jwt ->
          jwt(node.put("type", "jwt-validation").putObject("jwtValidationConfig"), jwt);
    }
    return node;
  }

  private static void redirect(ObjectNode config, Action.Redirect redirect) {
    put(config, "protocol", redirect.protocol());
    put(config, "host", redirect.host());
    put(config, "port", redirect.port());
    put(config, "path", redirect.path());
    put(config, "query", redirect.query());
    put(config, "statusCode", redirect.statusCode());
  }

  private static void oidc(ObjectNode config, Action.AuthenticateOidc oidc) {
    config.put("issuer", oidc.issuer()).put("tokenEndpoint", oidc.tokenEndpoint());
    config.put("authorizationEndpoint", oidc.authorizationEndpoint());
    config.put("userInfoEndpoint", oidc.userInfoEndpoint());
    config.put("clientID", HIDDEN).put("clientSecret", HIDDEN);
    session(config, oidc.session());
  }

  private static void cognito(ObjectNode config, Action.AuthenticateCognito cognito) {
    config.put("userPoolARN", cognito.userPoolArn());
    config.put("userPoolClientID", cognito.userPoolClientId());
    config.put("userPoolDomain", cognito.userPoolDomain());
    session(config, cognito.session());
  }

  private static void jwt(ObjectNode config, Action.JwtValidation jwt) {
    config.put("jwksEndpoint", jwt.jwksEndpoint()).put("issuer", jwt.issuer());
    if (!jwt.additionalClaims().isEmpty()) {
      var array = config.putArray("additionalClaims");
      jwt.additionalClaims()
          .forEach(c -> {
            var claim = array.addObject().put("format", c.format()).put("name", c.name());
            texts(claim, "values", c.values());
          });
    }
  }

  private static ObjectNode forward(Action.Forward forward, Function<Link, JsonNode> link) {
    var config = MAKE.objectNode();
    if (forward.targetGroups().isEmpty()) {
      config.putNull("targetGroups");
    } else {
      var groups = config.putArray("targetGroups");
      forward
          .targetGroups()
          .forEach(group -> {
            var at = groups.addObject();
            at.set("targetGroupARN", link.apply(group.targetGroup()));
            group.weight().ifPresent(weight -> at.put("weight", weight));
          });
    }
    forward
        .stickiness()
        .ifPresent(stickiness -> {
          var at = config.putObject("targetGroupStickinessConfig");
          at.put("enabled", stickiness.enabled());
          stickiness.durationSeconds().ifPresent(s -> at.put("durationSeconds", s));
        });
    return config;
  }

  private static void session(ObjectNode config, Action.AuthenticationSession session) {
    config.put("onUnauthenticatedRequest", session.onUnauthenticatedRequest());
    config.put("scope", session.scope()).put("sessionCookieName", session.sessionCookieName());
    config.put("sessionTimeout", session.sessionTimeoutSeconds());
    if (!session.extraParameters().isEmpty()) {
      var extra = config.putObject("authenticationRequestExtraParams");
      session.extraParameters().forEach(extra::put);
    }
  }

  static ArrayNode conditions(List<RuleCondition> conditions) {
    var array = MAKE.arrayNode();
    for (RuleCondition condition : conditions) {
      var node = array.addObject();
      switch (condition) {
        case RuleCondition.HostHeader(var values, var regexes) ->
            values(node, "host-header", "hostHeaderConfig", values, regexes);
        case RuleCondition.PathPattern(var values, var regexes) ->
            values(node, "path-pattern", "pathPatternConfig", values, regexes);
        case RuleCondition.HttpHeader(var name, var values, var regexes) ->
            values(node, "http-header", "httpHeaderConfig", values, regexes)
                .put("httpHeaderName", name);
        case RuleCondition.HttpRequestMethod(var values) ->
            values(node, "http-request-method", "httpRequestMethodConfig", values, List.of());
        case RuleCondition.SourceIp(var values) ->
            values(node, "source-ip", "sourceIPConfig", values, List.of());
        case RuleCondition.QueryString(var pairs) -> {
          var queries =
              node.put("field", "query-string").putObject("queryStringConfig").putArray("values");
          pairs.forEach(pair -> {
            var at = queries.addObject();
            put(at, "key", pair.key());
            at.put("value", pair.value());
          });
        }
      }
    }
    return array;
  }

  private static ObjectNode values(
      ObjectNode node, String field, String name, List<String> values, List<String> regexes) {
    var config = node.put("field", field).putObject(name);
    if (!values.isEmpty()) {
      texts(config, "values", values);
    }
    if (!regexes.isEmpty()) {
      texts(config, "regexValues", regexes);
    }
    return config;
  }

  static ArrayNode transforms(List<Transform> transforms) {
    var array = MAKE.arrayNode();
    for (Transform transform : transforms) {
      var name =
          transform.type().equals("url-rewrite") ? "urlRewriteConfig" : "hostHeaderRewriteConfig";
      var rewrites =
          array.addObject().put("type", transform.type()).putObject(name).putArray("rewrites");
      transform
          .rewrites()
          .forEach(r -> rewrites.addObject().put("regex", r.regex()).put("replace", r.replace()));
    }
    return array;
  }

  private static void put(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  private static void texts(ObjectNode node, String name, List<String> values) {
    var array = node.putArray(name);
    values.forEach(array::add);
  }
}
