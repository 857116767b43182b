package dev.penstock.sandbox.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every golden case of our own, each a test; README.md beside them says what a case is. */
final class OwnCasesTest {
  private static final Path CASES =
      Path.of(System.getProperty("project.root"), "sandbox/conformance/src/test/resources/cases");
  private static final int FEWEST = 546;

  @TestFactory
  Stream<DynamicTest> everyCaseIsAnsweredAsItSays() throws IOException {
    return read().stream()
        .map(own ->
            DynamicTest.dynamicTest(
                own.golden().area() + "/" + own.golden().name(),
                () -> assertEquals(own.answer(), own.golden().run().judgement())));
  }

  @Test
  void noneIsLost() throws IOException {
    int found = read().size();
    assertTrue(found >= FEWEST, found + " cases found, " + FEWEST + " were written");
  }

  @Test
  void noNameIsTwiceInAFamilyAndEachHasARule() throws IOException {
    var names = new TreeSet<String>();
    for (var own : read()) {
      var family = own.golden().area().split("/")[0];
      assertTrue(names.add(family + "/" + own.golden().name()), own.golden().name() + " is twice");
      assertTrue(!own.rule().isEmpty(), own.golden().name() + " has no rule");
    }
  }

  /** A case, what it shows, and how it must end. */
  private record Own(GoldenCase golden, String rule, Judgement answer) {}

  private static List<Own> read() throws IOException {
    var all = new ArrayList<Own>();
    for (var file : GoldenCase.files(List.of(CASES))) {
      var content = Rows.yaml(Files.readString(file));
      var divergences = Set.copyOf(Nodes.texts(content.path("diverges")));
      Judgement answer =
          divergences.isEmpty() ? new Judgement.Passed() : new Judgement.Diverges(divergences);
      for (var golden : GoldenCase.read(file, _ -> true)) {
        all.add(new Own(golden, Nodes.text(content, "rule"), answer));
      }
    }
    return all;
  }
}
