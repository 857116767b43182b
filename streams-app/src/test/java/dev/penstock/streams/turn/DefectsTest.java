package dev.penstock.streams.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DefectsTest {
  @Test
  void theWordsOfAnExceptionStayOutOfTheLog() {
    assertEquals(
        "a defect of Penstock (java.lang.NullPointerException)",
        Defects.words(new NullPointerException("local4 is null")));
  }

  @Test
  void aDefectIsKnownByItsOwnWordsAlone() {
    var words = Defects.words(new NullPointerException("local4 is null"));

    assertTrue(Defects.isNamedIn("a defect froze this stack, nothing of it is changed: " + words));
    assertFalse(Defects.isNamedIn("the Service default/defect-tracker has no port 80"));
  }
}
