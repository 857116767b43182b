package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.conformance.story.AdoptionCase.Outcome;
import dev.penstock.streams.preview.ClusterPlan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a take-over is not quiet, by rules of {@code plan/DIVERGENCES.md}. Each rule must show in
 * what LBC left; it says why of what it decides, and of the Event by which owners are told.
 */
final class LoudTakeover {
  private static final List<String> IDENTITY =
      List.of("ingress.k8s.aws/resource", "elbv2.k8s.aws/cluster", "ingress.k8s.aws/stack");
  private static final String EVENT = "write to events/";

  private final JsonNode content;
  private final Left left;
  private final int step;
  private final TreeSet<String> used = new TreeSet<>();

  LoudTakeover(JsonNode content, int step) {
    this.content = content;
    this.left = new Left(content, step);
    this.step = step;
  }

  /** The rules that say why of everything that is planned, written or different; none: not all. */
  Set<String> rules(Outcome outcome) {
    boolean named =
        outcome.built().isEmpty()
            && outcome.shadowed().isEmpty()
            && outcome.plan().held().isEmpty()
            && outcome.plan().unknown().isEmpty()
            && outcome.plan().changes().stream().allMatch(this::isPlanned)
            && outcome.managed().stream().allMatch(this::isWritten)
            && outcome.released().stream().allMatch(this::isLeft);
    return named ? used : Set.of();
  }

  private boolean isPlanned(Change change) {
    var resource = change.resource();
    if (resource.equals("Protection shield") && !hasShield()) {
      used.add("shield-subscription");
      return true;
    }
    if (change.action().equals("register") && !lostTargets().isEmpty()) {
      used.add(Excuses.EQUAL_CHECKPOINT);
      return true;
    }
    boolean waits =
        change.sentence().equals("does not exist") || change.sentence().startsWith("waits for ");
    if (waits && !strangers().isEmpty()) {
      used.add(Excuses.FOREIGN_NAME);
      return true;
    }
    return false;
  }

  private boolean isWritten(String write) {
    return write.startsWith(EVENT)
        || isRegistration(write)
        || (write.contains(":CreateLoadBalancer ") || write.contains(":CreateTargetGroup "))
            && strangers().stream().anyMatch(name -> write.contains("(Name=" + name + ","));
  }

  private boolean isRegistration(String write) {
    return write.contains(":RegisterTargets ")
        && lostTargets().stream().anyMatch(targets -> isOf(write, targets));
  }

  private static boolean isOf(String write, List<String> targets) {
    var named =
        Pattern.compile("TargetDescription\\(Id=([^,]+), Port=(\\d+)\\)")
            .matcher(write)
            .results()
            .map(found -> found.group(1) + ":" + found.group(2))
            .toList();
    return Set.copyOf(named).equals(Set.copyOf(targets));
  }

  /** Targets that are registered again stay. */
  private boolean isLeft(String difference) {
    return difference.contains("/targets: wanted nothing, got ")
        && lostTargets().stream()
            .anyMatch(targets -> targets.stream().allMatch(difference::contains));
  }

  private boolean hasShield() {
    return text(content.path("aws"), "shieldSubscription").equals("ACTIVE");
  }

  /** Names of what LBC uses although a tag of identity is not there. */
  private List<String> strangers() {
    return Stream.of("loadBalancers", "targetGroups")
        .flatMap(section -> left.after().path(section).properties().stream())
        .filter(part -> !IDENTITY.stream().allMatch(part.getValue().path("tags")::has))
        .map(part -> Past.first(part.getKey().substring(part.getKey().indexOf('/') + 1)))
        .toList();
  }

  /** The targets that groups without any had after an earlier step. */
  private List<List<String>> lostTargets() {
    var lost = new ArrayList<List<String>>();
    for (var group : left.after().path("targetGroups").properties()) {
      for (int n = 0; n < step && group.getValue().path("targets").isEmpty(); n++) {
        var before = new Left(content, n).after().path("targetGroups").path(group.getKey());
        if (!before.path("targets").isEmpty()) {
          lost.add(Nodes.texts(before.path("targets")));
        }
      }
    }
    return lost;
  }
}
