package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The next step of a rolling update: one ReplicaSet's new size, or none. Source: Kubernetes
 * documentation, Deployments, max surge and max unavailable.
 */
record RollingUpdate(int desired, int maxSurge, int maxUnavailable) {

  /** One ReplicaSet gets another size. */
  record Step(ObjectNode set, int replicas) {}

  static RollingUpdate of(JsonNode deployment) {
    int desired = Tree.at(deployment, "spec", "replicas").asInt();
    var rolling = Tree.at(deployment, "spec", "strategy", "rollingUpdate");
    int surge = share(rolling.path("maxSurge"), desired, true);
    int unavailable = share(rolling.path("maxUnavailable"), desired, false);
    boolean stuck = surge == 0 && unavailable == 0;
    return new RollingUpdate(desired, surge, stuck ? 1 : Math.min(unavailable, desired));
  }

  private static int share(JsonNode value, int of, boolean up) {
    var text = value.asText("0");
    if (!text.endsWith("%")) {
      return Integer.parseInt(text);
    }
    double part = Integer.parseInt(text.substring(0, text.length() - 1)) * of / 100.0;
    return (int) (up ? Math.ceil(part) : Math.floor(part));
  }

  Optional<Step> next(ObjectNode fresh, List<ObjectNode> old) {
    return growFresh(fresh, old).or(() -> shrinkOld(fresh, old));
  }

  private Optional<Step> growFresh(ObjectNode fresh, List<ObjectNode> old) {
    int now = replicas(fresh);
    if (now > desired) {
      return Optional.of(new Step(fresh, desired));
    }
    int total = now + old.stream().mapToInt(RollingUpdate::replicas).sum();
    int room = Math.min(desired + maxSurge - total, desired - now);
    return room > 0 ? Optional.of(new Step(fresh, now + room)) : Optional.empty();
  }

  private Optional<Step> shrinkOld(ObjectNode fresh, List<ObjectNode> old) {
    int total = replicas(fresh) + old.stream().mapToInt(RollingUpdate::replicas).sum();
    int unready = replicas(fresh) - available(fresh);
    int room = total - (desired - maxUnavailable) - unready;
    if (room <= 0) {
      return Optional.empty();
    }
    var oldest =
        old.stream()
            .filter(s -> replicas(s) > 0)
            .sorted(Comparator.comparing(s -> Tree.text(s, "metadata", "creationTimestamp")))
            .toList();
    for (var set : oldest) {
      int broken = replicas(set) - available(set);
      if (broken > 0) {
        return Optional.of(new Step(set, replicas(set) - Math.min(room, broken)));
      }
    }
    int spare =
        available(fresh)
            + oldest.stream().mapToInt(RollingUpdate::available).sum()
            - (desired - maxUnavailable);
    return oldest.stream()
        .findFirst()
        .filter(_ -> spare > 0)
        .map(s -> new Step(s, replicas(s) - Math.min(spare, replicas(s))));
  }

  static int replicas(JsonNode set) {
    return Tree.at(set, "spec", "replicas").asInt();
  }

  static int available(JsonNode set) {
    return Tree.at(set, "status", "availableReplicas").asInt();
  }
}
