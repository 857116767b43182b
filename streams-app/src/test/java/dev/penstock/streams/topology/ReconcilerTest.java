package dev.penstock.streams.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.streams.StartRefused;
import java.util.List;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

/** What ends a reconciler, and what does not. */
class ReconcilerTest {
  @Test
  void aTransactionThatTheBrokerGaveUpIsReadAgain() {
    var late = new StreamsException("commit", new InvalidTxnStateException("too late"));
    assertEquals(StreamThreadExceptionResponse.REPLACE_THREAD, Reconciler.ended(late, "stream-0"));
  }

  @Test
  void tablesThatWereLostAreSaidInOneLineWithWhatToDo() {
    Reconciler.requireMemory(List.of(), "penstock-stream");
    var refused =
        assertThrows(
            StartRefused.class, () -> Reconciler.requireMemory(List.of(0, 3), "penstock-stream"));
    assertEquals(
        "not started: the tables of partitions [0, 3] are empty, but the audit trail knows"
            + " decisions of them; restore the topics penstock-stream-*-changelog from a backup and"
            + " start again",
        refused.getMessage());
  }

  @Test
  void recordsThatWereLostUnreadAreSaidWithWhereAndWhatToDo() {
    Reconciler.requireWholeLog(List.of(), "penstock.events");
    var gaps = List.of(new LogGaps.Gap(0, 8, 12), new LogGaps.Gap(3, 5, 6));
    var refused =
        assertThrows(StartRefused.class, () -> Reconciler.requireWholeLog(gaps, "penstock.events"));
    assertEquals(
        "not started: penstock.events lost records before they were read, in partitions 0 (read up"
            + " to 7, kept from 12 on), 3 (read up to 4, kept from 6 on): this was stopped for"
            + " longer than the topic's retention.ms; restore the topic from a backup and start"
            + " again, or begin anew: another kafka.topic-prefix for every role, `penstock topics"
            + " create`, and for each cluster `penstock cluster register`, `plan` and `manage`",
        refused.getMessage());
  }

  @Test
  void aDefectEndsTheProcess() {
    var defect = new StreamsException("task", new IllegalStateException("a defect"));
    assertEquals(
        StreamThreadExceptionResponse.SHUTDOWN_CLIENT, Reconciler.ended(defect, "stream-0"));
  }
}
