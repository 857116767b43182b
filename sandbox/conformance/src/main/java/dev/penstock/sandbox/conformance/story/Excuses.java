package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.schemas.key.ResourceIds;
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

  private static final String LOAD_BALANCERS = "loadBalancers";
  private static final String TARGET_GROUPS = "targetGroups";
  private static final String PRIORITY = "priority";
  private static final String RESOURCE = "ingress.k8s.aws/resource";
  private static final String STACK = "ingress.k8s.aws/stack";

  /** The tags that prove what a thing is. */
  static final List<String> IDENTITY = List.of(RESOURCE, "elbv2.k8s.aws/cluster", STACK);

  private static final String SHARED = "elbv2.k8s.aws/resource";

  private final Past past;
  private final boolean stuck;
  private final String objects;
  private final TreeSet<String> used = new TreeSet<>();
  private final TreeSet<String> successors = new TreeSet<>();
  private final TreeSet<String> balancers = new TreeSet<>();

  /**
   * @param stuck whether LBC did not bring the step to its end
   * @param objects what the users of the step want
   */
  Excuses(Past past, boolean stuck, JsonNode objects) {
    this.past = past;
    this.stuck = stuck;
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
    for (var section : List.of(LOAD_BALANCERS, TARGET_GROUPS)) {
      copies(wanted.path(section), got.path(section));
    }
    foreign(wanted, got.path(LOAD_BALANCERS));
    for (var name : Nodes.names(wanted.path(LOAD_BALANCERS))) {
      var here = wanted.path(LOAD_BALANCERS).path(name);
      var there = got.path(LOAD_BALANCERS).path(name);
      part(LOAD_BALANCERS, name, here, there);
      for (var port : Nodes.names(here.path("listeners"))) {
        var listener = here.path("listeners").path(port);
        var other = there.path("listeners").path(port);
        unset(listener, other);
        if (successors.contains(LOAD_BALANCERS + "/" + name)) {
          numbered(listener, other);
        }
        rules(listener, other, stood(name, port, listener));
      }
    }
    for (var name : Nodes.names(wanted.path(TARGET_GROUPS))) {
      var here = wanted.path(TARGET_GROUPS).path(name);
      part(TARGET_GROUPS, name, here, got.path(TARGET_GROUPS).path(name));
    }
  }

  private void part(String section, String name, JsonNode wanted, JsonNode got) {
    unset(wanted, got);
    identity(section, name, wanted, got);
    if (isReplaced(section, name, wanted) && numbered(wanted, got)) {
      successors.add(section + "/" + name);
    }
  }

  /**
   * Whether LBC replaced something by what it has there, or should have but is stuck. A target
   * group serves one load balancer only: with that it is replaced as well.
   */
  private boolean isReplaced(String section, String name, JsonNode wanted) {
    return stuck || isAnother(section, name, wanted) || isOfAnother(section, wanted);
  }

  private boolean isAnother(String section, String name, JsonNode wanted) {
    var tags = new TreeMap<>(mark(wanted));
    tags.keySet().retainAll(List.of(STACK, RESOURCE));
    return tags.size() > 1
        && past.names(section, tags).stream().anyMatch(other -> !other.equals(name));
  }

  /** Whether it is a target group of a stack whose load balancer took the place of another. */
  private boolean isOfAnother(String section, JsonNode wanted) {
    var stack = text(wanted.path("tags"), STACK);
    return section.equals(TARGET_GROUPS)
        && !stack.isEmpty()
        && past.names(LOAD_BALANCERS, Map.of(STACK, stack)).stream()
            .anyMatch(other -> !balancers.contains(other));
  }

  /** Whether the listener that LBC has there is not one that this step made. */
  private boolean stood(String name, String port, JsonNode wanted) {
    return past.of(LOAD_BALANCERS, name)
        .map(balancer -> balancer.path("listeners").path(port))
        .anyMatch(listener -> text(listener, "listener").equals(text(wanted, "listener")));
  }

  /** Where nobody asked for another thing than before, targets are what they were then. */
  void healed(ObjectNode before, ObjectNode wanted, ObjectNode got) {
    for (var name : Nodes.names(wanted.path(TARGET_GROUPS))) {
      var stood = before.path(TARGET_GROUPS).path(name).path("targets");
      var left = (ObjectNode) wanted.path(TARGET_GROUPS).path(name);
      if (!stood.isMissingNode()
          && !stood.equals(left.path("targets"))
          && stood.equals(got.path(TARGET_GROUPS).path(name).path("targets"))) {
        left.set("targets", stood);
        used.add(EQUAL_CHECKPOINT);
      }
    }
  }

  /** Our names of what stands in the place of another, and the names that LBC has there. */
  Map<String, String> aliases(JsonNode wanted, JsonNode got) {
    var aliases = new TreeMap<String, String>();
    balancers.addAll(Nodes.names(wanted.path(LOAD_BALANCERS)));
    for (var section : List.of(LOAD_BALANCERS, TARGET_GROUPS)) {
      beside(section, wanted.path(section), got.path(section), aliases);
    }
    kept(wanted.path("securityGroups"), got.path("securityGroups"), aliases);
    return aliases;
  }

  /**
   * A shared group that stands here, by the name of the one that LBC made in its place. Its
   * description is that of whoever made it.
   */
  private void kept(JsonNode wanted, JsonNode got, Map<String, String> aliases) {
    for (var ours : Nodes.names(got)) {
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

  /**
   * What was made beside that which it replaces, by the name of the latter, which LBC uses again.
   */
  private void beside(String section, JsonNode wanted, JsonNode got, Map<String, String> aliases) {
    for (var ours : Nodes.names(got)) {
      var tag = resource(got.path(ours));
      if (ResourceIds.successor(tag) > 0 && !wanted.has(ours)) {
        Nodes.names(wanted).stream()
            .filter(theirs -> !got.has(theirs))
            .filter(theirs -> resource(wanted.path(theirs)).equals(ResourceIds.plain(tag)))
            .filter(theirs -> isReplaced(section, theirs, wanted.path(theirs)))
            .filter(theirs -> isTaken(section, theirs, wanted.path(theirs)))
            .findFirst()
            .ifPresent(theirs -> {
              aliases.put(StoryNames.bare(ours), StoryNames.bare(theirs));
              used.add(MAKE_BEFORE_BREAK);
            });
      }
    }
  }

  /** Whether what is replaced has the name already that LBC gave again. */
  private boolean isTaken(String section, String name, JsonNode wanted) {
    return isOfAnother(section, wanted)
        || past.names(section, mark(wanted)).stream()
            .anyMatch(other -> StoryNames.first(other).equals(StoryNames.first(name)));
  }

  private static String resource(JsonNode node) {
    return text(node.path("tags"), RESOURCE);
  }

  /** LBC deletes all but one of those that carry the same tags of identity. */
  private void copies(JsonNode wanted, JsonNode got) {
    for (var name : Nodes.names(got)) {
      var mark = mark(got.path(name));
      if (!wanted.has(name)
          && past.isHandMade(name)
          && mark.size() == IDENTITY.size()
          && Nodes.names(got).stream()
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
    for (var name : Nodes.names(wanted.path(LOAD_BALANCERS))) {
      var here = wanted.path(LOAD_BALANCERS).path(name);
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
  private void identity(String section, String name, JsonNode wanted, JsonNode got) {
    for (var tag : IDENTITY) {
      if (wanted.path("tags") instanceof ObjectNode tags
          && !tags.has(tag)
          && got.path("tags").has(tag)
          && past.of(section, name)
              .anyMatch(it -> it.path("tags").path(tag).equals(got.path("tags").get(tag)))) {
        tags.set(tag, got.path("tags").get(tag));
        used.add(IDENTITY_TAGS);
      }
    }
  }

  private boolean numbered(JsonNode wanted, JsonNode got) {
    var ours = resource(got);
    var theirs = resource(wanted);
    if (got.path("tags") instanceof ObjectNode tags
        && ResourceIds.successor(ours) > 0
        && ResourceIds.plain(ours).equals(theirs)) {
      tags.put(RESOURCE, theirs);
      used.add(MAKE_BEFORE_BREAK);
      return true;
    }
    return false;
  }

  /** Rules of a listener that stood keep their numbers; a rule's tag is its port and its number. */
  private void rules(JsonNode wanted, JsonNode got, boolean stood) {
    var theirs = wanted.path("rules");
    var ours = got.path("rules");
    for (int n = 0; n < Math.min(theirs.size(), ours.size()); n++) {
      var here = (ObjectNode) theirs.get(n);
      var there = ours.get(n);
      var number = text(there, PRIORITY);
      if (stood && !number.equals(text(here, PRIORITY))) {
        here.set(PRIORITY, there.path(PRIORITY));
        if (here.path("tags") instanceof ObjectNode tags && tags.has(RESOURCE)) {
          tags.put(RESOURCE, port(resource(here)) + number);
        }
        used.add(STABLE_PRIORITIES);
      }
      stickiness(here.path("actions"), there.path("actions"));
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
          && past.saidMoreOften(objects, "tickinessConfig")) {
        ((ObjectNode) wanted.get(n)).remove("stickiness");
        used.add(UNSET);
      }
    }
  }

  private void unset(JsonNode wanted, JsonNode got) {
    if (wanted.path("attributes") instanceof ObjectNode attributes) {
      for (var key : Nodes.names(attributes)) {
        if (!got.path("attributes").has(key) && isTakenBack(key, text(attributes, key))) {
          attributes.remove(key);
          used.add(UNSET);
        }
      }
      if (attributes.isEmpty()) {
        ((ObjectNode) wanted).remove("attributes");
      }
    }
  }

  /** Whether users set the attribute to the value, and fewer of them do now. */
  private boolean isTakenBack(String key, String value) {
    return past.saidMoreOften(
        objects, key + "=" + value, "{\"key\":\"" + key + "\",\"value\":\"" + value + "\"}");
  }
}
