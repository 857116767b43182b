package dev.penstock.sandbox.conformance.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.sandbox.conformance.GoldenCase;
import dev.penstock.sandbox.conformance.Nodes;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.sandbox.conformance.story.AdoptionCase.Outcome;
import dev.penstock.streams.preview.ClusterPlan.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private static final int QUIET = 150;

  /** In how many of the others a rule of plan/DIVERGENCES.md says why, at most. */
  private static final Map<String, Integer> LOUD =
      Map.of("equal-checkpoint", 1, "foreign-name", 2, "shield-subscription", 1);

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

  @TestFactory
  Stream<DynamicTest> whereItIsNotQuietARuleSaysWhyOfEverything() throws IOException {
    return GoldenCase.files(List.of(OWN.resolve("loud"))).stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () -> {
                  var rules = Nodes.texts(Rows.yaml(Files.readString(file)).path("diverges"));
                  var of = new AdoptionCase(file);
                  var outcome = of.outcome().orElseThrow();
                  assertEquals(Set.copyOf(rules), of.rules(outcome), () -> told(outcome) + "");
                }));
  }

  @Test
  void noRuleSaysWhyOfAPartOnly() throws Exception {
    var of = new AdoptionCase(INVALID_MEMBER);
    assertEquals(Set.of(), of.rules(of.outcome().orElseThrow()));
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
    var others = outcome.managed().stream().filter(write -> !LoudTakeover.isEvent(write));
    assertEquals(List.of(), others.toList());
    assertEquals(List.of(), outcome.released());
    assertEquals(List.of(), outcome.left());
  }

  @Test
  void theLoadBalancerUnderThemStaysWhenTheLastValidMemberIsDeleted() throws Exception {
    var deletes =
        new AdoptionCase(INVALID_MEMBER)
            .writesAfter("books", "catalogue").stream()
                .filter(write ->
                    write instanceof StoryWrite.ToAws(var operation, _)
                        && operation.name().startsWith("Delete"));
    assertEquals(List.of(), deletes.toList());
  }

  @Test
  void noFewerGoldenStoriesAreTakenOverWithoutAWrite() throws Exception {
    var root = System.getProperty("conformance.dir", "");
    assumeTrue(!root.isEmpty(), "conformance.dir is not set: no golden cases to run");
    var folder = ROOT.resolve(root).resolve("lbc/deploy");
    assertTrue(Files.isDirectory(folder), folder + " is not there");
    int quiet = 0;
    var loud = new ArrayList<String>();
    var rules = new TreeMap<String, Integer>();
    for (var file : GoldenCase.files(List.of(folder))) {
      var of = new AdoptionCase(file);
      var outcome = of.outcome();
      if (outcome.filter(Outcome::quiet).isPresent()) {
        quiet++;
      } else if (outcome.isPresent()) {
        var why = of.rules(outcome.get());
        why.forEach(rule -> rules.merge(rule, 1, Integer::sum));
        if (why.isEmpty()) {
          loud.add(file.getFileName() + ": " + told(outcome.get()));
        }
      }
    }
    System.out.println(quiet + " taken over without a write, others by " + rules);
    assertEquals(List.of(), loud, "no rule says why of all");
    assertTrue(quiet >= QUIET, quiet + " instead of " + QUIET);
    rules.entrySet().removeIf(rule -> rule.getValue() <= LOUD.getOrDefault(rule.getKey(), 0));
    assertEquals(Map.of(), rules, "these rules excuse more stories than before");
  }

  /** Everything that speaks against a quiet take-over. */
  private static List<String> told(Outcome outcome) {
    var all = new ArrayList<String>();
    outcome.built().forEach(it -> all.add("built otherwise: " + it.text()));
    outcome.shadowed().forEach(it -> all.add("written in shadow: " + it));
    outcome.plan().changes().forEach(it -> all.add("planned: " + it));
    outcome.plan().held().forEach(it -> all.add("held: " + it));
    outcome.plan().unknown().forEach(it -> all.add("unknown: " + it));
    outcome.managed().forEach(it -> all.add("written when managed: " + it));
    outcome.released().forEach(it -> all.add("written after the release: " + it));
    outcome.left().forEach(it -> all.add("other after the release: " + it.text()));
    return all;
  }
}
