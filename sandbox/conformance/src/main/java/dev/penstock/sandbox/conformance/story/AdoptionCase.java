package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.preview.ClusterPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What LBC left behind at the end of a story, taken over: registered and planned in shadow,
 * managed, released.
 */
public final class AdoptionCase {
  private static final Duration LOOK = Duration.ofMinutes(20);
  private static final Duration LONG = Duration.ofMinutes(40);

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final JsonNode content;

  /**
   * A story of that file.
   *
   * @throws IOException when it cannot be read, or is no YAML
   */
  public AdoptionCase(Path file) throws IOException {
    this.content = YAML.readTree(file.toFile());
  }

  /**
   * What became of it; each list is empty where LBC and we agree.
   *
   * @param built how what was built differs from what the story says that LBC left
   * @param shadowed writes while the cluster was in shadow
   * @param plan what would change if it were managed
   * @param managed writes while it was managed
   * @param released writes after it was released, and how what stands then differs from what LBC
   *     left
   */
  public record Outcome(
      List<String> built,
      List<String> shadowed,
      ClusterPlan plan,
      List<String> managed,
      List<String> released) {
    /** Whether nothing was or would be written at any time. */
    public boolean quiet() {
      return built.isEmpty()
          && shadowed.isEmpty()
          && plan.changes().isEmpty()
          && plan.held().isEmpty()
          && plan.unknown().isEmpty()
          && managed.isEmpty()
          && released.isEmpty();
    }
  }

  /** What becomes of it; empty for a story in which nothing ended well, and for one of Services. */
  public Optional<Outcome> outcome() throws InterruptedException {
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
  public Set<String> rules(Outcome outcome) {
    return new LoudTakeover(content, Left.step(content).orElseThrow()).rules(outcome);
  }

  /** What is deleted in AWS once the last step is managed and this Ingress is deleted. */
  List<String> deletesAfter(String namespace, String ingress) throws InterruptedException {
    int step = Left.step(content).orElseThrow();
    try (var pipeline = start(step)) {
      var takeover = new Takeover(pipeline, Left.registration(content, step), content, step);
      takeover.begin(Duration.ZERO);
      takeover.mode(ClusterMode.MANAGE);
      pipeline.pass(LONG);
      var mark = takeover.mark();
      takeover.delete(namespace, ingress);
      pipeline.pass(LONG);
      return takeover.writes(mark).stream().filter(w -> w.contains(":Delete")).toList();
    }
  }

  private Pipeline start(int step) throws InterruptedException {
    var registration = Left.registration(content, step);
    var home = registration.home();
    var world = new StoryWorld(home, registration.vpcId(), content).spec();
    var spec = ClusterSpec.bare(registration.cluster());
    var site = new Fleet.Site(spec, home, registration.vpcId(), List.of());
    return Pipeline.start(1, new Fleet(world, List.of(site), ScopeSettings.defaults()));
  }

  private Outcome outcome(int step, Duration late) throws InterruptedException {
    var registration = Left.registration(content, step);
    try (var pipeline = start(step)) {
      var takeover = new Takeover(pipeline, registration, content, step);
      takeover.begin(late);
      var built = takeover.differences();
      var mark = takeover.mark();
      pipeline.pass(LOOK);
      var shadowed = takeover.writes(mark);
      var plan = ClusterPlan.of(pipeline.tables(), registration.cluster()).orElseThrow();
      takeover.mode(ClusterMode.MANAGE);
      pipeline.pass(LONG);
      var managed = takeover.writes(mark);
      takeover.mode(ClusterMode.RELEASED);
      pipeline.pass(LOOK);
      var after = takeover.mark();
      pipeline.pass(LONG);
      var released = new ArrayList<>(takeover.writes(after));
      released.addAll(takeover.differences());
      return new Outcome(built, shadowed, plan, managed, released);
    }
  }
}
