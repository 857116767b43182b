package dev.penstock.sandbox.kubernetes.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives the end of the process. */
final class JournalTest {
  private static final StoreKey A = new StoreKey("configmaps", "default", "a");
  private static final StoreKey B = new StoreKey("configmaps", "default", "b");

  @TempDir Path directory;

  private static ObjectNode object(String value) {
    return JsonNodeFactory.instance.objectNode().put("value", value);
  }

  @Test
  void aReopenedStoreHasTheSameObjectsRevisionAndWatchLog() throws Exception {
    var journal = Journal.open(directory);
    journal.store().put(A, object("1"));
    journal.store().put(B, object("1"));
    journal.store().put(A, object("2"));
    journal.store().remove(B);
    journal.flush();
    try (var reopened = Journal.open(directory)) {
      var store = reopened.store();
      assertEquals(4, store.revision());
      assertEquals(journal.store().get(A), store.get(A));
      assertTrue(store.get(B).isEmpty());
      assertEquals(journal.store().since(1), store.since(1));
      assertEquals(journal.store().since(3), store.since(3));
    }
  }

  @Test
  void aTornLastLineIsCutOffAndWritingGoesOn() throws Exception {
    try (var journal = Journal.open(directory)) {
      journal.store().put(A, object("1"));
    }
    Files.writeString(
        directory.resolve("journal"), "{\"r\":2,\"k\":[\"conf", StandardOpenOption.APPEND);
    try (var reopened = Journal.open(directory)) {
      assertEquals(1, reopened.store().revision());
      reopened.store().put(B, object("2"));
    }
    try (var again = Journal.open(directory)) {
      assertEquals(2, again.store().revision());
      assertTrue(again.store().get(B).isPresent());
    }
  }

  @Test
  void aLongJournalBecomesASnapshotAndAClearedStoreStaysCleared() throws Exception {
    try (var journal = Journal.open(directory)) {
      for (int i = 0; i <= ObjectStore.DEFAULT_LOG_LIMIT; i++) {
        journal.store().put(A, object("" + i));
      }
      journal.flush();
      assertTrue(Files.size(directory.resolve("journal")) == 0);
      journal.store().put(B, object("x"));
    }
    try (var reopened = Journal.open(directory)) {
      assertEquals(ObjectStore.DEFAULT_LOG_LIMIT + 2, reopened.store().revision());
      assertThrows(ExpiredException.class, () -> reopened.store().since(5));
      reopened.store().clear();
      reopened.store().put(B, object("other"));
    }
    try (var last = Journal.open(directory)) {
      assertEquals(1, last.store().revision());
      assertTrue(last.store().get(A).isEmpty());
    }
  }
}
