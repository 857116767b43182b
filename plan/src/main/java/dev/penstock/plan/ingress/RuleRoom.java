package dev.penstock.plan.ingress;

import dev.penstock.plan.Order;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The room that the quotas of one load balancer leave for rules and target groups. Live rules have
 * theirs, also those that nobody wants and whose removal is held; the others get it member by
 * member in group order, all of one member's or none: half of an edit would send requests to rules
 * that were not meant for them.
 */
final class RuleRoom {
  /** What rules take: their number, and the target groups to which they lead. */
  private static final class Load {
    private int rules;
    private final Set<String> targetGroups = new LinkedHashSet<>();

    void add(List<Action> actions) {
      rules++;
      targetGroups.addAll(groups(actions));
    }
  }

  private final StackDraft draft;
  private final List<Participant> participants;
  private final Load standing = new Load();
  private final Map<ObjectKey, Load> fresh = new HashMap<>();
  private final Set<ResourceKey> wanted = new HashSet<>();
  private boolean unknown;

  RuleRoom(StackDraft draft, List<Participant> participants) {
    this.draft = draft;
    this.participants = participants;
  }

  /** A rule that the participant wants. */
  void add(Participant participant, ResourceKey key, List<Action> actions) {
    wanted.add(key);
    var presence = draft.input.cloud().presence(key);
    var load =
        presence instanceof Present
            ? standing
            : fresh.computeIfAbsent(participant.member(), _ -> new Load());
    load.add(Order.resolve(actions, draft.input.cloud()::presence));
    unknown |= presence instanceof Unknown;
  }

  /** The members whose new rules do not fit; each is told which limit it is and how far. */
  Set<ObjectKey> refuse() {
    addHeld();
    var most = mostOnOne();
    var quotas = draft.input.quotas();
    int maxRules = Math.max(quotas.rulesPerLoadBalancer(), most.rules);
    int maxGroups = Math.max(quotas.targetGroupsPerLoadBalancer(), most.targetGroups.size());
    var refused = new HashSet<ObjectKey>();
    for (Participant participant : participants) {
      var load = fresh.getOrDefault(participant.member(), new Load());
      var groups = new HashSet<>(load.targetGroups);
      groups.removeAll(standing.targetGroups);
      var lack =
          Shortage.of("rules", standing.rules, load.rules, maxRules)
              .or(() ->
                  Shortage.of(
                      "target groups", standing.targetGroups.size(), groups.size(), maxGroups));
      if (lack.isEmpty()) {
        standing.rules += load.rules;
        standing.targetGroups.addAll(groups);
      } else if (unknown) {
        draft.block("how much room is left for rules is not known yet");
        return Set.of();
      } else {
        draft.tell(participant.member(), lack.get());
        draft.holdBack(participant.member());
        refused.add(participant.member());
      }
    }
    return refused;
  }

  /** What nobody wants any more has its room as long as nobody approves that it goes. */
  private void addHeld() {
    for (ResourceKey key : draft.input.cloud().known(draft.input.stack())) {
      if (key.kind() == ResourceKind.LISTENER_RULE
          && !wanted.contains(key)
          && isHeld(key)
          && draft.live(key).orElse(null) instanceof LiveListenerRule(_, var spec)) {
        standing.add(spec.actions());
      }
    }
  }

  /** By itself or with its listener, which is one of the load balancer that is wanted. */
  private boolean isHeld(ResourceKey rule) {
    var listener = rule.id().substring(0, rule.id().indexOf(':'));
    var key = draft.key(ResourceKind.LISTENER, ResourceIds.plain(listener));
    return key.id().equals(listener)
        && (draft.input.cloud().held(rule) || draft.input.cloud().held(key));
  }

  /** AWS has granted at least what is there already. */
  private Load mostOnOne() {
    var loads = new HashMap<String, Load>();
    for (ResourceKey key : draft.input.cloud().known(draft.input.stack())) {
      if (draft.input.cloud().presence(key) instanceof Present(LiveListenerRule(_, var spec))) {
        var listener = Order.id(spec.listener());
        loads
            .computeIfAbsent(
                listener.substring(0, Math.max(0, listener.lastIndexOf('/'))), _ -> new Load())
            .add(spec.actions());
      }
    }
    var most = new Load();
    for (Load load : loads.values()) {
      most.rules = Math.max(most.rules, load.rules);
      if (load.targetGroups.size() > most.targetGroups.size()) {
        most.targetGroups.clear();
        most.targetGroups.addAll(load.targetGroups);
      }
    }
    return most;
  }

  /** The ids of target groups to which the actions lead, or the keys of those that will be. */
  static List<String> groups(List<Action> actions) {
    var groups = new ArrayList<String>();
    for (Action action : actions) {
      if (action instanceof Action.Forward(var targetGroups, _)) {
        targetGroups.forEach(group -> groups.add(Order.id(group.targetGroup())));
      }
    }
    return groups;
  }
}
