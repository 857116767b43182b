package dev.penstock.sandbox.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts that are closed together. */
final class OpenPartsTest {
  private final List<String> closed = new ArrayList<>();
  private final OpenParts parts = new OpenParts();

  private void open(String name) {
    parts.push(() -> closed.add(name));
  }

  private void openBroken(String name) {
    parts.push(() -> {
      closed.add(name);
      throw new IOException(name);
    });
  }

  @Test
  void theLastOneIsClosedFirstAndNoneTwice() {
    open("broker");
    open("registry");
    parts.close();
    parts.close();
    assertEquals(List.of("registry", "broker"), closed);
  }

  @Test
  void everyPartIsClosedAndEveryFailureIsTold() {
    openBroken("broker");
    open("registry");
    openBroken("cluster");
    var failure = assertThrows(UncheckedIOException.class, parts::close);
    assertEquals(List.of("cluster", "registry", "broker"), closed);
    assertEquals("cluster", failure.getCause().getMessage());
    assertEquals(
        List.of("broker"),
        List.of(failure.getSuppressed()).stream().map(Throwable::getMessage).toList());
  }
}
