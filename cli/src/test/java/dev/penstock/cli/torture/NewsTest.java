package dev.penstock.cli.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each item is told once. */
final class NewsTest {
  private final List<String> calls = new ArrayList<>();
  private final List<String> visits = new ArrayList<>();
  private final News<String> news =
      new News<String>(List.of(() -> List.copyOf(calls), () -> List.copyOf(visits)));

  @Test
  void whatTheFirstListGetsAfterTheSecondIsToldAndNothingTwice() {
    visits.add("nobody answered");
    assertEquals(List.of("nobody answered"), news.next());
    calls.add("not ours");
    assertEquals(List.of("not ours"), news.next());
    assertEquals(List.of(), news.next());
    calls.add("unknown");
    visits.add("a stranger answered");
    assertEquals(List.of("unknown", "a stranger answered"), news.next());
  }
}
