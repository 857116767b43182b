package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.ec2.Cidr;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PathPatternConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Rule conditions as AWS accepts them and as it gives them back. */
final class Conditions {
  private static final Set<String> ONCE =
      Set.of("host-header", "path-pattern", "http-request-method", "source-ip");
  private static final Set<String> FIELDS =
      Set.of(
          "host-header",
          "path-pattern",
          "http-request-method",
          "source-ip",
          "http-header",
          "query-string");
  private static final int LONGEST_VALUE = 128;

  private Conditions() {}

  static List<RuleCondition> accepted(Turn turn, List<RuleCondition> given) {
    if (given.isEmpty()) {
      throw AwsError.invalid("A rule must have at least one condition");
    }
    var accepted = new ArrayList<RuleCondition>();
    var count = 0;
    var wildcards = 0;
    for (var condition : given) {
      var field = String.valueOf(condition.field());
      if (!FIELDS.contains(field)) {
        throw AwsError.invalid("Condition field '" + field + "' is not valid");
      }
      if (ONCE.contains(field) && accepted.stream().anyMatch(c -> field.equals(c.field()))) {
        throw AwsError.invalid("A rule can only have one '" + field + "' condition");
      }
      var values = values(condition);
      check(field, values, condition);
      count += values.size();
      wildcards += field.equals("source-ip") ? 0 : wildcards(values);
      accepted.add(normal(condition, values));
    }
    checkCounts(turn, count, wildcards);
    return accepted;
  }

  private static void checkCounts(Turn turn, int values, int wildcards) {
    if (values > turn.quota(Quota.CONDITION_VALUES_PER_RULE)) {
      throw AwsError.invalid(
          "The maximum number of condition values per rule is '"
              + turn.quota(Quota.CONDITION_VALUES_PER_RULE)
              + "'");
    }
    if (wildcards > turn.quota(Quota.WILDCARDS_PER_RULE)) {
      throw AwsError.invalid(
          "The maximum number of wildcards per rule is '"
              + turn.quota(Quota.WILDCARDS_PER_RULE)
              + "'");
    }
  }

  private static List<String> values(RuleCondition condition) {
    var legacy = condition.values();
    return switch (condition.field()) {
      case "host-header" -> {
        var config = condition.hostHeaderConfig();
        yield config == null
            ? or(legacy, condition.regexValues())
            : both(config.values(), config.regexValues());
      }
      case "path-pattern" -> {
        var config = condition.pathPatternConfig();
        yield config == null
            ? or(legacy, condition.regexValues())
            : both(config.values(), config.regexValues());
      }
      case "http-header" -> {
        var config = condition.httpHeaderConfig();
        yield config == null ? List.of() : both(config.values(), config.regexValues());
      }
      case "http-request-method" -> {
        var config = condition.httpRequestMethodConfig();
        yield config == null ? List.of() : config.values();
      }
      case "source-ip" -> {
        var config = condition.sourceIpConfig();
        yield config == null ? List.of() : config.values();
      }
      default -> queries(condition);
    };
  }

  private static List<String> queries(RuleCondition condition) {
    var config = condition.queryStringConfig();
    return config == null
        ? List.of()
        : config.values().stream()
            .map(pair -> (pair.key() == null ? "" : pair.key() + "=") + pair.value())
            .toList();
  }

  private static List<String> or(List<String> values, List<String> regexes) {
    return values.isEmpty() ? regexes : values;
  }

  private static List<String> both(List<String> values, List<String> regexes) {
    if (!values.isEmpty() && !regexes.isEmpty()) {
      throw AwsError.invalid("A condition can have values or regex values, not both");
    }
    return or(values, regexes);
  }

  private static void check(String field, List<String> values, RuleCondition condition) {
    if (values.isEmpty()) {
      throw AwsError.invalid("A condition value must be specified for '" + field + "'");
    }
    for (var value : values) {
      var longest = field.equals("query-string") ? 2 * LONGEST_VALUE + 1 : LONGEST_VALUE;
      if (value.isEmpty() || value.length() > longest) {
        throw AwsError.invalid("Condition value '" + value + "' must have 1 to 128 characters");
      }
      if (field.equals("source-ip") && Cidr.tryParse(value).isEmpty()) {
        throw AwsError.invalid("Condition value '" + value + "' is not a valid CIDR block");
      }
      if (field.equals("http-request-method") && !value.matches("[A-Z_-]{1,40}")) {
        throw AwsError.invalid("Condition value '" + value + "' is not a valid request method");
      }
    }
    var header = condition.httpHeaderConfig();
    if (field.equals("http-header")
        && (header == null
            || !String.valueOf(header.httpHeaderName()).matches("[\\w!#$%&'*+.^`|~-]{1,40}"))) {
      throw AwsError.invalid("A condition on an HTTP header must name a valid header");
    }
  }

  private static int wildcards(List<String> values) {
    return values.stream()
        .mapToInt(value -> (int) value.chars().filter(c -> c == '*' || c == '?').count())
        .sum();
  }

  /** Host and path come back in the old form and in the new one. */
  private static RuleCondition normal(RuleCondition condition, List<String> values) {
    return switch (condition.field()) {
      case "host-header" -> {
        var config = condition.hostHeaderConfig();
        var regex =
            config != null && !config.regexValues().isEmpty() || !condition.regexValues().isEmpty();
        yield regex
            ? RuleCondition.builder()
                .field("host-header")
                .hostHeaderConfig(HostHeaderConditionConfig.builder().regexValues(values).build())
                .build()
            : RuleCondition.builder()
                .field("host-header")
                .values(values)
                .hostHeaderConfig(HostHeaderConditionConfig.builder().values(values).build())
                .build();
      }
      case "path-pattern" -> {
        var config = condition.pathPatternConfig();
        var regex =
            config != null && !config.regexValues().isEmpty() || !condition.regexValues().isEmpty();
        yield regex
            ? RuleCondition.builder()
                .field("path-pattern")
                .pathPatternConfig(PathPatternConditionConfig.builder().regexValues(values).build())
                .build()
            : RuleCondition.builder()
                .field("path-pattern")
                .values(values)
                .pathPatternConfig(PathPatternConditionConfig.builder().values(values).build())
                .build();
      }
      default -> condition;
    };
  }
}
