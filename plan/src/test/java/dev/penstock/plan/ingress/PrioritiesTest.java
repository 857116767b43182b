package dev.penstock.plan.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Cases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class PrioritiesTest {
  @TestFactory
  Stream<DynamicTest> liveRulesKeepTheirNumbers() {
    return Cases.of("/plan/priorities.yaml", PrioritiesTest::check);
  }

  private static void check(JsonNode row) {
    var live = new ArrayList<Optional<Integer>>();
    numbers(row.get("live")).forEach(n -> live.add(n == 0 ? Optional.empty() : Optional.of(n)));
    var got = Priorities.assign(live, Set.copyOf(numbers(row.get("taken"))));
    assertEquals(numbers(row.get("numbers")), got.priorities());
    assertEquals(row.get("respaced").asBoolean(), got.respaced());
  }

  private static List<Integer> numbers(JsonNode list) {
    var numbers = new ArrayList<Integer>();
    list.forEach(n -> numbers.add(n.asInt()));
    return numbers;
  }
}
