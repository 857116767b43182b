package dev.penstock.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.sandbox.local.OpenParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of a sandbox and of a bench end in order, whatever one of them does. */
final class OpenPartsTest {
  @Test
  void theLastOneIsClosedFirstAndAFailureKeepsNoneOpen() {
    var closed = new ArrayList<String>();
    var parts = new OpenParts();
    parts.push(() -> closed.add("broker"));
    parts.push(() -> {
      throw new IOException("the registry hangs");
    });
    parts.push(() -> closed.add("cluster"));

    var failed = assertThrows(UncheckedIOException.class, parts::close);

    assertEquals("the registry hangs", failed.getCause().getMessage());
    assertEquals(List.of("cluster", "broker"), closed);
    parts.close();
    assertEquals(2, closed.size(), "nothing is closed twice");
  }
}
