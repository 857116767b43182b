package dev.penstock.streams.fold;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.event.ScopeFact.DecisionsChanged;
import dev.penstock.schemas.event.ScopeFact.RecordRefused;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Reason;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;

/** Reasons to decide much of a scope again. */
final class Refreshes {
  private Refreshes() {}

  /** Everything is decided anew; what goes by that alone, nobody asked for. */
  static void decisionsChanged(Turn turn, DecisionsChanged fact) {
    var before = turn.get(Table.SETTINGS, "").map(SettingsRow::decisions).orElse("");
    turn.put(Table.SETTINGS, "", new SettingsRow(turn.settings(), fact.version()));
    if (before.isEmpty() || before.equals(fact.version())) {
      return;
    }
    var reason = Reason.ofVersion(fact.version());
    var told =
        reason.sentence()
            + ", not by version "
            + before
            + " any more: what that alone takes is held";
    fact.takenBackBy()
        .ifPresent(by -> turn.audit(new AuditEntry.PersonDecided(by, "took the scope back")));
    turn.alarm(turn.scope().toString(), told);
    everything(turn, reason);
  }

  /** Members, stacks, target groups and names of the whole scope, a page a record. */
  static void everything(Turn turn, Reason reason) {
    turn.scan(Table.CLUSTERS, "").forEach(e -> Pages.begin(turn, e.key(), reason));
    Pages.begin(turn, Pages.SCOPE, reason);
  }

  /** Everything that a cluster's members shape, a page a record. */
  static void cluster(Turn turn, String cluster, String sentence) {
    Pages.begin(turn, cluster, Reason.of(sentence));
  }

  /** A stack, its targets, and the names that it claims of this scope. */
  static void stack(Turn turn, StackId stack, String sentence) {
    Dirt.stack(turn, stack, sentence);
    for (var entry : turn.scan(Table.BINDINGS, stack + "|")) {
      var binding = entry.row().binding();
      Dirt.targets(turn, ResourceKey.parse(entry.key()), sentence);
      if (stack.kind() == StackKind.BINDING) {
        var kind = ObjectKind.TARGET_GROUP_BINDING;
        Dirt.member(
            turn,
            new ObjectKey(binding.cluster(), kind, binding.namespace(), binding.name()),
            sentence);
      }
    }
    Claims.received(turn).stream()
        .filter(claim -> claim.stack().equals(stack))
        .forEach(claim -> Dirt.name(turn, claim.host(), sentence));
  }

  /** What begins or ends to stand still. */
  static void paused(Turn turn, PauseTarget target, String sentence) {
    switch (target.kind()) {
      case SCOPE -> everything(turn, Reason.of(sentence));
      case CLUSTER -> cluster(turn, target.name(), sentence);
      case STACK -> stack(turn, StackId.parse(target.name()), sentence);
      case TARGET_GROUP -> {
        var group = ResourceKey.parse(target.name());
        Dirt.stack(turn, group.stack(), sentence);
        Dirt.targets(turn, group, sentence);
      }
      case NAME -> Dirt.name(turn, target.name(), sentence);
    }
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
