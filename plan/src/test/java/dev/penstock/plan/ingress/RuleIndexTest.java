package dev.penstock.plan.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.aws.RuleCondition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asks what catches a rule looks at few others, and misses none. */
final class RuleIndexTest {
  private final RuleIndex index = new RuleIndex();

  private static List<RuleCondition> rule(String host, String path) {
    return List.of(
        new RuleCondition.HostHeader(List.of(host), List.of()),
        new RuleCondition.PathPattern(List.of(path), List.of()));
  }

  @Test
  void aRuleLooksOnlyAtThoseOfItsHostAndPathHoweverManyThereAre() {
    for (int i = 0; i < 1_000; i++) {
      index.add(i, rule("host-" + i % 10, "/path-" + i));
    }
    assertEquals(List.of(42), index.near(rule("host-2", "/path-42")).toList());
    assertEquals(List.of(), index.near(rule("host-3", "/path-42")).toList());
  }

  @Test
  void patternsAreFoundByWhatTheyCover() {
    index.add(0, rule("*.example.com", "/*"));
    index.add(1, rule("a.example.com", "/api/*"));
    index.add(2, rule("a.example.com", "/a?i/*"));
    index.add(3, List.of(new RuleCondition.PathPattern(List.of("/api/v1"), List.of())));
    index.add(4, List.of(new RuleCondition.PathPattern(List.of(), List.of("/api/.*"))));
    index.add(5, rule("example.com", "/*"));

    assertEquals(List.of(0, 1, 3), index.over(rule("a.example.com", "/api/v1")));
    assertEquals(List.of(0, 1), index.over(rule("a.example.com", "/api/v*")));
    assertEquals(List.of(0), index.over(rule("*.b.example.com", "/api/v2")));
    assertEquals(List.of(5), index.over(rule("example.com", "/")));
  }

  @Test
  void aRuleThatAsksForMoreCatchesOnlyWhatAsksForTheSame() {
    List<RuleCondition> get =
        List.of(
            new RuleCondition.PathPattern(List.of("/a"), List.of()),
            new RuleCondition.HttpRequestMethod(List.of("GET")));
    index.add(0, get);
    assertEquals(List.of(0), index.over(get));
    assertEquals(
        List.of(), index.over(List.of(new RuleCondition.PathPattern(List.of("/a"), List.of()))));
  }

  @Test
  void allValuesOfARuleMustBeCaught() {
    index.add(0, List.of(new RuleCondition.PathPattern(List.of("/a", "/b"), List.of())));
    assertEquals(
        List.of(0),
        index.over(List.of(new RuleCondition.PathPattern(List.of("/b", "/a"), List.of()))));
    assertEquals(
        List.of(),
        index.over(List.of(new RuleCondition.PathPattern(List.of("/a", "/c"), List.of()))));
  }
}
