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
  void aDefectEndsTheProcess() {
    var defect = new StreamsException("task", new IllegalStateException("a defect"));
    assertEquals(
        StreamThreadExceptionResponse.SHUTDOWN_CLIENT, Reconciler.ended(defect, "stream-0"));
  }
}
