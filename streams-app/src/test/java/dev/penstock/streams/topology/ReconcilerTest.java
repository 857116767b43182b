package dev.penstock.streams.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
  void aDefectEndsTheProcess() {
    var defect = new StreamsException("task", new IllegalStateException("a defect"));
    assertEquals(
        StreamThreadExceptionResponse.SHUTDOWN_CLIENT, Reconciler.ended(defect, "stream-0"));
  }
}
