package dev.penstock.sandbox.conformance.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.conformance.Rows;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How often each write may be made in a step of a story. */
final class WantedWritesTest {
  private static final WantedWrites.Known NOTHING = new WantedWrites.Known(Set.of(), false, 3);

  private static WantedWrites story(String second, String runs) {
    return new WantedWrites(
        Rows.yaml(
            """
            steps: [{objects: [a]}, %s]
            expect:
              steps:
                - runs: [{calls: [{operation: CreateRule}]}]
                - runs: [%s]
            """
                .formatted(second, runs)));
  }

  private static StoryWrites writes(String... operations) {
    var writes = new StoryWrites();
    for (var operation : operations) {
      writes.add(operation, 1);
    }
    return writes;
  }

  @Test
  void whatLbcWritesMayBeWrittenOnceAndNoMore() {
    var story = story("{objects: [b]}", "{calls: [{operation: AddTags}]}");
    assertEquals(Optional.empty(), story.difference(0, writes("CreateRule"), NOTHING));
    assertEquals(
        Optional.of("writes/AddTags: 1 too many of 2"),
        story.difference(1, writes("AddTags", "AddTags"), NOTHING));
    assertEquals(Set.of(), story.divergences());
  }

  @Test
  void aCallThatAwsRefusedIsNoWrite() {
    var story = story("{objects: [b]}", "{calls: [{operation: AddTags, failed: Oops}]}");
    assertEquals(
        Optional.of("writes/AddTags: 1 too many of 1"),
        story.difference(1, writes("AddTags"), NOTHING));
  }

  @Test
  void aStepInWhichNobodyChangesAnythingTakesNoneWhateverLbcDoes() {
    var story = story("{objects: unchanged}", "{calls: [{operation: AddTags}]}");
    assertEquals(
        Optional.of("writes/AddTags: 1 too many of 1"),
        story.difference(1, writes("AddTags"), NOTHING));
  }

  @Test
  void aRuleWithOtherConditionsIsMadeAndTheFormerDeletedWhereLbcModifies() {
    var story = story("{objects: [b]}", "{calls: [{operation: ModifyRule}]}");
    assertEquals(
        Optional.empty(), story.difference(1, writes("CreateRule", "DeleteRule"), NOTHING));
    assertEquals(Set.of(WantedWrites.RULE_IDENTITY), story.divergences());
    assertEquals(
        Optional.of("writes/CreateRule: 1 too many of 2"),
        story.difference(1, writes("CreateRule", "CreateRule"), NOTHING));
  }

  @Test
  void afterAFailureOfLbcWhatItDoesByItsNextRunMayBeDoneAtOnce() {
    var story = story("{objects: unchanged}", "{}");
    assertEquals(
        Optional.of("writes/DeleteRule: 1 too many of 1"),
        story.difference(0, writes("DeleteRule"), NOTHING));
    var failing =
        new WantedWrites(
            Rows.yaml(
                """
                steps: [{objects: [a]}, {objects: unchanged}]
                expect:
                  steps:
                    - runs: [{error: stuck}]
                    - runs: [{calls: [{operation: DeleteRule}]}]
                """));
    assertEquals(Optional.empty(), failing.difference(0, writes("DeleteRule"), NOTHING));
    assertEquals(Set.of(WantedStory.TRIED_AGAIN), failing.divergences());
  }
}
