package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A step at which runs of LBC failed, with no good one later. A run stops at the first failure;
 * what does not need what failed is done here all the same, what is to be replaced is made first,
 * and what nobody wants any more is deleted.
 */
final class Unfinished {
  private static final String GROUP = "group ";

  private final JsonNode objects;
  private final ObjectNode wanted;
  private final ObjectNode got;
  private final Set<String> successors;
  private final Set<String> groups = new TreeSet<>();

  /**
   * @param objects what users want at that step
   * @param successors the parts of ours that took the place of others
   */
  Unfinished(
      JsonNode step, JsonNode objects, ObjectNode wanted, ObjectNode got, Set<String> successors) {
    this.objects = objects;
    this.wanted = wanted;
    this.got = got;
    this.successors = successors;
    Nodes.stream(step.path("runs"))
        .filter(Unfinished::failed)
        .map(run -> text(run, "reconcile"))
        .filter(name -> name.startsWith(GROUP))
        .forEach(name -> groups.add(name.substring(GROUP.length())));
  }

  /** Whether a run of the step failed, or tries a failed call again by itself. */
  static boolean is(JsonNode step) {
    return Nodes.stream(step.path("runs")).anyMatch(Unfinished::failed);
  }

  private static boolean failed(JsonNode run) {
    return run.has("error")
        || run.has("requeueAfter")
            && Nodes.stream(run.path("calls")).anyMatch(call -> call.has("failed"));
  }

  /**
   * Whether a part, {@code section/name}, only goes on where the run of its group stopped: it is
   * not there yet in LBC, or it replaces what LBC could not replace, or it is gone with its group,
   * or what lacks is the finalizer of a group of which nothing is left.
   */
  boolean goesOn(String part) {
    int slash = part.indexOf('/');
    var section = part.substring(0, slash);
    var name = part.substring(slash + 1);
    var here = wanted.path(section).path(name);
    var there = got.path(section).path(name);
    if (there.isMissingNode()) {
      return here.path("deleting").asBoolean() || group(here).filter(this::isUnwanted).isPresent();
    }
    boolean ofFailed = group(there).filter(groups::contains).isPresent();
    return ofFailed && (here.isMissingNode() || successors.contains(part))
        || section.equals("ingresses") && withoutLeftFinalizers(here).equals(there);
  }

  /** Whether the run of the group failed, and no Ingress is in it. */
  private boolean isUnwanted(String group) {
    return groups.contains(group)
        && Nodes.stream(objects)
            .filter(object -> text(object, "kind").equals("Ingress"))
            .map(object -> object.path("metadata"))
            .noneMatch(metadata -> groupOf(metadata).equals(group));
  }

  private static String groupOf(JsonNode metadata) {
    return Nodes.optional(metadata.path("annotations"), "alb.ingress.kubernetes.io/group.name")
        .orElse(text(metadata, "namespace") + "/" + text(metadata, "name"));
  }

  private JsonNode withoutLeftFinalizers(JsonNode ingress) {
    var plain = ingress.deepCopy();
    if (plain.path("finalizers") instanceof ArrayNode finalizers) {
      for (int n = finalizers.size() - 1; n >= 0; n--) {
        var finalizer = finalizers.get(n).asText();
        if (groups.stream().anyMatch(group -> finalizer.endsWith("/" + group) && isGone(group))) {
          finalizers.remove(n);
        }
      }
    }
    return plain;
  }

  private boolean isGone(String group) {
    for (var section : got) {
      for (var part : section) {
        if (group(part).filter(group::equals).isPresent()) {
          return false;
        }
      }
    }
    return true;
  }

  /** The group that tags, or the labels of a binding, name. */
  private static Optional<String> group(JsonNode part) {
    var labels = part.path("labels");
    return Nodes.optional(part.path("tags"), "ingress.k8s.aws/stack")
        .or(() -> Nodes.optional(labels, "ingress.k8s.aws/stack"))
        .or(() ->
            Nodes.optional(labels, "ingress.k8s.aws/stack-namespace")
                .map(space -> space + "/" + text(labels, "ingress.k8s.aws/stack-name")));
  }
}
