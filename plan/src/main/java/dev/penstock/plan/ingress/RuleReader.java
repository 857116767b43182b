package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.USE_REGEX_PATH_MATCH;

import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.Transform;
import dev.penstock.schemas.intent.IngressIntent.RuleIntent;
import dev.penstock.schemas.kubernetes.Ingress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns the paths of an Ingress into rules, in the order in which they match (LBC 4.7). */
final class RuleReader {
  private static final String EXACT = "Exact";
  private static final String PREFIX = "Prefix";
  private static final String FREE = "ImplementationSpecific";
  private static final String INVALID_RULE = "InvalidRule";

  private final MemberSource source;
  private final BackendReader backends;
  private final boolean regex;

  RuleReader(MemberSource source, BackendReader backends) {
    this.source = source;
    this.backends = backends;
    this.regex = source.annotations().bool(USE_REGEX_PATH_MATCH.key()).orElse(false);
  }

  List<RuleIntent> read() {
    var rules = new ArrayList<RuleIntent>();
    for (Ingress.Rule rule : source.ingress().rules()) {
      for (Ingress.Path path : ordered(rule.paths())) {
        rules.add(read(rule.host(), path));
      }
    }
    return List.copyOf(rules);
  }

  private List<Ingress.Path> ordered(List<Ingress.Path> paths) {
    var ordered = new ArrayList<Ingress.Path>();
    paths.stream().filter(p -> p.pathType().equals(EXACT)).forEach(ordered::add);
    paths.stream()
        .filter(p -> p.pathType().equals(PREFIX))
        .sorted(Comparator.comparingInt(p -> -bytes(p.path())))
        .forEach(ordered::add);
    paths.stream().filter(p -> p.pathType().equals(FREE)).forEach(ordered::add);
    paths.stream()
        .filter(p -> !List.of(EXACT, PREFIX, FREE).contains(p.pathType()))
        .forEach(
            p -> refuse("pathType \"" + p.pathType() + "\" of path " + p.path() + " is unknown"));
    return ordered;
  }

  private RuleIntent read(String host, Ingress.Path path) {
    var actions = backends.read(path.backend());
    var service = path.backend().service();
    List<RuleCondition> given =
        service.isPresent() ? ConditionReader.read(source, service.get().name()) : List.of();
    List<Transform> transforms =
        service.isPresent() ? TransformReader.read(source, service.get().name()) : List.of();
    var conditions = conditions(host, path, given);
    return new RuleIntent(
        RuleIdentity.of(conditions, transforms),
        host,
        path.path(),
        path.pathType(),
        conditions,
        actions,
        transforms);
  }

  private List<RuleCondition> conditions(
      String host, Ingress.Path path, List<RuleCondition> given) {
    var hosts = new ArrayList<String>();
    var hostRegexes = new ArrayList<String>();
    var paths = new ArrayList<String>();
    var pathRegexes = new ArrayList<String>();
    var conditions = new ArrayList<RuleCondition>();
    if (!host.isEmpty()) {
      hosts.add(host);
    }
    patterns(path, paths, pathRegexes);
    for (RuleCondition condition : given) {
      switch (condition) {
        case RuleCondition.HostHeader(var values, var regexes) -> {
          hosts.addAll(values);
          hostRegexes.addAll(regexes);
        }
        case RuleCondition.PathPattern(var values, var regexes) -> {
          paths.addAll(values);
          pathRegexes.addAll(regexes);
        }
        case RuleCondition.HttpHeader _,
            RuleCondition.HttpRequestMethod _,
            RuleCondition.QueryString _,
            RuleCondition.SourceIp _ ->
            conditions.add(condition);
      }
    }
    if (!hosts.isEmpty() || !hostRegexes.isEmpty()) {
      onlyOne("host", path, hosts, hostRegexes);
      conditions.add(new RuleCondition.HostHeader(List.copyOf(hosts), List.copyOf(hostRegexes)));
    }
    if (!paths.isEmpty() || !pathRegexes.isEmpty()) {
      onlyOne("path", path, paths, pathRegexes);
      conditions.add(new RuleCondition.PathPattern(List.copyOf(paths), List.copyOf(pathRegexes)));
    }
    if (conditions.isEmpty()) {
      conditions.add(new RuleCondition.PathPattern(List.of("/*"), List.of()));
    }
    return List.copyOf(conditions);
  }

  private void patterns(Ingress.Path path, List<String> paths, List<String> regexes) {
    var text = path.path();
    if (text.isEmpty()) {
      return;
    }
    boolean wild = text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    if (wild && !path.pathType().equals(FREE)) {
      refuse("path " + text + " of type " + path.pathType() + " must not hold * or ?");
    }
    switch (path.pathType()) {
      case PREFIX -> paths.addAll(prefix(text));
      case FREE -> {
        if (regex) {
          regexes.add(text.substring(1));
        } else {
          paths.add(text);
        }
      }
      default -> paths.add(text);
    }
  }

  private static List<String> prefix(String path) {
    if (path.equals("/")) {
      return List.of("/*");
    }
    var plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(plain, plain + "/*");
  }

  private void onlyOne(String what, Ingress.Path path, List<String> values, List<String> regexes) {
    if (!values.isEmpty() && !regexes.isEmpty()) {
      refuse(
          "path "
              + path.path()
              + ": its "
              + what
              + " condition has plain values "
              + values
              + " and regular expressions "
              + regexes
              + "; only one kind can be given");
    }
  }

  private void refuse(String message) {
    source.problems().error(INVALID_RULE, message);
  }

  private static int bytes(String path) {
    return path.getBytes(StandardCharsets.UTF_8).length;
  }
}
