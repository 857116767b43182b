package dev.penstock.sandbox.conformance;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Golden cases answered by LBC, from the folder that {@code -Dconformance.dir} names. Of each area
 * the number that passes is held and may only grow; of each rule that excuses a difference, the
 * number of cases may not.
 */
final class ConformanceTest {
  private static final Map<String, Integer> PASSED =
      new TreeMap<>(
          Map.ofEntries(
              entry("deploy/actions", 7),
              entry("deploy/add-ons", 7),
              entry("deploy/attributes", 5),
              entry("deploy/basics", 8),
              entry("deploy/certificates", 4),
              entry("deploy/deletion", 5),
              entry("deploy/drift", 15),
              entry("deploy/failures", 14),
              entry("deploy/frontend-nlb", 3),
              entry("deploy/groups", 9),
              entry("deploy/legacy", 6),
              entry("deploy/listeners", 9),
              entry("deploy/load-balancer", 7),
              entry("deploy/rules", 15),
              entry("deploy/security-groups", 15),
              entry("deploy/tags", 8),
              entry("deploy/target-groups", 10),
              entry("deploy/targets", 7),
              entry("ingress/actions", 47),
              entry("ingress/auth", 29),
              entry("ingress/certificates", 16),
              entry("ingress/class-params", 25),
              entry("ingress/classes", 19),
              entry("ingress/conditions", 31),
              entry("ingress/config", 6),
              entry("ingress/from-lbc-tests", 27),
              entry("ingress/frontend-nlb", 30),
              entry("ingress/groups", 89),
              entry("ingress/listeners", 37),
              entry("ingress/load-balancer", 51),
              entry("ingress/misc", 1),
              entry("ingress/mutual-tls", 17),
              entry("ingress/names", 5),
              entry("ingress/parsing", 67),
              entry("ingress/random", 60),
              entry("ingress/rules", 50),
              entry("ingress/security-groups", 16),
              entry("ingress/subnets", 32),
              entry("ingress/target-groups", 45),
              entry("ingress/transforms", 10),
              entry("names", 57),
              entry("targets/instance", 28),
              entry("targets/ip", 53),
              entry("targets/misc", 10),
              entry("targets/networking", 52),
              entry("targets/random", 30),
              entry("targets/readiness-gates", 13)));

  /** In how many cases each rule of plan/DIVERGENCES.md excuses something, at most. */
  private static final Map<String, Integer> EXCUSED =
      new TreeMap<>(
          Map.ofEntries(
              entry("access-apart", 2),
              entry("backend-group-kept", 1),
              entry("class-redirect", 1),
              entry("cluster-renamed", 1),
              entry("copies", 1),
              entry("equal-checkpoint", 2),
              entry("foreign-name", 1),
              entry("foreign-node", 1),
              entry("group-name", 1),
              entry("host-without-certificate", 1),
              entry("identity-tags", 3),
              entry("make-before-break", 10),
              entry("own-load-balancer", 1),
              entry("plain-ipv6", 1),
              entry("rule-identity", 8),
              entry("silent-member", 1),
              entry("stable-priorities", 23),
              entry("target-rule", 1),
              entry("tried-again", 28),
              entry("unset", 3),
              entry("web-acl-by-name", 1)));

  /** Passed, those that differ on purpose among them, and the first differences of the failed. */
  private record Count(int passed, List<String> failures) {}

  @Test
  void noAreaPassesFewerAndNoRuleExcusesMoreThanBefore() throws IOException {
    var counts = new TreeMap<String, Count>();
    var divergences = new TreeMap<String, Integer>();
    for (var result : results("ingress", "targets", "names", "deploy")) {
      counts.merge(result.area(), count(result, divergences), ConformanceTest::sum);
    }
    counts.forEach(ConformanceTest::report);
    System.out.println("differently on purpose: " + divergences);
    var fewer = new LinkedHashMap<String, List<String>>();
    PASSED.forEach((area, before) -> {
      var now = counts.getOrDefault(area, new Count(0, List.of("no case of this area is there")));
      if (now.passed() < before) {
        fewer.put(area + ": " + now.passed() + " instead of " + before, now.failures());
      }
    });
    assertEquals(Map.of(), fewer);
    var more = new TreeMap<>(divergences);
    more.entrySet().removeIf(rule -> rule.getValue() <= EXCUSED.getOrDefault(rule.getKey(), 0));
    assertEquals(Map.of(), more, "these rules excuse more cases than before");
  }

  private static List<CaseResult> results(String... families) throws IOException {
    var root = System.getProperty("conformance.dir", "");
    assumeTrue(!root.isEmpty(), "conformance.dir is not set: no golden cases to run");
    var folders = new ArrayList<Path>();
    for (var family : families) {
      var folder =
          Path.of(System.getProperty("project.root")).resolve(root).resolve("lbc/" + family);
      assertTrue(Files.isDirectory(folder), folder + " is not there");
      folders.add(folder);
    }
    var results = new ArrayList<CaseResult>();
    for (var file : GoldenCase.files(folders)) {
      for (var of : GoldenCase.read(file, _ -> true)) {
        if (!of.followsLater()) {
          results.add(of.run());
        }
      }
    }
    return results;
  }

  private static Count count(CaseResult result, Map<String, Integer> divergences) {
    return switch (result.judgement()) {
      case Judgement.Passed _ -> new Count(1, List.of());
      case Judgement.Diverges(var rules) -> {
        rules.forEach(rule -> divergences.merge(rule, 1, Integer::sum));
        yield new Count(1, List.of());
      }
      case Judgement.Failed(var difference) ->
          new Count(0, List.of(result.name() + ": " + difference));
    };
  }

  private static Count sum(Count one, Count other) {
    var failures = new ArrayList<>(one.failures());
    failures.addAll(other.failures());
    return new Count(one.passed() + other.passed(), failures);
  }

  private static void report(String area, Count count) {
    System.out.println(
        area + ": " + count.passed() + " passed, " + count.failures().size() + " failed");
    if (Boolean.getBoolean("conformance.verbose")) {
      count.failures().forEach(failure -> System.out.println("  " + failure));
    }
  }
}
