package dev.penstock.plan.ingress;

import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.ingress.RuleOrder.Placed;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.intent.IngressIntent.RuleIntent;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of each listener: members in group order, numbers that stay (LBC 4.7, 4.8). */
final class RuleBuilder {
  /** The rule of plan/DIVERGENCES.md that puts a 503 in the place of a member's rule. */
  static final String LAST_GOOD = "last-good";

  private record Keyed(ResourceKey key, RuleCandidate candidate, List<Action> actions) {}

  private final StackDraft draft;
  private final TargetGroupBuilder targetGroups;
  private final Optional<Integer> redirect;
  private final Map<Integer, List<RuleCandidate>> candidates = new LinkedHashMap<>();
  private final Map<Integer, List<Keyed>> rules = new LinkedHashMap<>();

  RuleBuilder(StackDraft draft, TargetGroupBuilder targetGroups, Optional<Integer> redirect) {
    this.draft = draft;
    this.targetGroups = targetGroups;
    this.redirect = redirect;
  }

  /** Finds the rules of a listener. */
  void collect(GroupListener listener) {
    var all = new ArrayList<RuleCandidate>();
    if (listener.tls() || redirect.isEmpty()) {
      for (Participant participant : listener.participants()) {
        for (RuleIntent rule : participant.intent().rules()) {
          var actions = targetGroups.actions(rule.actions(), listener.tls());
          all.add(new RuleCandidate(participant, rule, actions));
        }
      }
    }
    var optimizer = new RuleOptimizer(listener.port(), listener.protocol());
    var ordered = new RuleOrder(draft, listener.port()).of(optimizer.withoutLoops(all));
    var keyed = new ArrayList<Keyed>();
    for (Placed rule : optimizer.withoutCaught(ordered)) {
      var id = prefix(listener.port()) + rule.id();
      var key = new ResourceKey(draft.input.stack(), ResourceKind.LISTENER_RULE, id);
      keyed.add(new Keyed(key, rule.candidate(), actions(key, rule.candidate())));
    }
    candidates.put(listener.port(), all);
    rules.put(listener.port(), keyed);
  }

  /** Members whose new rules do not fit beside the live ones keep to what is live. */
  void fit(List<Participant> participants) {
    var room = new RuleRoom(draft, participants);
    for (List<Keyed> onPort : rules.values()) {
      for (Keyed keyed : onPort) {
        room.add(keyed.candidate().participant(), keyed.key(), keyed.actions());
      }
    }
    var without = room.refuse();
    rules
        .values()
        .forEach(onPort ->
            onPort.removeIf(k ->
                without.contains(k.candidate().participant().member())
                    && liveRule(k.key()).isEmpty()));
  }

  /** Of a member that is held back only what serves stays, as it is if it cannot be made anew. */
  private List<Action> actions(ResourceKey key, RuleCandidate candidate) {
    boolean held = draft.isHeldBack(candidate.participant().member());
    if (held && !serves(key)) {
      return List.of(FixedAnswers.REFUSED);
    }
    return targetGroups.found(candidate.rule().actions())
        ? candidate.actions()
        : liveRule(key).map(ListenerRuleSpec::actions).orElse(candidate.actions());
  }

  /** Also rules that the optimizer leaves out have their target groups, as in LBC. */
  void use(GroupListener listener) {
    candidates.getOrDefault(listener.port(), List.of()).stream()
        .filter(c -> !draft.isHeldBack(c.participant().member()))
        .forEach(c -> targetGroups.use(c.participant(), c.rule().actions()));
    rules.getOrDefault(listener.port(), List.of()).stream()
        .filter(k -> draft.isHeldBack(k.candidate().participant().member()))
        .filter(k -> k.actions().stream().noneMatch(FixedAnswers::isRefusal))
        .forEach(
            k -> targetGroups.use(k.candidate().participant(), k.candidate().rule().actions()));
  }

  /** Rules are named after their listener: a new one has new rules. */
  private String prefix(int port) {
    return draft.key(ResourceKind.LISTENER, Integer.toString(port)).id() + ":";
  }

  void write(GroupListener listener) {
    List<Keyed> keyed = rules.getOrDefault(listener.port(), List.of());
    var live = keyed.stream().map(k -> liveRule(k.key()).map(ListenerRuleSpec::priority)).toList();
    var numbers = Priorities.assign(live, taken(listener.port(), keyed));
    var listenerKey = draft.key(ResourceKind.LISTENER, Integer.toString(listener.port()));
    if (numbers.respaced()) {
      draft.respaced.add(listenerKey);
    }
    for (int i = 0; i < keyed.size(); i++) {
      write(listenerKey, listener.port(), keyed.get(i), numbers.priorities().get(i));
    }
  }

  private void write(ResourceKey listenerKey, int port, Keyed keyed, int priority) {
    var candidate = keyed.candidate();
    var participant = candidate.participant();
    boolean refused = keyed.actions().stream().anyMatch(FixedAnswers::isRefusal);
    var spec =
        new ListenerRuleSpec(
            new Link.Ref(listenerKey),
            priority,
            candidate.rule().conditions(),
            keyed.actions(),
            candidate.rule().transforms(),
            draft.tags(port + ":" + priority, participant.tags()));
    draft.resources.add(
        new Desired(
            keyed.key(),
            spec,
            List.of(participant.member()),
            refused ? Optional.of(LAST_GOOD) : Optional.empty()));
  }

  /** Numbers of live rules that nobody wants any more: free only once those are gone. */
  private Set<Integer> taken(int port, List<Keyed> keyed) {
    var wanted = new HashSet<ResourceKey>();
    keyed.forEach(k -> wanted.add(k.key()));
    var taken = new HashSet<Integer>();
    for (ResourceKey key : draft.input.cloud().known(draft.input.stack())) {
      if (key.kind() == ResourceKind.LISTENER_RULE
          && key.id().startsWith(prefix(port))
          && !wanted.contains(key)) {
        liveRule(key).ifPresent(spec -> taken.add(spec.priority()));
      }
    }
    return taken;
  }

  /** A live 503 of ours serves nothing. */
  private boolean serves(ResourceKey key) {
    return liveRule(key)
        .map(spec -> spec.actions().stream().noneMatch(FixedAnswers::isRefusal))
        .orElse(false);
  }

  private Optional<ListenerRuleSpec> liveRule(ResourceKey key) {
    return draft
        .live(key)
        .flatMap(live ->
            live instanceof LiveListenerRule(_, var spec) ? Optional.of(spec) : Optional.empty());
  }
}
