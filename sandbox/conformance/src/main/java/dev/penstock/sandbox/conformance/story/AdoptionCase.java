package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.conformance.Difference;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.streams.preview.ClusterPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What LBC left behind at the end of a story, taken over: registered and planned in shadow,
 * managed, released.
 */
final class AdoptionCase {
  private static final Duration LOOK = Duration.ofMinutes(20);
  private static final Duration LONG = Duration.ofMinutes(40);

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final JsonNode content;

  /**
   * A story of that file.
   *
   * @throws IOException when it cannot be read, or is no YAML
   */
  AdoptionCase(Path file) throws IOException {
    this.content = YAML.readTree(file.toFile());
  }

  /**
   * What became of it; each list is empty where LBC and we agree.
   *
   * @param built how what was built differs from what the story says that LBC left
   * @param shadowed writes while the cluster was in shadow
   * @param plan what would change if it were managed
   * @param managed writes while it was managed
   * @param released writes after it was released
   * @param left how what stands then differs from what LBC left
   */
  record Outcome(
      List<Difference> built,
      List<StoryWrite> shadowed,
      ClusterPlan plan,
      List<StoryWrite> managed,
      List<StoryWrite> released,
      List<Difference> left) {
    /** Whether nothing was or would be written at any time. */
    boolean quiet() {
      return built.isEmpty()
          && shadowed.isEmpty()
          && plan.changes().isEmpty()
          && plan.held().isEmpty()
          && plan.unknown().isEmpty()
          && managed.isEmpty()
          && released.isEmpty()
          && left.isEmpty();
    }
  }

  /** What becomes of it; empty for a story in which nothing ended well, and for one of Services. */
  Optional<Outcome> outcome() throws InterruptedException {
    return outcome(Duration.ZERO);
  }

  /** The same where what is in AWS was read so long before the objects came to the cluster. */
  Optional<Outcome> outcome(Duration late) throws InterruptedException {
    var step = StoryCase.isOfServices(content) ? Optional.<Integer>empty() : Left.step(content);
    return step.isEmpty() ? Optional.empty() : Optional.of(outcome(step.get(), late));
  }

  /**
   * The rules of plan/DIVERGENCES.md that say why the outcome is not quiet; none where they do not
   * say it of everything.
   */
  Set<String> rules(Outcome outcome) {
    return new LoudTakeover(content, Left.step(content).orElseThrow()).rules(outcome);
  }

  /** What is written once the last step is managed and this Ingress is deleted. */
  List<StoryWrite> writesAfter(String namespace, String ingress) throws InterruptedException {
    int step = Left.step(content).orElseThrow();
    var registration = Left.registration(content, step);
    try (var scene = StoryScene.start(registration, content)) {
      var takeover = new Takeover(scene, registration, content, step);
      takeover.begin(Duration.ZERO);
      takeover.mode(ClusterMode.MANAGE);
      scene.pipeline().pass(LONG);
      var mark = scene.mark();
      takeover.delete(namespace, ingress);
      scene.pipeline().pass(LONG);
      return scene.since(mark);
    }
  }

  private Outcome outcome(int step, Duration late) throws InterruptedException {
    var registration = Left.registration(content, step);
    try (var scene = StoryScene.start(registration, content)) {
      var pipeline = scene.pipeline();
      var takeover = new Takeover(scene, registration, content, step);
      takeover.begin(late);
      var built = takeover.differences();
      var mark = scene.mark();
      pipeline.pass(LOOK);
      var shadowed = scene.since(mark);
      var plan = ClusterPlan.of(pipeline.tables(), registration.cluster()).orElseThrow();
      takeover.mode(ClusterMode.MANAGE);
      pipeline.pass(LONG);
      var managed = scene.since(mark);
      takeover.mode(ClusterMode.RELEASED);
      pipeline.pass(LOOK);
      var after = scene.mark();
      pipeline.pass(LONG);
      return new Outcome(
          built, shadowed, plan, managed, scene.since(after), takeover.differences());
    }
  }
}
