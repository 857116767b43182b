package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.demo.Scene.Look;
import dev.penstock.cli.demo.Scene.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A story is verified only if every step of it was seen. */
final class StoryTellerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> deeds = new ArrayList<>();
  private final StringWriter words = new StringWriter();
  private Instant now = Instant.EPOCH;

  private Told tell(Scene... scenes) throws InterruptedException {
    var out = new PrintWriter(words, true);
    return new StoryTeller(out, () -> now, PATIENCE, time -> now = now.plus(time))
        .tell(List.of(scenes));
  }

  private Scene scene(String title, Scene.Sight sight) {
    return new Scene(title, () -> deeds.add(title), List.of(new Step("step of " + title, sight)));
  }

  @Test
  void aStepThatIsNeverSeenEndsTheStoryAndSaysWhatIsThereInstead() throws Exception {
    var told =
        tell(
            scene("first", () -> new Look.Seen("well")),
            scene("second", () -> new Look.NotYet("two strays")),
            scene("third", () -> new Look.Seen("never told")));

    assertFalse(told.verified());
    assertEquals(List.of("first", "second"), deeds);
    assertEquals(2, told.entries().size());
    assertTrue(told.entries().getFirst().verified());
    assertEquals("not seen; instead: two strays", told.entries().getLast().detail());
    assertTrue(told.tookMillis() >= PATIENCE.toMillis());
    assertTrue(words.toString().contains("✗ step of second: not seen; instead: two strays"));
  }

  @Test
  void aStepIsWaitedForAndItsTimeCountsFromTheDeed() throws Exception {
    var seen = now.plusSeconds(3);
    var told = tell(scene("slow", () -> Look.of(!now.isBefore(seen), "there")));

    assertTrue(told.verified());
    var after = told.entries().getFirst().afterDeedMillis();
    assertTrue(after >= 3_000 && after <= 3_000 * 9 / 8, "looked at again in time: " + after);
  }

  @Test
  void aStoryWithoutAStepIsNotVerified() throws Exception {
    assertFalse(tell().verified());
  }
}
