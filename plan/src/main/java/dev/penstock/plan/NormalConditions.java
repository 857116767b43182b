package dev.penstock.plan;

import dev.penstock.schemas.aws.RuleCondition;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Conditions as AWS compares them: neither conditions nor their values have an order. */
public final class NormalConditions {
  private NormalConditions() {}

  /** Equal for conditions that are the same to AWS. */
  public static TreeSet<String> of(List<RuleCondition> conditions) {
    var normal = new TreeSet<String>();
    conditions.forEach(condition -> normal.add(text(condition)));
    return normal;
  }

  private static String text(RuleCondition condition) {
    return switch (condition) {
      case RuleCondition.HostHeader(var values, var regexes) ->
          "host " + lower(values) + new TreeSet<>(regexes);
      case RuleCondition.PathPattern(var values, var regexes) ->
          "path " + new TreeSet<>(values) + new TreeSet<>(regexes);
      case RuleCondition.HttpHeader(var name, var values, var regexes) ->
          "header "
              + name.toLowerCase(Locale.ROOT)
              + new TreeSet<>(values)
              + new TreeSet<>(regexes);
      case RuleCondition.HttpRequestMethod(var values) -> "method " + new TreeSet<>(values);
      case RuleCondition.QueryString(var pairs) ->
          "query "
              + new TreeSet<>(
                  pairs.stream()
                      .map(p -> p.key().length() + ":" + p.key() + "=" + p.value())
                      .toList());
      case RuleCondition.SourceIp(var values) ->
          "source " + new TreeSet<>(values.stream().map(Cidr::canonical).toList());
    };
  }

  private static TreeSet<String> lower(List<String> values) {
    return new TreeSet<>(values.stream().map(v -> v.toLowerCase(Locale.ROOT)).toList());
  }
}
