package dev.penstock.streams.fold;

import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.event.ScopeFact.RecordRefused;
import dev.penstock.streams.turn.Defects;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;

/** Takes one record into the tables and marks dirty what it touches. Total; decides nothing. */
public final class Fold {
  private Fold() {}

  /**
   * Of a record that meets a defect of ours nothing is taken: it is answered like one that cannot
   * be read, and stops nobody else (I7).
   */
  public static void take(Turn turn, Event event) {
    turn.whole(() -> fold(turn, event.body()))
        .ifPresent(defect -> {
          var refused = new RecordRefused(event.key(), Defects.told(event.key(), defect));
          Defects.guarded(turn, event.key(), () -> Refreshes.refused(turn, refused));
        });
  }

  static void fold(Turn turn, EventBody body) {
    switch (body) {
      case ClusterFact fact -> cluster(turn, fact);
      case CloudFact fact -> cloud(turn, fact);
      case PersonFact fact -> People.fold(turn, fact);
      case ScopeFact fact -> scope(turn, fact);
      case ClaimFact fact -> Claims.fold(turn, fact);
    }
  }

  private static void cluster(Turn turn, ClusterFact fact) {
    switch (fact) {
      case ClusterFact.WatchStarted it -> Tenures.watchStarted(turn, it);
      case ClusterFact.ObjectUpserted it -> Objects.upserted(turn, it);
      case ClusterFact.ObjectRemoved it -> Objects.removed(turn, it);
      case ClusterFact.Unrepresentable it -> Objects.unrepresentable(turn, it);
      case ClusterFact.SnapshotCompleted it -> Snapshots.completed(turn, it);
      case ClusterFact.KubernetesApplyStarted it -> KubernetesOutcomes.applyStarted(turn, it);
      case ClusterFact.KubernetesAttempted it -> KubernetesOutcomes.attempted(turn, it);
      case ClusterFact.KubernetesSettled it -> KubernetesOutcomes.settled(turn, it);
    }
  }

  private static void cloud(Turn turn, CloudFact fact) {
    switch (fact) {
      case CloudFact.ApplyStarted it -> Attempts.applyStarted(turn, it);
      case CloudFact.Attempted it -> Attempts.attempted(turn, it);
      case CloudFact.ReadStarted it -> Attempts.readStarted(turn, it);
      case CloudFact.PartRead it -> Outcomes.part(turn, it);
      case CloudFact.CommandSettled it -> Outcomes.settled(turn, it);
      case CloudFact.ChangeHinted it -> Hints.hinted(turn, it);
    }
  }

  private static void scope(Turn turn, ScopeFact fact) {
    switch (fact) {
      case ScopeFact.Tick _ -> Dirt.tickRead(turn);
      case ScopeFact.DecisionsChanged it -> Refreshes.decisionsChanged(turn, it);
      case RecordRefused it -> Refreshes.refused(turn, it);
    }
  }
}
