package dev.penstock.plan.ingress;

import dev.penstock.plan.names.Hashes;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.Transform;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule stands for: its conditions and rewrites, hashed. It does not depend on priority,
 * actions or member, so a live rule made by anybody can be given its identity.
 */
public final class RuleIdentity {
  private static final int LENGTH = 16;

  private RuleIdentity() {}

  public static String of(List<RuleCondition> conditions, List<Transform> transforms) {
    var parts = new ArrayList<String>();
    conditions.forEach(condition -> add(parts, condition));
    for (Transform transform : transforms) {
      parts.add("transform:" + transform.type());
      transform.rewrites().forEach(r -> list(parts, "rewrite", List.of(r.regex(), r.replace())));
    }
    return Hashes.hex(parts).substring(0, LENGTH);
  }

  private static void add(List<String> parts, RuleCondition condition) {
    switch (condition) {
      case RuleCondition.HostHeader(var values, var regexes) -> {
        list(parts, "host", values);
        list(parts, "host~", regexes);
      }
      case RuleCondition.PathPattern(var values, var regexes) -> {
        list(parts, "path", values);
        list(parts, "path~", regexes);
      }
      case RuleCondition.HttpHeader(var name, var values, var regexes) -> {
        list(parts, "header " + name, values);
        list(parts, "header~ " + name, regexes);
      }
      case RuleCondition.HttpRequestMethod(var values) -> list(parts, "method", values);
      case RuleCondition.QueryString(var pairs) ->
          pairs.forEach(pair -> list(parts, "query", List.of(pair.key(), pair.value())));
      case RuleCondition.SourceIp(var values) -> list(parts, "source", values);
    }
  }

  /** Lengths keep lists apart that would read the same when written one after another. */
  private static void list(List<String> parts, String kind, List<String> values) {
    parts.add(kind + "[" + values.size() + "]");
    values.forEach(value -> parts.add(value.length() + ":" + value));
  }
}
