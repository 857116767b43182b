package dev.penstock.streams.fold;

import dev.penstock.schemas.event.ScopeFact.DecisionsChanged;
import dev.penstock.schemas.event.ScopeFact.RecordRefused;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/** Reasons to decide much of a scope again. */
final class Refreshes {
  private static final List<String> MEMBER_KINDS = List.of("Ingress", "TargetGroupBinding");

  private Refreshes() {}

  static void decisionsChanged(Turn turn, DecisionsChanged fact) {
    turn.put(Table.SETTINGS, "", new SettingsRow(turn.settings(), fact.version()));
    everything(turn, "decisions are now made by version " + fact.version());
  }

  /** Members, stacks, target groups and names of the whole scope. */
  static void everything(Turn turn, String sentence) {
    turn.scan(Table.CLUSTERS, "").forEach(e -> cluster(turn, e.key(), sentence));
    turn.scan(Table.STACKS, "").forEach(e -> Dirt.stack(turn, e.row().stack(), sentence));
    turn.scan(Table.CLAIMS, "").forEach(e -> Dirt.name(turn, e.row().host(), sentence));
  }

  /** Everything that a cluster's members shape. */
  static void cluster(Turn turn, String cluster, String sentence) {
    for (var kind : MEMBER_KINDS) {
      turn.scan(Table.OBJECTS, cluster + "|" + kind + "|")
          .forEach(e -> Dirt.member(turn, ObjectKey.parse(e.key()), sentence));
    }
    turn.scan(Table.INTENTS, cluster + "|")
        .forEach(e -> Dirt.member(turn, e.row().current().member(), sentence));
    turn.scan(Table.STACKS, cluster + "|")
        .forEach(e -> Dirt.stack(turn, StackId.parse(e.key()), sentence));
    turn.scan(Table.BINDINGS, cluster + "|")
        .forEach(e -> Dirt.targets(turn, ResourceKey.parse(e.key()), sentence));
  }

  /**
   * What the refused record spoke of is no longer known, what it may have answered is asked again,
   * and a cluster that it may have been about is listed anew.
   */
  static void refused(Turn turn, RecordRefused fact) {
    turn.alarm(fact.recordKey(), "a record could not be read: " + fact.reason());
    var prefix = turn.scope() + "|";
    if (!fact.recordKey().startsWith(prefix)) {
      return;
    }
    var subject = fact.recordKey().substring(prefix.length());
    object(subject).ifPresent(key -> refused(turn, key, fact.reason()));
    resource(subject).ifPresent(key -> refused(turn, key, fact.reason()));
    turn.get(Table.CLUSTERS, object(subject).map(ObjectKey::cluster).orElse(subject))
        .filter(row -> row.registration().home().equals(turn.scope()))
        .ifPresent(row -> Snapshots.want(turn, row.registration().cluster()));
  }

  private static void refused(Turn turn, ObjectKey key, String reason) {
    turn.get(Table.OBJECTS, key.toString())
        .ifPresent(row -> {
          var sentence = "the newest record of it could not be read: " + reason;
          var malformed = new Malformed(row.object().metadata(), key.kind(), sentence);
          Objects.put(turn, key, malformed, row.tenure());
        });
    KubernetesOutcomes.lost(turn, key, reason);
  }

  private static void refused(Turn turn, ResourceKey key, String reason) {
    turn.get(Table.OBSERVED, key.toString()).ifPresent(_ -> Observed.unknown(turn, key, reason));
    Outcomes.lost(turn, key, reason);
  }

  private static Optional<ObjectKey> object(String subject) {
    try {
      return Optional.of(ObjectKey.parse(subject));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<ResourceKey> resource(String subject) {
    try {
      return Optional.of(ResourceKey.parse(subject));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
