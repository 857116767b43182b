package dev.penstock.plan;

import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.RuleCondition.HostHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers {@link Overlap} for many rules at once: those with other hosts are not looked at. */
public final class OverlapIndex {
  private final List<List<RuleCondition>> all = new ArrayList<>();
  private final List<List<RuleCondition>> ofManyHosts = new ArrayList<>();
  private final Map<String, List<List<RuleCondition>>> byHost = new HashMap<>();

  public void add(List<RuleCondition> rule) {
    all.add(rule);
    hosts(rule)
        .ifPresentOrElse(
            hosts ->
                hosts.forEach(
                    host -> byHost.computeIfAbsent(host, _ -> new ArrayList<>()).add(rule)),
            () -> ofManyHosts.add(rule));
  }

  /** Whether a request can match this rule and one of those that were added. */
  public boolean anyOverlaps(List<RuleCondition> rule) {
    return near(rule).anyMatch(other -> Overlap.of(rule, other));
  }

  private Stream<List<RuleCondition>> near(List<RuleCondition> rule) {
    return hosts(rule)
        .map(hosts ->
            Stream.concat(
                ofManyHosts.stream(),
                hosts.stream().flatMap(host -> byHost.getOrDefault(host, List.of()).stream())))
        .orElseGet(all::stream);
  }

  /** The hosts of the rule, if they are named one by one. */
  private static Optional<List<String>> hosts(List<RuleCondition> rule) {
    return rule.stream()
        .filter(HostHeader.class::isInstance)
        .map(HostHeader.class::cast)
        .filter(OverlapIndex::isPlain)
        .findFirst()
        .map(host -> host.values().stream().map(v -> v.toLowerCase(Locale.ROOT)).toList());
  }

  private static boolean isPlain(HostHeader host) {
    return host.regexValues().isEmpty()
        && !host.values().isEmpty()
        && host.values().stream().noneMatch(v -> v.contains("*") || v.contains("?"));
  }
}
