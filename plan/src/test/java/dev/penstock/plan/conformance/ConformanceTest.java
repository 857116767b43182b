package dev.penstock.plan.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Golden cases answered by LBC, from the folder that {@code -Dconformance.dir} names. Areas listed
 * as complete must pass whole; of the others the counts are printed.
 */
final class ConformanceTest {
  /** Areas of the family ingress in which every case passes. */
  private static final Set<String> COMPLETE =
      Set.of(
          "classes",
          "conditions",
          "listeners",
          "misc",
          "names",
          "rules",
          "security-groups",
          "target-groups",
          "transforms");

  /** Passed and the first differences of the failed, of one area. */
  private record Count(int passed, List<String> failures) {}

  @Test
  void ingressCasesOfCompleteAreasPass() {
    var folder = folder("ingress");
    Map<String, Count> counts = new TreeMap<>();
    for (CaseFile file : CaseFile.under(folder)) {
      var difference = run(file);
      counts.merge(file.area(), count(file.name(), difference), ConformanceTest::sum);
    }
    assertFalse(counts.isEmpty(), folder + " holds no cases");
    var failures = new LinkedHashMap<String, List<String>>();
    counts.forEach((area, count) -> {
      report("ingress/" + area, count);
      if (COMPLETE.contains(area) && !count.failures().isEmpty()) {
        failures.put(area, count.failures());
      }
    });
    assertEquals(Map.of(), failures);
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

  private static Optional<String> run(CaseFile file) {
    try {
      return new IngressCase(file).difference();
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
