package dev.penstock.schemas.aws;

import java.util.List;

/** One condition of a listener rule (AWS API: RuleCondition). */
public sealed interface RuleCondition {
  record HostHeader(List<String> values, List<String> regexValues) implements RuleCondition {}

  record PathPattern(List<String> values, List<String> regexValues) implements RuleCondition {}

  record HttpHeader(String name, List<String> values, List<String> regexValues)
      implements RuleCondition {}

  record HttpRequestMethod(List<String> values) implements RuleCondition {}

  record QueryString(List<Pair> values) implements RuleCondition {}

  record SourceIp(List<String> values) implements RuleCondition {}

  /** A query-string pair; an absent key is the empty string. */
  record Pair(String key, String value) {}
}
