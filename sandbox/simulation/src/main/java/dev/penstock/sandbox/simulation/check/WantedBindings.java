package dev.penstock.sandbox.simulation.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The target groups that TargetGroupBindings of people name (LBC 3.2). Of several onto one group
 * who fills it stands and the others wait, unless they share it.
 */
final class WantedBindings {
  private static final String FINALIZER = "elbv2.k8s.aws/resources";

  private final Evidence evidence;
  private final List<ClusterEyes> clusters;

  /** A binding, and how its group differs from what it wants there. */
  private record Bound(JsonNode binding, Optional<String> difference) {
    /** Whether the group is the other's, who has in it what he wants. */
    boolean waitsFor(Bound other) {
      return group(binding).equals(group(other.binding))
          && !(shares(binding) && shares(other.binding))
          && fills(other.binding)
          && other.difference.isEmpty();
    }
  }

  WantedBindings(Evidence evidence, List<ClusterEyes> clusters) {
    this.evidence = evidence;
    this.clusters = clusters;
  }

  void compare(List<String> differences) {
    var all = clusters.stream().flatMap(this::bound).toList();
    for (var one : all) {
      one.difference()
          .filter(_ -> all.stream().noneMatch(one::waitsFor))
          .ifPresent(why ->
              differences.add("TargetGroupBinding " + Tree.name(one.binding()) + ": " + why));
    }
  }

  private Stream<Bound> bound(ClusterEyes cluster) {
    var estate = evidence.home(cluster);
    return cluster.all(ClusterEyes.BINDINGS).stream()
        .filter(binding -> isOfPeople(binding) && estate.targetGroups().has(group(binding)))
        .map(binding -> new Bound(binding, difference(cluster, estate, binding)));
  }

  private static boolean isOfPeople(JsonNode binding) {
    return !Tree.deleting(binding)
        && Tree.texts(binding, "metadata", "labels").keySet().stream()
            .noneMatch(label -> label.startsWith("ingress.k8s.aws/"));
  }

  private static String group(JsonNode binding) {
    return Tree.text(binding, "spec", "targetGroupARN");
  }

  private static boolean shares(JsonNode binding) {
    return Tree.text(binding, "spec", "multiClusterTargetGroup").equals("true");
  }

  /** Who fills a group has the finalizer first; who waits for it is not given one. */
  private static boolean fills(JsonNode binding) {
    return Tree.items(binding, "metadata", "finalizers").stream()
        .anyMatch(finalizer -> finalizer.asText().equals(FINALIZER));
  }

  private static Optional<String> difference(ClusterEyes cluster, Estate estate, JsonNode binding) {
    var arn = group(binding);
    var type = estate.targetGroups().find(arn).orElseThrow().model().targetTypeAsString();
    var asked = Tree.text(binding, "spec", "targetType");
    var service =
        cluster.find(
            ClusterEyes.SERVICES,
            Tree.namespace(binding),
            Tree.text(binding, "spec", "serviceRef", "name"));
    if (service.isEmpty() || !asked.isEmpty() && !asked.equals(type)) {
      return Optional.empty();
    }
    var port = Tree.text(binding, "spec", "serviceRef", "port");
    var endpoints = Endpoints.of(cluster, service.get(), port, type.equals("ip"));
    var may = new TreeSet<>(endpoints.may());
    if (shares(binding)) {
      may.addAll(registered(estate, Set.of(arn)));
    }
    return difference(estate, Set.of(arn), endpoints.must(), may);
  }

  /** How what is registered in the groups differs from what must or may be. */
  static Optional<String> difference(
      Estate estate, Set<String> groups, Set<String> must, Set<String> may) {
    var registered = registered(estate, groups);
    var missing = new TreeSet<>(must);
    missing.removeAll(registered);
    var more = new TreeSet<>(registered);
    more.removeAll(must);
    more.removeAll(may);
    return missing.isEmpty() && more.isEmpty()
        ? Optional.empty()
        : Optional.of("targets are missing: " + missing + ", and too many: " + more);
  }

  private static Set<String> registered(Estate estate, Set<String> groups) {
    var registered = new TreeSet<String>();
    for (var group : groups) {
      estate
          .registered(group)
          .forEach(row -> registered.add(row.model().id() + ":" + row.model().port()));
    }
    return registered;
  }
}
