package dev.penstock.streams.decide;

import dev.penstock.plan.Renumbering;
import dev.penstock.plan.Renumbering.Move;
import dev.penstock.plan.Verdict;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.streams.fold.Reclaims;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a released cluster's stack has in our form alone is rewritten to LBC's, once: the number of
 * a successor behind its resource id, which LBC would not know as its own and replace, and rule
 * numbers with gaps, with the tags that repeat them. Whatever happens afterwards, nothing is
 * written any more.
 */
final class HandOver {
  private final Turn turn;
  private final StackId stack;
  private final boolean due;
  private final Map<ResourceKind, Map<String, Long>> plainIds = new TreeMap<>();

  HandOver(Turn turn, StackId stack, ClusterMode mode) {
    this.turn = turn;
    this.stack = stack;
    this.due =
        mode == ClusterMode.RELEASED
            && stack.kind() == StackKind.INGRESS
            && turn.get(Table.REFERENCES, Reclaims.handedOver(stack)).isEmpty();
  }

  /** The rewriting of one resource of ours, if it needs one. */
  Optional<Verdict> verdict(ResourceKey key, ObservedRow seen) {
    if (!due || !(seen.presence() instanceof Present(var live))) {
      return Optional.empty();
    }
    var tags = tags(live);
    var resource = tags.getOrDefault(StackTags.RESOURCE, "");
    var wanted = live instanceof Live.LiveListenerRule rule ? numbered(rule) : plain(key, resource);
    if (resource.isEmpty() || wanted.isEmpty() || wanted.get().equals(resource)) {
      return Optional.empty();
    }
    var changed = new TreeMap<>(tags);
    changed.put(StackTags.RESOURCE, wanted.get());
    return Optional.of(new Verdict.Update(live, withTags(live, changed), List.of(Aspect.TAGS)));
  }

  /** LBC's id, if there is no other thing for which that may stand. */
  private Optional<String> plain(ResourceKey key, String resource) {
    var all = plainIds.computeIfAbsent(key.kind(), this::plainIds);
    return all.getOrDefault(ResourceIds.plain(key.id()), 0L) == 1
        ? Optional.of(ResourceIds.plain(resource))
        : Optional.empty();
  }

  /** How many things of the kind are there, or may be, for each of LBC's ids. */
  private Map<String, Long> plainIds(ResourceKind kind) {
    return observed(kind).stream()
        .filter(entry -> !(entry.row().presence() instanceof ObservedRow.Missing))
        .collect(
            Collectors.groupingBy(
                entry -> ResourceIds.plain(ResourceKey.parse(entry.key()).id()),
                Collectors.counting()));
  }

  /** A rule's id is its port and its number. */
  private static Optional<String> numbered(Live.LiveListenerRule rule) {
    var resource = rule.spec().tags().getOrDefault(StackTags.RESOURCE, "");
    int colon = resource.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(resource.substring(0, colon + 1) + rule.spec().priority());
  }

  /** The listeners of the stack whose rules do not count from one on, with the moves for that. */
  Map<ResourceKey, List<Move>> moves() {
    var moves = new TreeMap<ResourceKey, List<Move>>();
    if (due) {
      for (var entry : observed(ResourceKind.LISTENER)) {
        if (entry.row().presence() instanceof Present(var listener)) {
          var needed = Renumbering.moves(sides(listener));
          if (!needed.isEmpty()) {
            moves.put(ResourceKey.parse(entry.key()), needed);
          }
        }
      }
    }
    return moves;
  }

  private List<Renumbering.Side> sides(Live listener) {
    var rules = new TreeMap<Integer, Renumbering.Side>();
    for (var entry : observed(ResourceKind.LISTENER_RULE)) {
      if (entry.row().presence() instanceof Present(Live.LiveListenerRule rule)
          && rule.spec().listener().equals(new Link.Known(listener.id()))) {
        var key = ResourceKey.parse(entry.key());
        rules.put(
            rule.spec().priority(),
            new Renumbering.Side(key, Optional.of(rule.spec()), Optional.of(rule)));
      }
    }
    var sides = new ArrayList<Renumbering.Side>();
    for (var side : rules.values()) {
      var numbered = side.live().orElseThrow().spec().withPriority(sides.size() + 1);
      sides.add(new Renumbering.Side(side.key(), Optional.of(numbered), side.live()));
    }
    return sides;
  }

  /**
   * Notes that nothing is left to rewrite, once everything of the stack is known and no command of
   * it is open.
   */
  void end(boolean rewrites) {
    boolean known =
        turn.scan(Table.OBSERVED, stack + "|").stream()
            .noneMatch(entry -> entry.row().presence() instanceof Unknown);
    boolean idle =
        turn.scan(Table.OPEN, stack + "|").stream()
            .noneMatch(entry -> entry.row().command().key().lane() == Lane.WRITE);
    if (due && !rewrites && known && idle) {
      turn.put(Table.REFERENCES, Reclaims.handedOver(stack), new ReferenceRow(stack.toString()));
    }
  }

  private List<Entry<ObservedRow>> observed(ResourceKind kind) {
    return turn.scan(Table.OBSERVED, stack + "|" + kind.text() + "|");
  }

  private static Map<String, String> tags(Live live) {
    return switch (live) {
      case Live.LiveLoadBalancer it -> it.spec().tags();
      case Live.LiveTargetGroup it -> it.spec().tags();
      case Live.LiveSecurityGroup it -> it.spec().tags();
      case Live.LiveCertificate it -> it.spec().tags();
      case Live.LiveListenerRule it -> it.spec().tags();
      case Live.LiveListener _,
          Live.LiveSecurityGroupRules _,
          Live.LiveProtection _,
          Live.LiveRecordName _ ->
          Map.of();
    };
  }

  private static ResourceSpec withTags(Live live, Map<String, String> tags) {
    return switch (live) {
      case Live.LiveLoadBalancer it -> it.spec().withTags(tags);
      case Live.LiveTargetGroup it -> it.spec().withTags(tags);
      case Live.LiveSecurityGroup it -> it.spec().withTags(tags);
      case Live.LiveCertificate it -> it.spec().withTags(tags);
      case Live.LiveListenerRule it -> it.spec().withTags(tags);
      case Live.LiveListener it -> it.spec();
      case Live.LiveSecurityGroupRules it -> it.spec();
      case Live.LiveProtection it -> it.spec();
      case Live.LiveRecordName it -> it.spec();
    };
  }
}
