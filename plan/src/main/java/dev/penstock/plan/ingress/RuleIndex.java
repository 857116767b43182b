package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.RuleCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rules of a listener by host and path. Who asks which of them leave nothing to another rule
 * looks only at those that share a host and a path with it.
 */
final class RuleIndex {
  private static final String ALL = "*";

  /** One value of a condition; "*" at its end, or at the start of a host, stands for any text. */
  private record Pattern(String text, boolean regex) {
    boolean covers(Pattern other) {
      if (equals(other) || !regex && text.equals(ALL)) {
        return true;
      }
      return !regex
          && !other.regex
          && (isPrefix() && other.text.startsWith(text.substring(0, text.length() - 1))
              || isSuffix() && other.text.endsWith(text.substring(1)));
    }

    boolean isPrefix() {
      return !regex && text.endsWith(ALL) && isPlain(text.substring(0, text.length() - 1));
    }

    boolean isSuffix() {
      return !regex && text.startsWith(ALL) && isPlain(text.substring(1));
    }

    private static boolean isPlain(String text) {
      return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }
  }

  /** What a rule matches; {@code plain}: it asks for nothing but host and path. */
  private record Entry(
      int place,
      List<RuleCondition> conditions,
      boolean plain,
      List<Pattern> hosts,
      List<Pattern> paths) {

    static Entry of(int place, List<RuleCondition> conditions) {
      var hosts = new ArrayList<Pattern>();
      var paths = new ArrayList<Pattern>();
      boolean plain = true;
      for (RuleCondition condition : conditions) {
        switch (condition) {
          case RuleCondition.HostHeader(var values, var regexes) -> add(hosts, values, regexes);
          case RuleCondition.PathPattern(var values, var regexes) -> add(paths, values, regexes);
          case RuleCondition.HttpHeader _,
              RuleCondition.HttpRequestMethod _,
              RuleCondition.QueryString _,
              RuleCondition.SourceIp _ ->
              plain = false;
        }
      }
      return new Entry(place, conditions, plain, orAll(hosts), orAll(paths));
    }

    private static void add(List<Pattern> to, List<String> values, List<String> regexes) {
      values.forEach(value -> to.add(new Pattern(value.equals("/*") ? ALL : value, false)));
      regexes.forEach(regex -> to.add(new Pattern(regex, true)));
    }

    private static List<Pattern> orAll(List<Pattern> patterns) {
      return patterns.isEmpty() ? List.of(new Pattern(ALL, false)) : patterns;
    }

    boolean covers(Entry other) {
      return covers(hosts, other.hosts) && covers(paths, other.paths);
    }

    private static boolean covers(List<Pattern> wide, List<Pattern> narrow) {
      return narrow.stream().allMatch(n -> wide.stream().anyMatch(w -> w.covers(n)));
    }
  }

  /** The plain rules by host and path. */
  private final Map<List<String>, List<Entry>> entries = new HashMap<>();

  /** All others: they match every request of those that ask for the same, and of no others. */
  private final Map<List<RuleCondition>, List<Entry>> special = new HashMap<>();

  private final Set<Integer> suffixes = new TreeSet<>();
  private final Set<Integer> prefixes = new TreeSet<>();

  /** Adds a rule under a number by which it is found. */
  void add(int place, List<RuleCondition> conditions) {
    var entry = Entry.of(place, conditions);
    if (!entry.plain()) {
      special.computeIfAbsent(conditions, _ -> new ArrayList<>()).add(entry);
      return;
    }
    for (Pattern host : entry.hosts()) {
      if (host.isSuffix()) {
        suffixes.add(host.text().length() - 1);
      }
      for (Pattern path : entry.paths()) {
        if (path.isPrefix()) {
          prefixes.add(path.text().length() - 1);
        }
        var key = List.of(host.text(), path.text());
        entries.computeIfAbsent(key, _ -> new ArrayList<>()).add(entry);
      }
    }
  }

  /** The rules that match every request that these conditions match, in the order of numbers. */
  List<Integer> over(List<RuleCondition> conditions) {
    var narrow = Entry.of(0, conditions);
    return Stream.concat(
            near(narrow).filter(entry -> entry.covers(narrow)),
            special.getOrDefault(conditions, List.of()).stream())
        .map(Entry::place)
        .distinct()
        .sorted()
        .toList();
  }

  /** The plain rules with a host and a path like the first of these: no other one matches all. */
  Stream<Integer> near(List<RuleCondition> conditions) {
    return near(Entry.of(0, conditions)).map(Entry::place);
  }

  private Stream<Entry> near(Entry narrow) {
    var host = narrow.hosts().getFirst().text();
    var path = narrow.paths().getFirst().text();
    var hosts = new LinkedHashSet<>(List.of(ALL, host));
    suffixes.stream()
        .filter(length -> length <= host.length())
        .forEach(length -> hosts.add(ALL + host.substring(host.length() - length)));
    var paths = new LinkedHashSet<>(List.of(ALL, path));
    prefixes.stream()
        .filter(length -> length <= path.length())
        .forEach(length -> paths.add(path.substring(0, length) + ALL));
    return hosts.stream()
        .flatMap(h -> paths.stream().map(p -> List.of(h, p)))
        .flatMap(key -> entries.getOrDefault(key, List.of()).stream());
  }
}
