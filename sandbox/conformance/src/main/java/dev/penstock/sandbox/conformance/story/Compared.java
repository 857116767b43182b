package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Difference;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is wanted after a step and what is there, load balancers before all else.
 *
 * @param rules those of {@code plan/DIVERGENCES.md} whose differences both sides are without
 * @param successors parts of ours that took the place of others, each {@code section/name}
 * @param originals the names that parts of ours have, by those that they are compared under
 */
record Compared(
    ObjectNode wanted,
    ObjectNode got,
    Set<String> rules,
    Set<String> successors,
    Map<String, String> originals) {
  private static final List<String> SECTIONS =
      List.of("loadBalancers", "securityGroups", "targetGroups", "bindings", "ingresses");

  /** How one part of both sides differs, by path. */
  private interface Differences {
    Map<String, Difference> of(String path, JsonNode wanted, JsonNode got);
  }

  /** Both sides as they are, whatever the rules are. */
  static Compared plain(ObjectNode wanted, ObjectNode got) {
    return new Compared(wanted, got, Set.of(), Set.of(), Map.of());
  }

  /** The same, by one rule more. */
  Compared and(String rule) {
    var more = new TreeSet<>(rules);
    more.add(rule);
    return new Compared(wanted, got, more, successors, originals);
  }

  boolean isEqual() {
    return parts().isEmpty();
  }

  Optional<Difference> first() {
    return parts().values().stream().findFirst();
  }

  /** The first difference of each part that differs, by {@code section/name}. */
  Map<String, Difference> parts() {
    return each(Compared::firstOf);
  }

  /** Each value that differs, by its path. */
  Map<String, Difference> leaves() {
    return each(Leaves::differing);
  }

  private Map<String, Difference> each(Differences differences) {
    var all = new LinkedHashMap<String, Difference>();
    for (var section : SECTIONS) {
      for (var name : Nodes.names(wanted.path(section), got.path(section))) {
        var bare = StoryNames.bare(name);
        var kind = name.substring(0, name.length() - bare.length());
        var path = section + "/" + kind + originals.getOrDefault(bare, bare);
        all.putAll(
            differences.of(path, wanted.path(section).path(name), got.path(section).path(name)));
      }
    }
    return all;
  }

  private static Map<String, Difference> firstOf(String path, JsonNode wanted, JsonNode got) {
    return Difference.first(path, wanted, got).map(it -> Map.of(path, it)).orElse(Map.of());
  }
}
