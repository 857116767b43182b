package dev.penstock.plan.ingress;

import dev.penstock.plan.NormalActions;
import dev.penstock.plan.Order;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The listeners of a group and their default actions (LBC 4.6). */
final class ListenerBuilder {
  private final StackDraft draft;
  private final TargetGroupBuilder targetGroups;
  private final Optional<Integer> redirect;
  private final LiveStack stack;
  private final Map<Integer, List<Action>> defaults = new LinkedHashMap<>();

  ListenerBuilder(StackDraft draft, TargetGroupBuilder targetGroups, Optional<Integer> redirect) {
    this.draft = draft;
    this.targetGroups = targetGroups;
    this.redirect = redirect;
    this.stack = new LiveStack(draft);
  }

  /** Finds the default actions of a listener and the target groups that they use. */
  void collect(GroupListener listener) {
    if (!listener.tls() && redirect.isPresent()) {
      var port = Integer.toString(redirect.get());
      defaults.put(
          listener.port(), List.of(new Action.Redirect("HTTPS", "", port, "", "", "HTTP_301")));
      return;
    }
    var live = stack.listener(listener.port());
    if (live.isPresent() && listener.participants().stream().anyMatch(this::missesGroups)) {
      defaults.put(listener.port(), live.get().defaultActions());
      return;
    }
    var claimants = new ArrayList<Participant>();
    for (Participant participant : listener.participants()) {
      if (participant.intent().defaultBackend().isPresent()
          && (!draft.isHeldBack(participant.member()) || isInForce(listener, participant))) {
        claimants.add(participant);
      }
    }
    if (claimants.isEmpty()) {
      defaults.put(listener.port(), List.of(FixedAnswers.NOT_FOUND));
      return;
    }
    var inForce = claimants.stream().filter(p -> isInForce(listener, p)).findFirst();
    if (inForce.isEmpty()
        && claimants.size() > 1
        && claimants.stream().anyMatch(p -> isUnknown(listener, p))) {
      draft.block("what answers by default on port " + listener.port() + " is not known yet");
      return;
    }
    var winner = inForce.orElse(claimants.getFirst());
    for (Participant loser : claimants) {
      if (loser.equals(winner)) {
        continue;
      }
      draft.tell(
          loser.member(),
          Standing.CONFLICT,
          "default backend of port "
              + listener.port()
              + " is that of "
              + winner.member().path()
              + " in the same group");
    }
    var actions = winner.intent().defaultBackend().orElse(List.of());
    targetGroups.use(winner, actions);
    defaults.put(listener.port(), targetGroups.actions(actions, listener.tls()));
  }

  /** What its default backend names is not there: what answers now goes on. */
  private boolean missesGroups(Participant participant) {
    return !targetGroups.found(participant.intent().defaultBackend().orElse(List.of()));
  }

  private boolean isInForce(GroupListener listener, Participant claimant) {
    return stack
        .listener(listener.port())
        .map(ListenerSpec::defaultActions)
        .filter(live -> NormalActions.same(asIn(live, actions(listener, claimant)), live))
        .isPresent();
  }

  /** With the target groups of the generation to which the live actions lead. */
  private List<Action> asIn(List<Action> live, List<Action> actions) {
    var used = Set.copyOf(RuleRoom.groups(live));
    return Order.resolve(
        actions,
        key ->
            generations(key)
                .filter(there -> there instanceof Present(var group) && used.contains(group.id()))
                .findFirst()
                .orElseGet(() -> draft.input.cloud().presence(key)));
  }

  private boolean isUnknown(GroupListener listener, Participant claimant) {
    return Order.references(actions(listener, claimant)).stream()
        .flatMap(this::generations)
        .anyMatch(Unknown.class::isInstance);
  }

  /** The target group, and those whose place it takes. */
  private Stream<Presence> generations(ResourceKey group) {
    var id = ResourceIds.plain(group.id());
    return IntStream.rangeClosed(0, ResourceIds.successor(group.id()))
        .mapToObj(successor -> draft.key(ResourceKind.TARGET_GROUP, id, successor))
        .map(draft.input.cloud()::presence);
  }

  private List<Action> actions(GroupListener listener, Participant claimant) {
    return targetGroups.actions(
        claimant.intent().defaultBackend().orElse(List.of()), listener.tls());
  }

  void write(GroupListener listener, ResourceKey loadBalancer) {
    var id = Integer.toString(listener.port());
    Map<String, String> tags =
        new Standing(draft)
            .settleEach(
                "tag",
                listener.participants(),
                Participant::tags,
                stack.tag(ResourceKind.LISTENER, id));
    draft.want(
        draft.key(ResourceKind.LISTENER, id),
        new ListenerSpec(
            new Link.Ref(loadBalancer),
            listener.port(),
            listener.protocol(),
            defaults.getOrDefault(listener.port(), List.of(FixedAnswers.NOT_FOUND)),
            listener.certificates(),
            listener.tls()
                ? listener.sslPolicy().or(() -> Optional.of(draft.settings().defaultSslPolicy()))
                : Optional.empty(),
            listener.mutualAuthentication(),
            listener.attributes(),
            draft.tags(id, tags)),
        listener.members());
  }
}
