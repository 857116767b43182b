package dev.penstock.plan.ingress;

import dev.penstock.plan.ClusterView;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.settings.RestrictedGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may join an IngressGroup that the scope's settings restrict: whom any entry for its name
 * allows. A group that no entry names is open to all.
 */
final class GroupAccess {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][-_.A-Za-z0-9]*\\*?|\\*");

  private GroupAccess() {}

  /** Why an Ingress of the namespace may not join, if it may not. */
  static Optional<Problem> refusal(ClusterView view, String group, String namespace) {
    var cluster = view.registration().cluster();
    var entries =
        view.settings().restrictedGroups().stream()
            .filter(entry -> matches(entry.group(), group))
            .toList();
    if (entries.isEmpty() || entries.stream().anyMatch(e -> allows(e, cluster, namespace))) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            "GroupRestricted",
            """
            group "%s" is not open to namespace "%s" of cluster "%s", only to %s; an operator can \
            change that by restrictedGroups in the settings of scope %s (penstock configure)\
            """
                .formatted(
                    group,
                    namespace,
                    cluster,
                    entries.stream().map(GroupAccess::words).collect(Collectors.joining("; ")),
                    view.registration().home())));
  }

  private static boolean allows(RestrictedGroup entry, String cluster, String namespace) {
    return any(entry.namespaces(), namespace)
        && (entry.clusters().isEmpty() || any(entry.clusters(), cluster));
  }

  private static String words(RestrictedGroup entry) {
    var namespaces = String.join(", ", entry.namespaces());
    return entry.clusters().isEmpty()
        ? namespaces
        : namespaces + " (in clusters " + String.join(", ", entry.clusters()) + ")";
  }

  private static boolean any(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  /** What is wrong with the setting {@code restrictedGroups}. */
  static List<Problem> problems(List<RestrictedGroup> restricted) {
    var problems = new ArrayList<Problem>();
    for (var i = 0; i < restricted.size(); i++) {
      var entry = restricted.get(i);
      var path = "restrictedGroups[" + i + "].";
      named(path + "group", entry.group()).ifPresent(problems::add);
      if (entry.namespaces().isEmpty()) {
        problems.add(
            new Problem(
                SettingsRules.INVALID,
                path + "namespaces must name at least one namespace that may join"));
      }
      entry.namespaces().forEach(name -> named(path + "namespaces", name).ifPresent(problems::add));
      entry.clusters().forEach(name -> named(path + "clusters", name).ifPresent(problems::add));
    }
    return problems;
  }

  private static Optional<Problem> named(String path, String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                SettingsRules.INVALID,
                path
                    + ": \""
                    + name
                    + "\" must be a name, or the beginning of names with * at its end"));
  }
}
