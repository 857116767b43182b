package dev.penstock.sandbox.simulation.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The target groups that TargetGroupBindings of people name (LBC 3.2). */
final class WantedBindings {
  private final ClusterEyes cluster;
  private final Estate estate;

  WantedBindings(ClusterEyes cluster, Estate estate) {
    this.cluster = cluster;
    this.estate = estate;
  }

  void compare(List<String> differences) {
    for (var binding : cluster.all(ClusterEyes.BINDINGS)) {
      var arn = Tree.text(binding, "spec", "targetGroupARN");
      var service =
          cluster.find(
              ClusterEyes.SERVICES,
              Tree.namespace(binding),
              Tree.text(binding, "spec", "serviceRef", "name"));
      if (isOfPeople(binding) && estate.targetGroups().has(arn) && service.isPresent()) {
        compare(binding, arn, service.get(), differences);
      }
    }
  }

  private static boolean isOfPeople(JsonNode binding) {
    return !Tree.deleting(binding)
        && Tree.texts(binding, "metadata", "labels").keySet().stream()
            .noneMatch(label -> label.startsWith("ingress.k8s.aws/"));
  }

  private void compare(JsonNode binding, String arn, JsonNode service, List<String> differences) {
    var type = estate.targetGroups().find(arn).orElseThrow().model().targetTypeAsString();
    var asked = Tree.text(binding, "spec", "targetType");
    if (!asked.isEmpty() && !asked.equals(type)) {
      return;
    }
    var port = Tree.text(binding, "spec", "serviceRef", "port");
    var endpoints = Endpoints.of(cluster, service, port, type.equals("ip"));
    var may = new TreeSet<>(endpoints.may());
    if (Tree.text(binding, "spec", "multiClusterTargetGroup").equals("true")) {
      may.addAll(registered(estate, Set.of(arn)));
    }
    difference(estate, Set.of(arn), endpoints.must(), may)
        .ifPresent(why -> differences.add("TargetGroupBinding " + Tree.name(binding) + ": " + why));
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
