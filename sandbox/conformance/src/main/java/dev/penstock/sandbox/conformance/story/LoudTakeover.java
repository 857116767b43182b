package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.conformance.Difference;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.conformance.story.AdoptionCase.Outcome;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.preview.ClusterPlan.Change;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;

/**
 * Why a take-over is not quiet, by rules of {@code plan/DIVERGENCES.md}. Each rule must show in
 * what LBC left; it says why of what it decides, and of the Event by which owners are told.
 */
final class LoudTakeover {
  private static final String SHIELD_SUBSCRIPTION = "shield-subscription";
  private static final String SHIELD = ResourceKind.PROTECTION.text() + " " + Guard.SHIELD.text();
  private static final String TARGETS = "targets";

  /** What is made, and what waits for it. */
  private static final Set<VerdictKind> MAKES = EnumSet.of(VerdictKind.CREATE, VerdictKind.BLOCKED);

  private final boolean subscribed;
  private final Set<String> strangers;
  private final List<Set<String>> lostTargets;

  LoudTakeover(JsonNode content, int step) {
    var left = new Left(content, step);
    this.subscribed = text(content.path("aws"), "shieldSubscription").equals("ACTIVE");
    this.strangers = strangers(left);
    this.lostTargets = lostTargets(left, content, step);
  }

  /** The rules that say why of everything that is planned, written or different; none: not all. */
  Set<String> rules(Outcome outcome) {
    boolean restIsQuiet =
        outcome.built().isEmpty()
            && outcome.shadowed().isEmpty()
            && outcome.plan().held().isEmpty()
            && outcome.plan().unknown().isEmpty()
            && outcome.released().isEmpty();
    var why =
        Stream.of(
                outcome.plan().changes().stream().map(this::planned),
                outcome.managed().stream().filter(write -> !isEvent(write)).map(this::written),
                outcome.left().stream().map(this::different))
            .flatMap(rules -> rules)
            .toList();
    return restIsQuiet && why.stream().allMatch(Optional::isPresent)
        ? why.stream().flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new))
        : Set.of();
  }

  private Optional<String> planned(Change change) {
    if (change.resource().equals(SHIELD) && !subscribed) {
      return Optional.of(SHIELD_SUBSCRIPTION);
    }
    if (change.action().equals("register") && !lostTargets.isEmpty()) {
      return Optional.of(Excuses.EQUAL_CHECKPOINT);
    }
    return MAKES.contains(change.verdict()) && !strangers.isEmpty()
        ? Optional.of(Excuses.FOREIGN_NAME)
        : Optional.empty();
  }

  /** Whether an owner is told something by it. */
  static boolean isEvent(StoryWrite write) {
    return write instanceof StoryWrite.ToCluster(StoreChange change)
        && change.key().resource().equals("events");
  }

  private Optional<String> written(StoryWrite write) {
    return switch (write) {
      case StoryWrite.ToAws(_, SdkRequest request) -> called(request);
      case StoryWrite.ToCluster _ -> Optional.empty();
    };
  }

  private Optional<String> called(SdkRequest request) {
    return switch (request) {
      case CreateLoadBalancerRequest create when strangers.contains(create.name()) ->
          Optional.of(Excuses.FOREIGN_NAME);
      case CreateTargetGroupRequest create when strangers.contains(create.name()) ->
          Optional.of(Excuses.FOREIGN_NAME);
      case RegisterTargetsRequest register when lostTargets.contains(targets(register)) ->
          Optional.of(Excuses.EQUAL_CHECKPOINT);
      default -> Optional.empty();
    };
  }

  private static Set<String> targets(RegisterTargetsRequest request) {
    return request.targets().stream()
        .map(target -> target.id() + ":" + target.port())
        .collect(Collectors.toSet());
  }

  /** Targets that are registered again stay. */
  private Optional<String> different(Difference difference) {
    return difference.path().endsWith("/" + TARGETS)
            && difference.wanted().isMissingNode()
            && lostTargets.contains(Set.copyOf(Nodes.texts(difference.got())))
        ? Optional.of(Excuses.EQUAL_CHECKPOINT)
        : Optional.empty();
  }

  /** Names of what LBC uses although a tag of identity is not there. */
  private static Set<String> strangers(Left left) {
    return Stream.of("loadBalancers", "targetGroups")
        .flatMap(section -> left.after().path(section).properties().stream())
        .filter(part -> !Excuses.IDENTITY.stream().allMatch(part.getValue().path("tags")::has))
        .map(part -> StoryNames.first(StoryNames.bare(part.getKey())))
        .collect(Collectors.toSet());
  }

  /** The targets that groups without any had after an earlier step. */
  private static List<Set<String>> lostTargets(Left left, JsonNode content, int step) {
    return left.after().path("targetGroups").properties().stream()
        .filter(group -> group.getValue().path(TARGETS).isEmpty())
        .flatMap(group ->
            IntStream.range(0, step)
                .mapToObj(n -> new Left(content, n).after().path("targetGroups"))
                .map(groups -> Set.copyOf(Nodes.texts(groups.path(group.getKey()).path(TARGETS)))))
        .filter(targets -> !targets.isEmpty())
        .toList();
  }
}
