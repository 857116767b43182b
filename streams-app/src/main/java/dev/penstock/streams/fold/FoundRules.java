package dev.penstock.streams.fold;

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
final class FoundRules {
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
    return entry.row().spec() instanceof ListenerRuleSpec spec
        && spec.conditions().equals(rule.spec().conditions());
  }

  private static boolean isPresent(Turn turn, Entry<DesiredRow> entry) {
    return turn.get(Table.OBSERVED, entry.key()).filter(ObservedRow::isPresent).isPresent();
  }

  private static ResourceKey stranger(ResourceKey listener, LiveListenerRule rule) {
    var tail = rule.id().substring(rule.id().lastIndexOf('/') + 1);
    return new ResourceKey(
        listener.stack(), ResourceKind.LISTENER_RULE, listener.id() + ":found-" + tail);
  }
}
