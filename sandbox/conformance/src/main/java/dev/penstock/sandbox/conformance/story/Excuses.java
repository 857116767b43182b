package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may differ after a step, by rules of {@code plan/DIVERGENCES.md}. Each looks at both sides
 * and takes out what its rule alone decides.
 */
final class Excuses {
  /** A rule keeps its number, and LBC's tag of a rule is its number. */
  static final String STABLE_PRIORITIES = "stable-priorities";

  /** What we set and nobody wants any more is AWS's default again. */
  static final String UNSET = "unset";

  /** A replacement has its number behind LBC's id, in the tag that names it. */
  static final String MAKE_BEFORE_BREAK = "make-before-break";

  /** Tags that prove what a thing is are put back. */
  static final String IDENTITY_TAGS = "identity-tags";

  /** The shared security group is not made anew because one group follows another. */
  static final String BACKEND_GROUP_KEPT = "backend-group-kept";

  /** A load balancer that somebody else made is not used because it has the name of ours. */
  static final String FOREIGN_NAME = "foreign-name";

  /** What was made by hand with the tags of something of ours stands. */
  static final String COPIES = "copies";

  /** Targets that left by hand are registered again, though LBC's checkpoint is equal. */
  static final String EQUAL_CHECKPOINT = "equal-checkpoint";

  private static final String RESOURCE = "ingress.k8s.aws/resource";
  private static final List<String> IDENTITY =
      List.of(RESOURCE, "elbv2.k8s.aws/cluster", "ingress.k8s.aws/stack");

  private static final String SHARED = "elbv2.k8s.aws/resource";

  private final String objects;
  private final TreeSet<String> used = new TreeSet<>();
  private final TreeSet<String> successors = new TreeSet<>();

  /**
   * @param objects what the users of the step want, as text
   */
  Excuses(JsonNode objects) {
    this.objects = objects.toString();
  }

  Set<String> used() {
    return used;
  }

  /**
   * The load balancers and target groups that took the place of another, each {@code section/name}.
   */
  Set<String> successors() {
    return successors;
  }

  void apply(ObjectNode wanted, ObjectNode got) {
    for (var section : List.of("loadBalancers", "targetGroups")) {
      copies(wanted.path(section), got.path(section));
    }
    foreign(wanted, got.path("loadBalancers"));
    for (var name : names(wanted.path("loadBalancers"))) {
      var here = wanted.path("loadBalancers").path(name);
      var there = got.path("loadBalancers").path(name);
      unset(here, there);
      identity(here, there);
      successor("loadBalancers/" + name, here, there);
      for (var port : names(here.path("listeners"))) {
        var listener = here.path("listeners").path(port);
        var other = there.path("listeners").path(port);
        unset(listener, other);
        numbered(listener, other);
        rules(listener.path("rules"), other.path("rules"));
      }
    }
    for (var name : names(wanted.path("targetGroups"))) {
      var here = wanted.path("targetGroups").path(name);
      var there = got.path("targetGroups").path(name);
      unset(here, there);
      identity(here, there);
      successor("targetGroups/" + name, here, there);
    }
  }

  /** Where nobody asked for another thing than before, targets are what they were then. */
  void healed(ObjectNode before, ObjectNode wanted, ObjectNode got) {
    for (var name : names(wanted.path("targetGroups"))) {
      var stood = before.path("targetGroups").path(name).path("targets");
      var left = (ObjectNode) wanted.path("targetGroups").path(name);
      if (!stood.isMissingNode()
          && !stood.equals(left.path("targets"))
          && stood.equals(got.path("targetGroups").path(name).path("targets"))) {
        left.set("targets", stood);
        used.add(EQUAL_CHECKPOINT);
      }
    }
  }

  /** Our names of what stands in the place of another, and the names that LBC has there. */
  Map<String, String> aliases(JsonNode wanted, JsonNode got) {
    var aliases = new TreeMap<String, String>();
    for (var section : List.of("loadBalancers", "targetGroups")) {
      beside(wanted.path(section), got.path(section), aliases);
    }
    kept(wanted.path("securityGroups"), got.path("securityGroups"), aliases);
    return aliases;
  }

  /**
   * A shared group that stands here, by the name of the one that LBC made in its place. Its
   * description is that of whoever made it.
   */
  private void kept(JsonNode wanted, JsonNode got, Map<String, String> aliases) {
    for (var ours : names(got)) {
      var theirs = "sg/" + text(got.path(ours), "name");
      if (got.path(ours).path("tags").has(SHARED)
          && !wanted.has(ours)
          && wanted.has(theirs)
          && !got.has(theirs)) {
        ((ObjectNode) wanted.path(theirs)).remove("description");
        aliases.put("\"" + ours + "\"", "\"" + theirs + "\"");
        used.add(BACKEND_GROUP_KEPT);
      }
    }
  }

  /** What was made beside that which it replaces, by the name of the latter, which LBC keeps. */
  private void beside(JsonNode wanted, JsonNode got, Map<String, String> aliases) {
    for (var ours : names(got)) {
      var tag = resource(got.path(ours));
      int number = tag.indexOf('@');
      if (number > 0 && !wanted.has(ours)) {
        names(wanted).stream()
            .filter(theirs -> !got.has(theirs))
            .filter(theirs -> resource(wanted.path(theirs)).equals(tag.substring(0, number)))
            .findFirst()
            .ifPresent(theirs -> {
              aliases.put(plain(ours), plain(theirs));
              used.add(MAKE_BEFORE_BREAK);
            });
      }
    }
  }

  private static String plain(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private static String resource(JsonNode node) {
    return text(node.path("tags"), RESOURCE);
  }

  /** LBC deletes all but one of those that carry the same tags of identity. */
  private void copies(JsonNode wanted, JsonNode got) {
    for (var name : names(got)) {
      var mark = mark(got.path(name));
      if (!wanted.has(name)
          && mark.size() == IDENTITY.size()
          && names(got).stream()
              .filter(wanted::has)
              .anyMatch(other -> mark(got.path(other)).equals(mark))) {
        ((ObjectNode) got).remove(name);
        used.add(COPIES);
      }
    }
  }

  private static Map<String, String> mark(JsonNode part) {
    var mark = new TreeMap<String, String>();
    for (var tag : IDENTITY) {
      if (part.path("tags").has(tag)) {
        mark.put(tag, text(part.path("tags"), tag));
      }
    }
    return mark;
  }

  /** LBC builds on a load balancer without any tag of its own, and shows it to clients. */
  private void foreign(ObjectNode wanted, JsonNode got) {
    for (var name : names(wanted.path("loadBalancers"))) {
      var here = wanted.path("loadBalancers").path(name);
      if (here.has("listeners")
          && got.has(name)
          && !got.path(name).has("listeners")
          && mark(here).isEmpty()
          && mark(got.path(name)).isEmpty()) {
        ((ObjectNode) here).remove("listeners");
        for (var ingress : wanted.path("ingresses")) {
          if (ingress.path("loadBalancer").toString().contains("\"dns of " + name + "\"")) {
            ((ObjectNode) ingress).remove("loadBalancer");
          }
        }
        used.add(FOREIGN_NAME);
      }
    }
  }

  /** A tag of identity that LBC leaves lost, or that it makes things again for. */
  private void identity(JsonNode wanted, JsonNode got) {
    for (var tag : IDENTITY) {
      if (wanted.path("tags") instanceof ObjectNode tags
          && !tags.has(tag)
          && got.path("tags").has(tag)) {
        tags.set(tag, got.path("tags").get(tag));
        used.add(IDENTITY_TAGS);
      }
    }
  }

  private void successor(String part, JsonNode wanted, JsonNode got) {
    if (numbered(wanted, got)) {
      successors.add(part);
    }
  }

  private boolean numbered(JsonNode wanted, JsonNode got) {
    var ours = text(got.path("tags"), RESOURCE);
    var theirs = text(wanted.path("tags"), RESOURCE);
    if (got.path("tags") instanceof ObjectNode tags && ours.startsWith(theirs + "@")) {
      tags.put(RESOURCE, theirs);
      used.add(MAKE_BEFORE_BREAK);
      return true;
    }
    return false;
  }

  private void rules(JsonNode wanted, JsonNode got) {
    for (int n = 0; n < Math.min(wanted.size(), got.size()); n++) {
      var ours = got.get(n).path("tags");
      var theirs = wanted.get(n).path("tags");
      if (ours instanceof ObjectNode tags
          && theirs instanceof ObjectNode others
          && !text(tags, RESOURCE).isEmpty()
          && !text(tags, RESOURCE).equals(text(others, RESOURCE))
          && port(text(tags, RESOURCE)).equals(port(text(others, RESOURCE)))) {
        tags.set(RESOURCE, TextNode.valueOf(text(others, RESOURCE)));
        used.add(STABLE_PRIORITIES);
      }
      stickiness(wanted.get(n).path("actions"), got.get(n).path("actions"));
    }
  }

  /** The port of a rule's tag, which its number follows. */
  private static String port(String tag) {
    return tag.substring(0, tag.indexOf(':') + 1);
  }

  private void stickiness(JsonNode wanted, JsonNode got) {
    for (int n = 0; n < Math.min(wanted.size(), got.size()); n++) {
      if (wanted.get(n).has("stickiness")
          && !got.get(n).has("stickiness")
          && !objects.contains("tickinessConfig")) {
        ((ObjectNode) wanted.get(n)).remove("stickiness");
        used.add(UNSET);
      }
    }
  }

  private void unset(JsonNode wanted, JsonNode got) {
    if (wanted.path("attributes") instanceof ObjectNode attributes) {
      for (var key : names(attributes)) {
        if (!got.path("attributes").has(key) && !objects.contains(key)) {
          attributes.remove(key);
          used.add(UNSET);
        }
      }
      if (attributes.isEmpty()) {
        ((ObjectNode) wanted).remove("attributes");
      }
    }
  }

  private static List<String> names(JsonNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
