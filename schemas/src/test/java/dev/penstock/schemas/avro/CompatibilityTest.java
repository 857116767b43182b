package dev.penstock.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class CompatibilityTest {
  /** Holds the released form. */
  static final class Released {
    private Released() {}

    record Thing(String name) {}
  }

  /** Holds candidates for the next. */
  static final class Next {
    private Next() {}

    record Thing(String name, Optional<String> note, List<String> words) {}
  }

  /** Holds a candidate that breaks both ways. */
  static final class Broken {
    private Broken() {}

    record Thing(int number) {}
  }

  @Test
  void anAddedComponentWithADefaultIsCompatibleBothWays() {
    assertEquals(
        List.of(),
        Compatibility.violations(released(Next.Thing.class), released(Released.Thing.class)));
  }

  @Test
  void aReplacedComponentBreaksBothDirectionsAndIsNamed() {
    var violations =
        Compatibility.violations(released(Broken.Thing.class), released(Released.Thing.class));
    assertEquals(2, violations.size());
    assertTrue(violations.get(0).contains("number"), violations.get(0));
    assertTrue(violations.get(1).contains("name"), violations.get(1));
  }

  private static Schema released(Class<?> type) {
    String json = RecordCodec.of(type).schema().toString();
    return new Schema.Parser()
        .parse(json.replaceAll("CompatibilityTest\\.\\w+", "CompatibilityTest.X"));
  }
}
