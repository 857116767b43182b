package dev.penstock.streams.fold;

import dev.penstock.plan.NormalConditions;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Listener rules that a read found; AWS knows no key of ours for them. A rule without a row is the
 * wanted one whose conditions it has and that is not known to exist, else a stranger on our
 * listener.
 */
public final class FoundRules {
  private static final String FOUND = ":found-";

  private FoundRules() {}

  static void found(Turn turn, LiveListenerRule rule, List<Aspect> aspects, Horizon horizon) {
    key(turn, rule).ifPresent(key -> Observations.present(turn, key, rule, aspects, horizon));
  }

  private static Optional<ResourceKey> key(Turn turn, LiveListenerRule rule) {
    var known = Observed.byId(turn, rule.id());
    if (known.isPresent()) {
      return known;
    }
    if (!(rule.spec().listener() instanceof Link.Known(var listenerId))) {
      return Optional.empty();
    }
    return Observed.byId(turn, listenerId)
        .map(listener -> wanted(turn, listener, rule).orElseGet(() -> stranger(listener, rule)));
  }

  private static Optional<ResourceKey> wanted(
      Turn turn, ResourceKey listener, LiveListenerRule rule) {
    var prefix =
        listener.stack() + "|" + ResourceKind.LISTENER_RULE.text() + "|" + listener.id() + ":";
    return turn.scan(Table.DESIRED, prefix).stream()
        .filter(e -> isLike(e, rule))
        .map(e -> ResourceKey.parse(e.key()))
        .filter(key -> !isPresent(turn, key))
        .findFirst();
  }

  private static boolean isLike(Entry<DesiredRow> entry, LiveListenerRule rule) {
    return entry.row().spec() instanceof ListenerRuleSpec spec
        && NormalConditions.of(spec.conditions())
            .equals(NormalConditions.of(rule.spec().conditions()));
  }

  /**
   * Gives rules that were found before anybody wanted them to the wanted ones that have their
   * conditions and are not there. Answers whether there was any.
   */
  public static boolean claim(Turn turn, List<Desired> resources) {
    var strangers = new HashMap<String, Map<Set<String>, Deque<Entry<ObservedRow>>>>();
    var claimed = false;
    for (var desired : resources) {
      if (desired.spec() instanceof ListenerRuleSpec spec && !isPresent(turn, desired.key())) {
        var alike =
            strangers
                .computeIfAbsent(listener(desired.key()), prefix -> strangers(turn, prefix))
                .getOrDefault(NormalConditions.of(spec.conditions()), new ArrayDeque<>());
        if (!alike.isEmpty()) {
          move(turn, alike.remove(), desired.key());
          claimed = true;
        }
      }
    }
    return claimed;
  }

  /** What the keys begin with of all rules on the listener of this one. */
  private static String listener(ResourceKey rule) {
    var listener = rule.id().substring(0, rule.id().indexOf(':'));
    return rule.stack() + "|" + ResourceKind.LISTENER_RULE.text() + "|" + listener;
  }

  /** The strangers on a listener that nobody is writing, by their conditions. */
  private static Map<Set<String>, Deque<Entry<ObservedRow>>> strangers(Turn turn, String listener) {
    var strangers = new HashMap<Set<String>, Deque<Entry<ObservedRow>>>();
    for (var found : turn.scan(Table.OBSERVED, listener + FOUND)) {
      if (Observed.live(found.row()).orElse(null) instanceof LiveListenerRule rule
          && !Observations.writing(turn, ResourceKey.parse(found.key()))) {
        var conditions = NormalConditions.of(rule.spec().conditions());
        strangers.computeIfAbsent(conditions, _ -> new ArrayDeque<>()).add(found);
      }
    }
    return strangers;
  }

  private static void move(Turn turn, Entry<ObservedRow> from, ResourceKey to) {
    turn.delete(Table.OBSERVED, from.key());
    turn.delete(Table.VERDICTS, from.key());
    Observed.put(turn, to, from.row().presence(), from.row().position(), from.row().at());
  }

  private static boolean isPresent(Turn turn, ResourceKey rule) {
    return turn.get(Table.OBSERVED, rule.toString()).filter(ObservedRow::isPresent).isPresent();
  }

  private static ResourceKey stranger(ResourceKey listener, LiveListenerRule rule) {
    var tail = rule.id().substring(rule.id().lastIndexOf('/') + 1);
    return new ResourceKey(
        listener.stack(), ResourceKind.LISTENER_RULE, listener.id() + FOUND + tail);
  }
}
