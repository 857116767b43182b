package dev.penstock.streams.fold;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.LoadBalancerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KnownPartTest {
  private static LoadBalancerSpec spec(String scheme, Map<String, String> attributes) {
    return new LoadBalancerSpec(
        "name",
        "application",
        scheme,
        "ipv4",
        List.of("subnet-1"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        attributes,
        Map.of());
  }

  @Test
  void attributesThatAFirstReadAddsAreNoChange() {
    assertTrue(
        KnownPart.same(
            spec("internal", Map.of()),
            spec("internal", Map.of("idle_timeout.timeout_seconds", "60"))));
  }

  @Test
  void anAttributeThatWasKnownAndIsOtherNowIsAChange() {
    assertFalse(
        KnownPart.same(spec("internal", Map.of("a", "1")), spec("internal", Map.of("a", "2"))));
  }

  @Test
  void anAttributeThatWasKnownAndIsGoneIsAChange() {
    assertFalse(KnownPart.same(spec("internal", Map.of("a", "1")), spec("internal", Map.of())));
  }

  @Test
  void anythingElseThatDiffersIsAChange() {
    assertFalse(KnownPart.same(spec("internal", Map.of()), spec("internet-facing", Map.of())));
  }
}
