package dev.penstock.plan.conformance;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Golden cases answered by LBC, from the folder that {@code -Dconformance.dir} names. Of each area
 * the number that passes is held and may only grow.
 */
final class ConformanceTest {
  private static final Map<String, Integer> PASSED =
      new TreeMap<>(
          Map.ofEntries(
              entry("actions", 46),
              entry("auth", 29),
              entry("certificates", 11),
              entry("class-params", 23),
              entry("classes", 19),
              entry("conditions", 31),
              entry("config", 6),
              entry("from-lbc-tests", 26),
              entry("frontend-nlb", 4),
              entry("groups", 68),
              entry("listeners", 37),
              entry("load-balancer", 41),
              entry("misc", 1),
              entry("mutual-tls", 16),
              entry("names", 5),
              entry("parsing", 64),
              entry("random", 43),
              entry("rules", 50),
              entry("security-groups", 16),
              entry("subnets", 32),
              entry("target-groups", 45),
              entry("transforms", 10)));

  /** Passed and the first differences of the failed, of one area. */
  private record Count(int passed, List<String> failures) {}

  @Test
  void noAreaOfIngressCasesPassesFewerThanBefore() {
    var folder = folder("ingress");
    Map<String, Count> counts = new TreeMap<>();
    Map<String, Integer> divergences = new TreeMap<>();
    for (CaseFile file : CaseFile.under(folder)) {
      var difference = run(file, divergences);
      counts.merge(file.area(), count(file.name(), difference), ConformanceTest::sum);
    }
    counts.forEach((area, count) -> report("ingress/" + area, count));
    System.out.println("ingress, differently on purpose: " + divergences);
    var fewer = new LinkedHashMap<String, List<String>>();
    PASSED.forEach((area, before) -> {
      var now = counts.getOrDefault(area, new Count(0, List.of("no case of this area is there")));
      if (now.passed() < before) {
        fewer.put(area + ": " + now.passed() + " instead of " + before, now.failures());
      }
    });
    assertEquals(Map.of(), fewer);
  }

  @Test
  void namesOfIngressStacksAreThoseOfLbc() {
    var rows = CaseFile.read(folder("names").resolve("names.yaml")).content().path("rows");
    var count = new Count(0, List.of());
    for (var row : rows) {
      boolean plain =
          row.path("in").path("kind").asText().equals("ingress")
              && !row.path("in").has("frontendNlb");
      if (plain) {
        count = sum(count, count(row.path("row").asText(), new NamesCase(row).difference()));
      }
    }
    report("names", count);
    assertEquals(List.of(), count.failures());
  }

  private static Path folder(String family) {
    var root = System.getProperty("conformance.dir", "");
    assumeTrue(!root.isEmpty(), "conformance.dir is not set: no golden cases to run");
    var folder = Path.of(root, "lbc", family);
    assumeTrue(Files.isDirectory(folder), folder + " is not there");
    return folder;
  }

  /** The first difference; rules that excused something of a case that passes are counted. */
  private static Optional<String> run(CaseFile file, Map<String, Integer> divergences) {
    try {
      var of = new IngressCase(file);
      var difference = of.difference();
      if (difference.isEmpty()) {
        of.divergences().forEach(rule -> divergences.merge(rule, 1, Integer::sum));
      }
      return difference;
    } catch (RuntimeException defect) {
      return Optional.of("defect: " + defect + " at " + List.of(defect.getStackTrace()).getFirst());
    }
  }

  private static Count count(String name, Optional<String> difference) {
    return difference
        .map(d -> new Count(0, List.of(name + ": " + d)))
        .orElseGet(() -> new Count(1, List.of()));
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
