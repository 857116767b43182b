package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.CONDITIONS;

import dev.penstock.plan.annotation.Json;
import dev.penstock.plan.annotation.JsonException;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.RuleCondition.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Extra conditions of a backend's rules, {@code conditions.<name>} (LBC 1.3, 10 item 11). */
final class ConditionReader {
  /** The longest value of a condition, and the longest name of a header (AWS API 1.1.4). */
  private static final int LONGEST_VALUE = 128;

  private static final int LONGEST_NAME = 40;

  private ConditionReader() {}

  static List<RuleCondition> read(MemberSource source, String backend) {
    var key = CONDITIONS.key() + backend;
    var json = source.annotations().json(key);
    if (json.isEmpty()) {
      return List.of();
    }
    var conditions = new ArrayList<RuleCondition>();
    try {
      for (Json item : json.get().asItems("the value")) {
        var fields = item.asFields("a condition");
        var field = text(fields, "field");
        var condition = read(fields, field);
        condition.ifPresent(conditions::add);
        if (condition.isEmpty()) {
          source
              .problems()
              .warn(
                  "UnknownCondition",
                  source.annotations().key(key)
                      + ": field \""
                      + field
                      + "\" is not known and restricts nothing");
        }
      }
    } catch (JsonException problem) {
      source.annotations().refuse(key, "a list of conditions: " + problem.why());
    }
    return conditions;
  }

  private static Optional<RuleCondition> read(Json.Fields fields, String field)
      throws JsonException {
    return switch (field) {
      case "host-header" -> {
        var config = Json.required(fields, "hostHeaderConfig");
        exactlyOne(config, "hostHeaderConfig");
        yield Optional.of(
            new RuleCondition.HostHeader(texts(config, "values"), texts(config, "regexValues")));
      }
      case "path-pattern" -> {
        var config = Json.required(fields, "pathPatternConfig");
        exactlyOne(config, "pathPatternConfig");
        yield Optional.of(
            new RuleCondition.PathPattern(texts(config, "values"), texts(config, "regexValues")));
      }
      case "http-header" -> {
        var config = Json.required(fields, "httpHeaderConfig");
        exactlyOne(config, "httpHeaderConfig");
        yield Optional.of(
            new RuleCondition.HttpHeader(
                text(config, "httpHeaderName", LONGEST_NAME),
                texts(config, "values"),
                texts(config, "regexValues")));
      }
      case "http-request-method" ->
          Optional.of(
              new RuleCondition.HttpRequestMethod(values(fields, "httpRequestMethodConfig")));
      case "source-ip" -> Optional.of(new RuleCondition.SourceIp(values(fields, "sourceIPConfig")));
      case "query-string" -> Optional.of(queryString(Json.required(fields, "queryStringConfig")));
      default -> Optional.empty();
    };
  }

  private static RuleCondition queryString(Json.Fields config) throws JsonException {
    var pairs = new ArrayList<Pair>();
    var values = Json.field(config, "values");
    if (values.isPresent()) {
      for (Json value : values.get().asItems("values")) {
        var pair = value.asFields("a value of queryStringConfig");
        pairs.add(new Pair(text(pair, "key", LONGEST_VALUE), text(pair, "value", LONGEST_VALUE)));
      }
    }
    if (pairs.isEmpty()) {
      throw new JsonException("queryStringConfig has no values");
    }
    return new RuleCondition.QueryString(List.copyOf(pairs));
  }

  private static List<String> values(Json.Fields fields, String name) throws JsonException {
    var values = texts(Json.required(fields, name), "values");
    if (values.isEmpty()) {
      throw new JsonException(name + " has no values");
    }
    return values;
  }

  private static void exactlyOne(Json.Fields config, String name) throws JsonException {
    boolean values = !texts(config, "values").isEmpty();
    boolean regexes = !texts(config, "regexValues").isEmpty();
    if (values == regexes) {
      throw new JsonException(name + " needs either values or regexValues");
    }
  }

  static List<String> texts(Json.Fields fields, String name) throws JsonException {
    var field = Json.field(fields, name);
    var texts = field.isPresent() ? field.get().asTexts(name) : List.<String>of();
    for (String text : texts) {
      if (text.length() > LONGEST_VALUE) {
        throw new JsonException(
            "a value of %s has %d characters, at most %d are allowed"
                .formatted(name, text.length(), LONGEST_VALUE));
      }
    }
    return texts;
  }

  /** A text that AWS takes up to a length only. */
  static String text(Json.Fields fields, String name, int longest) throws JsonException {
    var text = text(fields, name);
    if (text.length() > longest) {
      throw new JsonException(
          name + " has " + text.length() + " characters, at most " + longest + " are allowed");
    }
    return text;
  }

  static String text(Json.Fields fields, String name) throws JsonException {
    var field = Json.field(fields, name);
    return field.isPresent() ? field.get().asText(name).orElse("") : "";
  }
}
