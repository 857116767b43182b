package dev.penstock.streams.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DefectsTest {
  @Test
  void theWordsOfAnExceptionStayOutOfTheLog() {
    assertEquals(
        "a defect of Penstock (java.lang.NullPointerException)",
        Defects.words(new NullPointerException("local4 is null")));
  }
}
