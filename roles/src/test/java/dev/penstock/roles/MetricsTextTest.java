package dev.penstock.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MetricsTextTest {
  @Test
  void samplesStandBelowTheirFamilySortedAndEscaped() {
    var text =
        new MetricsText()
            .total("b_total", "Second.", 2, "scope=1/x")
            .gauge("a", "First.", 0.5)
            .total("b_total", "Second.", 1, "scope=\"0\\x")
            .text();
    assertEquals(
        """
        # HELP a First.
        # TYPE a gauge
        a 0.5
        # HELP b_total Second.
        # TYPE b_total counter
        b_total{scope="1/x"} 2
        b_total{scope="\\"0\\\\x"} 1
        """,
        text);
  }
}
