package dev.penstock.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The arrows of design §11: who may import whom. */
final class ArrowTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.penstock");

  private static final List<String> MODULES =
      List.of(
          "schemas",
          "plan",
          "edges.log",
          "edges.aws",
          "edges.kubernetes",
          "watchers",
          "appliers",
          "streams",
          "roles",
          "sandbox.broker",
          "sandbox.kubernetes",
          "sandbox.aws",
          "sandbox.simulation",
          "sandbox.conformance",
          "sandbox.local",
          "cli");

  /** Which modules each module may import; a module that is not listed may import every other. */
  private static final Map<String, List<String>> ALLOWED = allowed();

  private static Map<String, List<String>> allowed() {
    var arrows = new TreeMap<String, List<String>>();
    arrows.put("schemas", List.of());
    arrows.put("plan", List.of("schemas"));
    arrows.put("edges.log", List.of("schemas"));
    arrows.put("edges.aws", List.of("schemas"));
    arrows.put("edges.kubernetes", List.of("schemas"));
    arrows.put("watchers", List.of("schemas", "edges.log", "edges.aws", "edges.kubernetes"));
    arrows.put("appliers", List.of("schemas", "edges.log", "edges.aws", "edges.kubernetes"));
    arrows.put("streams", List.of("schemas", "plan", "edges.log"));
    arrows.put(
        "roles",
        List.of(
            "schemas",
            "plan",
            "edges.log",
            "edges.aws",
            "edges.kubernetes",
            "watchers",
            "appliers",
            "streams"));
    arrows.put("sandbox.broker", List.of("schemas", "edges.log", "edges.aws", "edges.kubernetes"));
    arrows.put(
        "sandbox.kubernetes", List.of("schemas", "edges.log", "edges.aws", "edges.kubernetes"));
    arrows.put("sandbox.aws", List.of("schemas", "edges.log", "edges.aws", "edges.kubernetes"));
    return arrows;
  }

  @Test
  void modulesImportOnlyWhatTheDesignAllows() {
    ALLOWED.forEach((module, allowed) -> {
      var forbidden = new ArrayList<String>();
      for (var other : MODULES) {
        if (!other.equals(module) && !allowed.contains(other)) {
          forbidden.add("dev.penstock." + other + "..");
        }
      }
      noClasses()
          .that()
          .resideInAPackage("dev.penstock." + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(forbidden.toArray(String[]::new))
          .allowEmptyShould(true)
          .check(CLASSES);
    });
  }

  @Test
  void planKnowsNoClockNoRandomNoLogAndNoEdge() {
    noClasses()
        .that()
        .resideInAPackage("dev.penstock.plan..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache..",
            "software.amazon..",
            "io.fabric8..",
            "org.slf4j..",
            "java.util.random..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Random|UUID)")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void timeAndChanceAreArgumentsOutsideOfMains() {
    noClasses()
        .that()
        .resideInAPackage("dev.penstock..")
        .and()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(CLASSES);
  }

  @Test
  void theProjectWasSeen() {
    Assertions.assertTrue(CLASSES.size() > 100, "only " + CLASSES.size() + " classes");
  }
}
