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
import java.util.List;
import java.util.Optional;

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
        .filter(e -> isLike(e, rule) && !isPresent(turn, e))
        .map(e -> ResourceKey.parse(e.key()))
        .findFirst();
  }

  private static boolean isLike(Entry<DesiredRow> entry, LiveListenerRule rule) {
    return entry.row().spec() instanceof ListenerRuleSpec spec && isLike(spec, rule);
  }

  private static boolean isLike(ListenerRuleSpec spec, LiveListenerRule rule) {
    return NormalConditions.of(spec.conditions())
        .equals(NormalConditions.of(rule.spec().conditions()));
  }

  /**
   * Gives rules that were found before anybody wanted them to the wanted ones that have their
   * conditions and are not there. Answers whether there was any.
   */
  public static boolean claim(Turn turn, List<Desired> resources) {
    var claimed = false;
    for (var desired : resources) {
      if (desired.spec() instanceof ListenerRuleSpec spec) {
        claimed |= claim(turn, desired.key(), spec);
      }
    }
    return claimed;
  }

  private static boolean claim(Turn turn, ResourceKey wanted, ListenerRuleSpec spec) {
    if (turn.get(Table.OBSERVED, wanted.toString()).filter(ObservedRow::isPresent).isPresent()) {
      return false;
    }
    var listener = wanted.id().substring(0, wanted.id().indexOf(':'));
    var prefix = wanted.stack() + "|" + ResourceKind.LISTENER_RULE.text() + "|" + listener + FOUND;
    for (var found : turn.scan(Table.OBSERVED, prefix)) {
      var key = ResourceKey.parse(found.key());
      var isLike =
          Observed.live(found.row())
              .filter(live -> live instanceof LiveListenerRule rule && isLike(spec, rule))
              .isPresent();
      if (isLike && !Observations.writing(turn, key)) {
        move(turn, key, found.row(), wanted);
        return true;
      }
    }
    return false;
  }

  private static void move(Turn turn, ResourceKey from, ObservedRow row, ResourceKey to) {
    turn.delete(Table.OBSERVED, from.toString());
    turn.delete(Table.VERDICTS, from.toString());
    Observed.put(turn, to, row.presence(), row.position(), row.at());
  }

  private static boolean isPresent(Turn turn, Entry<DesiredRow> entry) {
    return turn.get(Table.OBSERVED, entry.key()).filter(ObservedRow::isPresent).isPresent();
  }

  private static ResourceKey stranger(ResourceKey listener, LiveListenerRule rule) {
    var tail = rule.id().substring(rule.id().lastIndexOf('/') + 1);
    return new ResourceKey(
        listener.stack(), ResourceKind.LISTENER_RULE, listener.id() + FOUND + tail);
  }
}
