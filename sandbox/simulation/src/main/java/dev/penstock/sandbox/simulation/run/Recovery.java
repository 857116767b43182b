package dev.penstock.sandbox.simulation.run;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.Result;

/** The ways back from what goes wrong. */
enum Recovery {
  TRIED_AGAIN("a command is tried again"),
  GIVEN_UP("a command is given up for now"),
  REPLACED("a command is replaced before it is tried"),
  UNANSWERED("an answer never came, so AWS is asked"),
  UNLISTED("a kind that cannot be listed stays unknown"),
  NEW_TENURE("a watcher begins anew"),
  MISCOUNTED("a snapshot's counts disagree, so nothing of the kind is removed"),
  SWAPPED("another cluster stands at the address, so nothing counts"),
  REBOUND("an operator rebinds a cluster"),
  DRIFTED("what moved by itself is put right"),
  RELEASED("an operator releases what is held"),
  HOLD_ENDED("a hold ends");

  private final String sentence;

  Recovery(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  boolean isSeenIn(AuditEntry entry) {
    return switch (this) {
      case TRIED_AGAIN -> entry instanceof AuditEntry.Tried tried && tried.attempt() > 1;
      case GIVEN_UP -> settled(entry, Result.Deferred.class);
      case REPLACED -> settled(entry, Result.Superseded.class);
      case UNANSWERED -> settled(entry, Result.Unanswered.class);
      case MISCOUNTED -> alarm(entry, "none is removed");
      case SWAPPED -> alarm(entry, "UID");
      case DRIFTED -> entry instanceof AuditEntry.Drifted;
      case RELEASED -> entry instanceof AuditEntry.HoldChanged hold && hold.released();
      case HOLD_ENDED -> entry instanceof AuditEntry.HoldEnded;
      case UNLISTED, NEW_TENURE, REBOUND -> false;
    };
  }

  boolean isSeenIn(EventBody body) {
    return switch (this) {
      case UNLISTED ->
          body instanceof ClusterFact.SnapshotCompleted snapshot && !snapshot.unlisted().isEmpty();
      case NEW_TENURE -> body instanceof ClusterFact.WatchStarted;
      case REBOUND -> body instanceof PersonFact.ClusterRebound;
      case TRIED_AGAIN,
          GIVEN_UP,
          REPLACED,
          UNANSWERED,
          MISCOUNTED,
          SWAPPED,
          DRIFTED,
          RELEASED,
          HOLD_ENDED ->
          false;
    };
  }

  private static boolean settled(AuditEntry entry, Class<? extends Result> kind) {
    return switch (entry) {
      case AuditEntry.Settled it -> kind.isInstance(it.result());
      case AuditEntry.KubernetesSettled it -> kind.isInstance(it.result());
      case AuditEntry _ -> false;
    };
  }

  private static boolean alarm(AuditEntry entry, String words) {
    return entry instanceof AuditEntry.Alarm alarm && alarm.sentence().contains(words);
  }
}
