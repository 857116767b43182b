package dev.penstock.plan.ingress;

import dev.penstock.plan.NormalActions;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The order in which the rules of one listener match. Who stands, stays (design §7): a rule that
 * would take all requests of a live rule of another member comes behind it, however low the order
 * of its group; only among rules that are not live does that order decide. Whoever loses is told.
 */
final class RuleOrder {
  private static final String SHADOWED = "ShadowedRule";

  /** A rule with its id below the listener. */
  record Placed(String id, RuleCandidate candidate) {}

  /** A rule, and the places of those that serve before it, whatever its order. */
  private record Waiting(Placed rule, Presence presence, List<Integer> behind) {}

  private final StackDraft draft;
  private final int port;
  private final String inForce;

  RuleOrder(StackDraft draft, int port) {
    this.draft = draft;
    this.port = port;
    this.inForce =
        new LiveStack(draft).key(ResourceKind.LISTENER, Integer.toString(port)).id() + ":";
  }

  /**
   * @param rules in the order of the group
   */
  List<Placed> of(List<RuleCandidate> rules) {
    var ids = new RuleSlots(draft, inForce).of(rules);
    var index = new RuleIndex();
    var waiting = new ArrayList<Waiting>();
    for (int place = 0; place < rules.size(); place++) {
      var placed = new Placed(ids.get(place), rules.get(place));
      var rule = new Waiting(placed, presence(placed), new ArrayList<>());
      for (int wider : index.over(placed.candidate().conditions())) {
        if (yields(waiting.get(wider), rule)) {
          waiting.get(wider).behind().add(place);
        }
      }
      waiting.add(rule);
      index.add(place, placed.candidate().conditions());
    }
    tell(waiting);
    return order(waiting).stream().map(place -> waiting.get(place).rule()).toList();
  }

  /** Whether the wider rule must leave the later one the requests that it serves. */
  private boolean yields(Waiting wider, Waiting later) {
    if (wider.rule().candidate().member().equals(later.rule().candidate().member())) {
      return false;
    }
    var its = wider.presence();
    var there = later.presence();
    if (its instanceof Unknown != there instanceof Unknown) {
      draft.block("which rules match first on port " + port + " is not known yet");
      return false;
    }
    return spec(there)
        .filter(live -> live.actions().stream().noneMatch(FixedAnswers::isRefusal))
        .filter(live -> spec(its).filter(w -> w.priority() < live.priority()).isEmpty())
        .isPresent();
  }

  private Presence presence(Placed rule) {
    var key = new ResourceKey(draft.input.stack(), ResourceKind.LISTENER_RULE, inForce + rule.id());
    return draft.input.cloud().presence(key);
  }

  private static Optional<ListenerRuleSpec> spec(Presence presence) {
    return presence instanceof Present(var live) && live instanceof LiveListenerRule(_, var spec)
        ? Optional.of(spec)
        : Optional.empty();
  }

  /** Each behind the last one for which it waits, the others where they are. */
  private static List<Integer> order(List<Waiting> rules) {
    int[] last = new int[rules.size()];
    int[] steps = new int[rules.size()];
    for (int place = rules.size() - 1; place >= 0; place--) {
      last[place] = place;
      for (int other : rules.get(place).behind()) {
        if (last[other] > last[place]) {
          last[place] = last[other];
          steps[place] = 0;
        }
        if (last[other] == last[place]) {
          steps[place] = Math.max(steps[place], steps[other] + 1);
        }
      }
    }
    return IntStream.range(0, rules.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(place -> last[place])
                .thenComparingInt(place -> steps[place]))
        .toList();
  }

  private void tell(List<Waiting> rules) {
    var index = new RuleIndex();
    var places = order(rules);
    for (int n = 0; n < places.size(); n++) {
      var rule = rules.get(places.get(n));
      var loser = rule.rule().candidate();
      var winner =
          index.over(loser.conditions()).stream()
              .map(before -> rules.get(places.get(before)).rule().candidate())
              .filter(before -> differ(before, loser))
              .findFirst();
      if (winner.isPresent()) {
        tell(loser, "is never reached, because " + text(winner.get()) + " comes before it");
      } else if (!rule.behind().isEmpty()) {
        var narrow = rules.get(rule.behind().getFirst()).rule().candidate();
        tell(loser, "comes behind " + text(narrow) + ", which was there before it");
      }
      index.add(n, loser.conditions());
    }
  }

  /** Who sends clients elsewhere means his own rules for those that come back. */
  private static boolean differ(RuleCandidate before, RuleCandidate loser) {
    boolean own = before.member().equals(loser.member());
    return !(own && before.redirect().isPresent())
        && !NormalActions.same(before.actions(), loser.actions());
  }

  private void tell(RuleCandidate loser, String why) {
    if (loser.participant().standing()) {
      draft.tell(loser.member(), SHADOWED, "rule " + loser.text() + " " + why);
    }
  }

  private static String text(RuleCandidate rule) {
    return rule.text() + " of " + rule.member().path();
  }
}
