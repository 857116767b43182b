package dev.penstock.sandbox.conformance.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.sandbox.conformance.GoldenCase;
import dev.penstock.sandbox.conformance.story.AdoptionCase.Outcome;
import dev.penstock.streams.preview.ClusterPlan.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What LBC left at the end of each story is taken over: no write in shadow, none planned, none when
 * managed, and after a release everything stands as LBC left it.
 */
final class AdoptionTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));
  private static final Path OWN = ROOT.resolve("sandbox/conformance/src/test/resources/adoption");
  private static final Path INVALID_MEMBER = OWN.resolve("invalid-member.yaml");

  /** Of the golden stories in which LBC left something, so many are quiet at least. */
  private static final int QUIET = 146;

  private static Outcome outcome(Path file) throws IOException, InterruptedException {
    return new AdoptionCase(file).outcome().orElseThrow();
  }

  @TestFactory
  Stream<DynamicTest> whatNobodyChangedIsTakenOverWithoutAWrite() throws IOException {
    return GoldenCase.files(List.of(OWN.resolve("quiet"))).stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(), () -> assertEquals(List.of(), told(outcome(file)))));
  }

  @Test
  void whatWasReadBeforeItsObjectsIsTakenOverAllTheSame() throws Exception {
    var late = Duration.ofMinutes(45);
    var outcome = new AdoptionCase(OWN.resolve("quiet/group.yaml")).outcome(late).orElseThrow();
    assertEquals(List.of(), told(outcome));
  }

  @Test
  void theLiveRulesOfAMemberThatIsInvalidTodayStay() throws Exception {
    var outcome = outcome(INVALID_MEMBER);
    assertEquals(List.of(), outcome.built());
    assertEquals(List.of(), outcome.shadowed());
    assertEquals(3, outcome.plan().held().size(), outcome.plan().toString());
    assertEquals(List.of("write"), outcome.plan().changes().stream().map(Change::action).toList());
    var aws = outcome.managed().stream().filter(write -> !write.startsWith("write to events/"));
    assertEquals(List.of(), aws.toList());
    assertEquals(List.of(), outcome.released());
  }

  @Test
  void theLoadBalancerUnderThemStaysWhenTheLastValidMemberIsDeleted() throws Exception {
    var deletes = new AdoptionCase(INVALID_MEMBER).deletesAfter("books", "catalogue");
    assertEquals(List.of(), deletes);
  }

  @Test
  void noFewerGoldenStoriesAreTakenOverWithoutAWrite() throws Exception {
    var root = System.getProperty("conformance.dir", "");
    assumeTrue(!root.isEmpty(), "conformance.dir is not set: no golden cases to run");
    var folder = ROOT.resolve(root).resolve("lbc/deploy");
    assertTrue(Files.isDirectory(folder), folder + " is not there");
    int quiet = 0;
    var loud = new ArrayList<String>();
    for (var file : GoldenCase.files(List.of(folder))) {
      if (!file.getParent().endsWith("service")) {
        var outcome = new AdoptionCase(file).outcome();
        quiet += outcome.filter(Outcome::quiet).isPresent() ? 1 : 0;
        outcome
            .filter(it -> !it.quiet())
            .ifPresent(it -> loud.add(file.getFileName() + ": " + told(it)));
      }
    }
    System.out.println(quiet + " taken over without a write, " + loud.size() + " not");
    loud.forEach(story -> System.out.println("  " + story));
    assertTrue(quiet >= QUIET, quiet + " instead of " + QUIET + ": " + loud);
  }

  /** Everything that speaks against a quiet take-over. */
  private static List<String> told(Outcome outcome) {
    var all = new ArrayList<String>();
    outcome.built().forEach(it -> all.add("built otherwise: " + it));
    outcome.shadowed().forEach(it -> all.add("written in shadow: " + it));
    outcome.plan().changes().forEach(it -> all.add("planned: " + it));
    outcome.plan().held().forEach(it -> all.add("held: " + it));
    outcome.plan().unknown().forEach(it -> all.add("unknown: " + it));
    outcome.managed().forEach(it -> all.add("written when managed: " + it));
    outcome.released().forEach(it -> all.add("after the release: " + it));
    return all;
  }
}
