package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.RuleCondition;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HttpHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HttpRequestMethodConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PathPatternConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SourceIpConditionConfig;

/** Conditions of a rule. Read from the typed part; AWS's legacy {@code Values} are ignored. */
final class Conditions {
  private Conditions() {}

  static List<software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition> write(
      Collection<RuleCondition> conditions) {
    return conditions.stream().map(Conditions::write).toList();
  }

  static List<RuleCondition> read(
      Collection<software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition>
          conditions) {
    return conditions.stream().map(Conditions::read).toList();
  }

  private static software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition write(
      RuleCondition condition) {
    var written =
        software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition.builder();
    switch (condition) {
      case RuleCondition.HostHeader(var values, var regexes) ->
          written
              .field("host-header")
              .hostHeaderConfig(
                  HostHeaderConditionConfig.builder()
                      .values(orAbsent(values))
                      .regexValues(orAbsent(regexes))
                      .build());
      case RuleCondition.PathPattern(var values, var regexes) ->
          written
              .field("path-pattern")
              .pathPatternConfig(
                  PathPatternConditionConfig.builder()
                      .values(orAbsent(values))
                      .regexValues(orAbsent(regexes))
                      .build());
      case RuleCondition.HttpHeader(var name, var values, var regexes) ->
          written
              .field("http-header")
              .httpHeaderConfig(
                  HttpHeaderConditionConfig.builder()
                      .httpHeaderName(name)
                      .values(orAbsent(values))
                      .regexValues(orAbsent(regexes))
                      .build());
      case RuleCondition.HttpRequestMethod(var values) ->
          written
              .field("http-request-method")
              .httpRequestMethodConfig(
                  HttpRequestMethodConditionConfig.builder().values(values).build());
      case RuleCondition.QueryString(var values) ->
          written
              .field("query-string")
              .queryStringConfig(
                  QueryStringConditionConfig.builder()
                      .values(values.stream().map(Conditions::write).toList())
                      .build());
      case RuleCondition.SourceIp(var values) ->
          written
              .field("source-ip")
              .sourceIpConfig(SourceIpConditionConfig.builder().values(values).build());
    }
    return written.build();
  }

  private static QueryStringKeyValuePair write(RuleCondition.Pair pair) {
    return QueryStringKeyValuePair.builder()
        .key(Text.optional(pair.key()).orElse(null))
        .value(pair.value())
        .build();
  }

  /** The SDK sends an empty list as an empty member; AWS wants it absent. */
  private static @Nullable List<String> orAbsent(List<String> values) {
    return values.isEmpty() ? null : values;
  }

  private static RuleCondition read(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition seen) {
    var field = Text.of(seen.field());
    return switch (field) {
      case "host-header" -> {
        var host = seen.hostHeaderConfig();
        yield host == null
            ? new RuleCondition.HostHeader(seen.values(), seen.regexValues())
            : new RuleCondition.HostHeader(host.values(), host.regexValues());
      }
      case "path-pattern" -> {
        var path = seen.pathPatternConfig();
        yield path == null
            ? new RuleCondition.PathPattern(seen.values(), seen.regexValues())
            : new RuleCondition.PathPattern(path.values(), path.regexValues());
      }
      case "http-header" -> {
        var header = seen.httpHeaderConfig();
        yield new RuleCondition.HttpHeader(
            Text.of(header.httpHeaderName()), header.values(), header.regexValues());
      }
      case "http-request-method" ->
          new RuleCondition.HttpRequestMethod(seen.httpRequestMethodConfig().values());
      case "query-string" ->
          new RuleCondition.QueryString(
              seen.queryStringConfig().values().stream()
                  .map(p -> new RuleCondition.Pair(Text.of(p.key()), Text.of(p.value())))
                  .toList());
      case "source-ip" -> new RuleCondition.SourceIp(seen.sourceIpConfig().values());
      default -> throw new IllegalStateException("AWS answers a condition on " + field);
    };
  }

  static Set<RuleCondition> normal(Collection<RuleCondition> conditions) {
    return conditions.stream().map(Conditions::normal).collect(Collectors.toSet());
  }

  private static RuleCondition normal(RuleCondition condition) {
    return switch (condition) {
      case RuleCondition.HostHeader(var values, var regexes) ->
          new RuleCondition.HostHeader(
              sorted(values.stream().map(v -> v.toLowerCase(Locale.ROOT)).toList()),
              sorted(regexes));
      case RuleCondition.PathPattern(var values, var regexes) ->
          new RuleCondition.PathPattern(sorted(values), sorted(regexes));
      case RuleCondition.HttpHeader(var name, var values, var regexes) ->
          new RuleCondition.HttpHeader(
              name.toLowerCase(Locale.ROOT), sorted(values), sorted(regexes));
      case RuleCondition.HttpRequestMethod(var values) ->
          new RuleCondition.HttpRequestMethod(sorted(values));
      case RuleCondition.QueryString(var pairs) ->
          new RuleCondition.QueryString(
              pairs.stream()
                  .sorted(
                      Comparator.comparing(RuleCondition.Pair::key)
                          .thenComparing(RuleCondition.Pair::value))
                  .toList());
      case RuleCondition.SourceIp(var values) -> new RuleCondition.SourceIp(sorted(values));
    };
  }

  private static List<String> sorted(List<String> values) {
    return values.stream().sorted().toList();
  }
}
