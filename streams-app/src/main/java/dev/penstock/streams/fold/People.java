package dev.penstock.streams.fold;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.schemas.table.PauseRow;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Reason;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.Locale;
import java.util.Optional;

/** What people decided; every word of theirs is in the audit with who said it. */
final class People {
  private People() {}

  static void fold(Turn turn, PersonFact fact) {
    var what = take(turn, fact);
    turn.audit(new AuditEntry.PersonDecided(fact.subject(), what));
    turn.change(turn.scope().toString(), new ChangeBody.Announced(fact.subject() + ": " + what));
  }

  private static String take(Turn turn, PersonFact fact) {
    return switch (fact) {
      case PersonFact.ScopeSettingsChanged it -> settings(turn, it);
      case PersonFact.ClusterRegistered it -> registered(turn, it.registration());
      case PersonFact.ClusterModeChanged it -> mode(turn, it.cluster(), it.mode());
      case PersonFact.ClusterRebound it -> rebound(turn, it);
      case PersonFact.HoldApproved it -> approved(turn, it);
      case PersonFact.Paused it -> paused(turn, it);
      case PersonFact.Resumed it -> resumed(turn, it.target());
      case PersonFact.MemberDropped it -> dropped(turn, it);
      case PersonFact.CheckpointRequested _ -> {
        Timers.set(turn, TimerKind.CHECKPOINT, "", turn.now());
        yield "asked for a checkpoint";
      }
    };
  }

  private static String settings(Turn turn, PersonFact.ScopeSettingsChanged it) {
    var before =
        turn.get(Table.SETTINGS, "").orElseGet(() -> new SettingsRow(ScopeSettings.defaults(), ""));
    var settings =
        it.changed().isEmpty()
            ? it.settings()
            : RecordChange.take(before.settings(), it.settings(), it.changed());
    turn.put(Table.SETTINGS, "", new SettingsRow(settings, before.decisions()));
    Refreshes.everything(turn, Reason.of("the settings changed"));
    return it.changed().isEmpty()
        ? "changed the settings"
        : "changed the settings " + String.join(", ", it.changed());
  }

  private static String registered(Turn turn, ClusterRegistration registration) {
    var cluster = registration.cluster();
    var before = turn.get(Table.CLUSTERS, cluster);
    var row =
        before
            .map(b -> b.withRegistration(registration))
            .orElseGet(() -> ClusterRow.of(registration));
    turn.put(Table.CLUSTERS, cluster, row);
    if (before.filter(b -> !isCalledAs(b, registration)).isPresent()) {
      // What carries the new name was never looked for.
      turn.delete(Table.SCANS, Discoveries.scanKey(cluster));
    }
    begin(turn, cluster);
    Refreshes.cluster(turn, cluster, "the registration of the cluster changed");
    return "registered cluster " + cluster;
  }

  private static boolean isCalledAs(ClusterRow before, ClusterRegistration registration) {
    return before.registration().lbcName().equals(registration.lbcName());
  }

  /** The first reads of a cluster's part of AWS, and of the account's zones, are due at once. */
  private static void begin(Turn turn, String cluster) {
    Timers.setBy(turn, TimerKind.SWEEP, cluster, turn.now());
  }

  private static String mode(Turn turn, String cluster, ClusterMode mode) {
    var sentence = "set cluster " + cluster + " to " + mode.name().toLowerCase(Locale.ROOT);
    turn.get(Table.CLUSTERS, cluster)
        .ifPresent(b -> {
          if (b.mode() == ClusterMode.RELEASED && mode != ClusterMode.RELEASED) {
            Reclaims.begin(turn, cluster);
          }
          turn.put(Table.CLUSTERS, cluster, b.withMode(mode));
          begin(turn, cluster);
          Refreshes.cluster(turn, cluster, "the mode of the cluster changed");
        });
    return sentence;
  }

  private static String rebound(Turn turn, PersonFact.ClusterRebound it) {
    turn.get(Table.CLUSTERS, it.cluster())
        .ifPresent(b -> {
          turn.put(Table.CLUSTERS, it.cluster(), b.boundTo(it.clusterUid()));
          Snapshots.want(turn, it.cluster());
          Refreshes.cluster(turn, it.cluster(), "the cluster was rebound");
        });
    return "bound cluster " + it.cluster() + " to kube-system UID " + it.clusterUid();
  }

  private static String approved(Turn turn, PersonFact.HoldApproved it) {
    var hold = turn.get(Table.HOLDS, it.holdId());
    if (hold.isEmpty()) {
      return "approved hold " + it.holdId() + ", which does not exist";
    }
    var h = hold.get();
    turn.put(Table.HOLDS, it.holdId(), h.withApproval(it.subject()));
    turn.audit(new AuditEntry.HoldChanged(h.id(), h.subject(), h.sentence(), true));
    Refreshes.stack(turn, h.stack(), "a hold was approved");
    return "approved hold " + h.id() + ": " + h.sentence();
  }

  private static String paused(Turn turn, PersonFact.Paused it) {
    var target = it.target();
    turn.put(
        Table.PAUSES,
        row(target),
        new PauseRow(target.kind(), target.name(), it.all(), it.subject(), turn.now()));
    Refreshes.paused(turn, target, "a pause began");
    return "paused " + words(target) + (it.all() ? ", targets too" : "");
  }

  private static String resumed(Turn turn, PauseTarget target) {
    turn.delete(Table.PAUSES, row(target));
    Refreshes.paused(turn, target, "a pause ended");
    return "resumed " + words(target);
  }

  private static String row(PauseTarget target) {
    return target.kind().text() + "|" + target.name();
  }

  private static String words(PauseTarget target) {
    return target.kind().text() + " " + target.name();
  }

  /** A valid member keeps what is good of it, for the day on which it is invalid. */
  private static String dropped(Turn turn, PersonFact.MemberDropped it) {
    for (var row : Intents.of(turn, it.member())) {
      if (row.current().state() instanceof MemberIntent.Invalid) {
        Intents.put(
            turn,
            new MemberRow(
                row.current(), Optional.empty(), row.lapsed(), turn.seq(), row.servedSince()));
        Dirt.stack(turn, row.current().stack(), "a member was dropped");
      }
    }
    return "dropped what was last good of " + it.member();
  }
}
