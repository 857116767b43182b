package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.RuleCondition.HostHeader;
import dev.penstock.schemas.aws.RuleCondition.HttpRequestMethod;
import dev.penstock.schemas.aws.RuleCondition.PathPattern;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {
  @ParameterizedTest
  @CsvSource({
    "/*, /app, true",
    "/app, /app, true",
    "/app, /App, false",
    "/app, /app/, false",
    "/app/*, /app, false",
    "/a*c, /ab*, true",
    "/a*b, /*a, false",
    "/?, /a, true",
    "/?, /ab, false",
    "*, '', true",
  })
  void twoPathsMeetIfSomeRequestMatchesBoth(String one, String other, boolean meet) {
    assertEquals(meet, Overlap.of(path(one), path(other)));
    assertEquals(meet, Overlap.of(path(other), path(one)));
  }

  @Test
  void hostsMeetInAnyCase() {
    assertEquals(true, Overlap.of(host("*.Example.com"), host("web.example.COM")));
    assertEquals(false, Overlap.of(host("*.example.com"), host("example.com")));
  }

  @Test
  void oneConditionThatKeepsThemApartIsEnough() {
    var some = List.of(host("web.example.com").getFirst(), path("/a").getFirst());
    assertEquals(false, Overlap.of(some, List.of(path("/b").getFirst())));
    assertEquals(true, Overlap.of(some, List.of(path("/*").getFirst())));
    assertEquals(true, Overlap.of(some, List.of()));
  }

  @Test
  void whatCannotBeComparedMeets() {
    var regex = List.<RuleCondition>of(new PathPattern(List.of(), List.of("^/b$")));
    assertEquals(true, Overlap.of(path("/a"), regex));
    var methods = List.<RuleCondition>of(new HttpRequestMethod(List.of("GET")));
    assertEquals(true, Overlap.of(methods, path("/a")));
  }

  /** What is found among many is what is found one by one. */
  @Test
  void theIndexFindsWhatLookingAtEachFinds() {
    Seeds.forEach(seeds -> {
      var index = new OverlapIndex();
      var rules = seeds.listOf(OverlapTest::rule);
      rules.forEach(index::add);
      var asked = rule(seeds);
      var found = rules.stream().anyMatch(rule -> Overlap.of(asked, rule));
      assertEquals(found, index.anyOverlaps(asked), asked + " among " + rules);
    });
  }

  private static List<RuleCondition> rule(Seeds seeds) {
    var conditions = new ArrayList<RuleCondition>();
    if (!seeds.chance(4)) {
      var hosts = List.of(hostName(seeds), hostName(seeds));
      var regexes = seeds.chance(8) ? List.of("^a") : List.<String>of();
      conditions.add(new HostHeader(hosts.subList(0, 1 + seeds.upTo(2)), regexes));
    }
    if (!seeds.chance(3)) {
      conditions.addAll(path(seeds.oneOf("/a", "/a/*", "/b", "/*")));
    }
    return conditions;
  }

  private static String hostName(Seeds seeds) {
    return seeds.oneOf("a.com", "A.com", "b.com", "c.com", "*.com", "a.?om");
  }

  private static List<RuleCondition> path(String pattern) {
    return List.of(new PathPattern(List.of(pattern), List.of()));
  }

  private static List<RuleCondition> host(String name) {
    return List.of(new HostHeader(List.of(name), List.of()));
  }
}
