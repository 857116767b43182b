package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.JWT_VALIDATION;

import dev.penstock.plan.annotation.Json;
import dev.penstock.plan.annotation.JsonException;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.JwtClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Token validation before the backend answers (LBC 1.3). */
final class JwtReader {
  private static final List<String> FORMATS =
      List.of("single-string", "string-array", "space-separated-values");

  private JwtReader() {}

  static Optional<Action> read(MemberSource source) {
    var json = source.annotations().json(JWT_VALIDATION.key());
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      var fields = json.get().asFields("the value");
      var endpoint = required(fields, "jwksEndpoint");
      var issuer = required(fields, "issuer");
      return Optional.of(new Action.JwtValidation(endpoint, issuer, claims(source, fields)));
    } catch (JsonException problem) {
      source.annotations().refuse(JWT_VALIDATION.key(), "an issuer and its keys: " + problem.why());
      return Optional.empty();
    }
  }

  private static List<JwtClaim> claims(MemberSource source, Json.Fields fields)
      throws JsonException {
    var claims = new ArrayList<JwtClaim>();
    var list = Json.field(fields, "additionalClaims");
    if (list.isPresent()) {
      for (Json item : list.get().asItems("additionalClaims")) {
        claims.add(claim(source, item.asFields("a claim")));
      }
    }
    return List.copyOf(claims);
  }

  private static JwtClaim claim(MemberSource source, Json.Fields fields) throws JsonException {
    var format = required(fields, "format");
    if (!FORMATS.contains(format)) {
      source
          .problems()
          .warn(
              "UnknownClaimFormat",
              source.annotations().key(JWT_VALIDATION.key())
                  + ": format \""
                  + format
                  + "\" is none of "
                  + String.join(", ", FORMATS));
    }
    var values = ConditionReader.texts(fields, "values");
    if (values.isEmpty()) {
      throw new JsonException("values of a claim are missing");
    }
    return new JwtClaim(format, required(fields, "name"), values);
  }

  private static String required(Json.Fields fields, String name) throws JsonException {
    var text = ConditionReader.text(fields, name);
    if (text.isEmpty()) {
      throw new JsonException(name + " is missing");
    }
    return text;
  }
}
