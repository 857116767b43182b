package dev.penstock.plan.ingress;

import dev.penstock.plan.StackPlan;
import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.StackPlan.HostClaim;
import dev.penstock.plan.StackPlan.MemberStatus;
import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.names.StackTags;
import dev.penstock.plan.network.Choice;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.settings.ControllerSettings;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.StackRow.MemberProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A stack plan that is being written; the builders of one stack share it. */
final class StackDraft {
  final StackInput input;
  final List<Desired> resources = new ArrayList<>();
  final List<TargetBinding> bindings = new ArrayList<>();
  final List<BackendAccess> backendAccess = new ArrayList<>();
  final List<HostClaim> claims = new ArrayList<>();
  final List<MemberStatus> statuses = new ArrayList<>();
  final List<ResourceKey> respaced = new ArrayList<>();
  private final Set<MemberProblem> problems = new LinkedHashSet<>();
  private final Set<ObjectKey> heldBack = new LinkedHashSet<>();
  private Optional<String> blockedOn = Optional.empty();

  StackDraft(StackInput input) {
    this.input = input;
  }

  StackPlan plan() {
    if (blocked()) {
      return new StackPlan(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.copyOf(problems),
          List.of(),
          blockedOn);
    }
    return new StackPlan(
        List.copyOf(resources),
        List.copyOf(bindings),
        List.copyOf(backendAccess),
        List.copyOf(claims),
        List.copyOf(statuses),
        List.copyOf(problems),
        List.copyOf(respaced),
        blockedOn);
  }

  /** What is still unknown or impossible: nothing of the stack may be concluded from this plan. */
  void block(String reason) {
    if (blockedOn.isEmpty()) {
      blockedOn = Optional.of(reason);
    }
  }

  boolean blocked() {
    return blockedOn.isPresent();
  }

  void tell(ObjectKey member, Problem problem) {
    problems.add(new MemberProblem(member, problem));
  }

  void tell(ObjectKey member, String reason, String message) {
    tell(member, new Problem(reason, message));
  }

  /** The first member learns what stays though nobody asks for it any more (design §7, unset). */
  void tellKept(List<Participant> participants, String reason, String what, String off) {
    var message = "nobody asks for " + what + " any more; it stays until a member says " + off;
    participants.stream().findFirst().ifPresent(first -> tell(first.member(), reason, message));
  }

  /** A choice that cannot be made keeps what is live; where nothing is live the plan is blocked. */
  Optional<List<String>> chosen(
      Choice choice, List<Participant> atFault, String reason, Optional<List<String>> kept) {
    return switch (choice) {
      case Choice.Chosen(var ids) -> Optional.of(ids);
      case Choice.Refused(var why) -> {
        atFault.forEach(participant -> tell(participant.member(), reason, why));
        if (kept.isEmpty()) {
          block(why);
        }
        yield kept;
      }
    };
  }

  /** Of this member only what is live already is kept; its new rules are answered with 503. */
  void holdBack(ObjectKey member) {
    heldBack.add(member);
  }

  boolean isHeldBack(ObjectKey member) {
    return heldBack.contains(member);
  }

  void want(ResourceKey key, ResourceSpec spec, List<ObjectKey> wantedBy) {
    want(key, spec, wantedBy, Optional.empty());
  }

  /** A resource that a rule of plan/DIVERGENCES.md may have shaped. */
  void want(
      ResourceKey key, ResourceSpec spec, List<ObjectKey> wantedBy, Optional<String> divergence) {
    resources.add(new Desired(key, spec, wantedBy, divergence));
  }

  /** The key of a resource of this stack; a replacement has its number behind LBC's id. */
  ResourceKey key(ResourceKind kind, String id) {
    return key(kind, id, input.successor(kind, id));
  }

  ResourceKey key(ResourceKind kind, String id, int successor) {
    return new ResourceKey(input.stack(), kind, ResourceIds.numbered(id, successor));
  }

  Optional<Live> live(ResourceKey key) {
    return input.cloud().presence(key) instanceof Present(var live)
        ? Optional.of(live)
        : Optional.empty();
  }

  ControllerSettings settings() {
    return input.registration().controller();
  }

  StackNames names() {
    return StackNames.of(input.registration().lbcName(), input.stack());
  }

  /** Tags as AWS gets them: those that users gave under the default and the tracking tags. */
  SortedMap<String, String> tags(String resourceId, Map<String, String> given) {
    var withDefaults = TagRules.withDefaults(settings(), given);
    return StackTags.resource(
        input.registration().lbcName(), input.stack(), resourceId, withDefaults);
  }
}
