package dev.penstock.plan;

import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.RuleCondition.HostHeader;
import dev.penstock.schemas.aws.RuleCondition.PathPattern;
import java.util.List;
import java.util.Locale;

/**
 * Whether one request may meet the conditions of two rules. Only hosts and paths tell rules apart;
 * what they cannot tell counts as met by both.
 */
public final class Overlap {
  private Overlap() {}

  public static boolean of(List<RuleCondition> some, List<RuleCondition> others) {
    return some.stream().allMatch(one -> others.stream().allMatch(other -> meet(one, other)));
  }

  private static boolean meet(RuleCondition one, RuleCondition other) {
    return switch (one) {
      case HostHeader host -> !(other instanceof HostHeader same) || hosts(host, same);
      case PathPattern path -> !(other instanceof PathPattern same) || paths(path, same);
      case RuleCondition.HttpHeader _,
          RuleCondition.HttpRequestMethod _,
          RuleCondition.QueryString _,
          RuleCondition.SourceIp _ ->
          true;
    };
  }

  private static boolean hosts(HostHeader one, HostHeader other) {
    return !one.regexValues().isEmpty()
        || !other.regexValues().isEmpty()
        || meet(lower(one.values()), lower(other.values()));
  }

  private static boolean paths(PathPattern one, PathPattern other) {
    return !one.regexValues().isEmpty()
        || !other.regexValues().isEmpty()
        || meet(one.values(), other.values());
  }

  private static List<String> lower(List<String> values) {
    return values.stream().map(value -> value.toLowerCase(Locale.ROOT)).toList();
  }

  private static boolean meet(List<String> some, List<String> others) {
    return some.stream().anyMatch(one -> others.stream().anyMatch(other -> meet(one, other)));
  }

  /** Whether some text matches both; * stands for any characters, ? for one. */
  private static boolean meet(String one, String other) {
    var rests = new boolean[one.length() + 1][other.length() + 1];
    for (int i = one.length(); i >= 0; i--) {
      for (int j = other.length(); j >= 0; j--) {
        rests[i][j] = meet(one, i, other, j, rests);
      }
    }
    return rests[0][0];
  }

  private static boolean meet(String one, int i, String other, int j, boolean[][] rests) {
    boolean more = i < one.length();
    boolean otherMore = j < other.length();
    if (more && one.charAt(i) == '*' || otherMore && other.charAt(j) == '*') {
      return more && rests[i + 1][j] || otherMore && rests[i][j + 1];
    }
    if (!more || !otherMore) {
      return !more && !otherMore;
    }
    return same(one.charAt(i), other.charAt(j)) && rests[i + 1][j + 1];
  }

  private static boolean same(char one, char other) {
    return one == other || one == '?' || other == '?';
  }
}
