package dev.penstock.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ChangelogsTest {
  @Test
  void everyOccurrenceOfTheNameIsReplacedAndNothingElse() {
    assertArrayEquals(
        bytes("\u0001s00042|k8s-s00042-web s0000"),
        Changelogs.renamed(bytes("\u0001s00001|k8s-s00001-web s0000"), "s00001", "s00042"));
  }

  @Test
  void aNameOfAnotherLengthWouldBreakTheRow() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Changelogs.renamed(bytes("s00001"), "s00001", "s0000042"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
